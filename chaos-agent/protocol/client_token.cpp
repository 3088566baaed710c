#include "chaos-agent/protocol/client_token.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include <sys/stat.h>

#include "chaos-agent/protocol/client.hpp"

namespace shakedown::protocol {

namespace {

constexpr std::size_t tokenAtMost = 512;

std::variant<Token, std::string> checked(std::string text, std::string const& from) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    bool const isToken =
        !text.empty() && text.size() <= tokenAtMost
        && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (!isToken)
        return from + " holds no token: that is one word of at most " + std::to_string(tokenAtMost)
               + " visible characters";
    return Token{std::move(text)};
}

} // namespace

std::variant<Token, std::string> readToken(std::string const& file) {
    if (file.empty()) {
        char const* const text = std::getenv(tokenVariable);
        return text == nullptr ? Token{} : checked(text, tokenVariable);
    }
    struct stat status {};
    if (stat(file.c_str(), &status) != 0)
        return file + ": " + std::strerror(errno);
    if (!S_ISREG(status.st_mode))
        return file + " is no file";
    if ((status.st_mode & S_IRWXO) != 0)
        return file + " is open to everybody, and holds a token; chmod o= it";
    std::ifstream in(file, std::ios::binary);
    std::string text(tokenAtMost + 3, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return checked(std::move(text), file);
}

} // namespace shakedown::protocol
