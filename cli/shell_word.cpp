#include "cli/shell_word.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace shakedown::cli {

namespace {

bool isPlain(char c) {
    constexpr std::string_view others = "-_./=:,+@%";
    return std::isalnum(static_cast<unsigned char>(c)) || others.find(c) != std::string_view::npos;
}

} // namespace

std::string shellWord(std::string const& word) {
    if (!word.empty() && std::all_of(word.begin(), word.end(), isPlain))
        return word;
    std::string out = "'";
    for (char const c : word)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

} // namespace shakedown::cli
