#include "chaos-agent/control/token.hpp"

#include <algorithm>
#include <array>

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <sys/random.h>

namespace shakedown::control {

namespace {

constexpr std::size_t tokenBytes = 24;
constexpr std::size_t digitsOfHash = 64;

std::string hexadecimal(unsigned char const* bytes, std::size_t count) {
    constexpr char const* digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += digits[bytes[i] >> 4U];
        text += digits[bytes[i] & 0xfU];
    }
    return text;
}

} // namespace

std::optional<FreshToken> makeToken() {
    std::array<unsigned char, tokenBytes> bytes{};
    // Up to 256 bytes come whole, or not at all (getrandom(2)).
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        return {};
    std::string token = "sd_" + hexadecimal(bytes.data(), bytes.size());
    std::string hash = sha256Of(token);
    return FreshToken{std::move(token), std::move(hash)};
}

std::string sha256Of(std::string_view text) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<unsigned char const*>(text.data()), text.size(), digest.data());
    return hexadecimal(digest.data(), digest.size());
}

bool isSha256(std::string_view text) {
    return text.size() == digitsOfHash && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

TokenHash const* findToken(std::vector<TokenHash> const& tokens, std::string_view text) {
    std::string const hash = sha256Of(text);
    TokenHash const* found = nullptr;
    for (TokenHash const& token : tokens) {
        bool const isSame = token.sha256.size() == hash.size()
                            && CRYPTO_memcmp(token.sha256.data(), hash.data(), hash.size()) == 0;
        found = isSame ? &token : found;
    }
    return found;
}

} // namespace shakedown::control
