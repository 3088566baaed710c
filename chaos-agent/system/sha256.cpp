#include "chaos-agent/system/sha256.hpp"

#include <array>

#include <openssl/evp.h>
#include <sys/random.h>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::system {

namespace {

std::string digitsOf(unsigned char const* bytes, std::size_t count) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += digits[bytes[i] >> 4U];
        text += digits[bytes[i] & 15U];
    }
    return text;
}

} // namespace

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    bool const made =
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1;
    require(made, "SHA-256 is there");
    return digitsOf(digest.data(), size);
}

std::string randomDigits(std::size_t count) {
    std::array<unsigned char, 128> bytes{};
    require(count <= 2 * bytes.size(), "so much randomness at once");
    auto const wanted = (count + 1) / 2;
    require(getrandom(bytes.data(), wanted, 0) == static_cast<ssize_t>(wanted),
            "the kernel gives randomness");
    return digitsOf(bytes.data(), wanted).substr(0, count);
}

} // namespace shakedown::system
