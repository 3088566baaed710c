#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace shakedown::tidy {

struct Include {
    std::string target;
    std::size_t line = 0; // from 1
};

// One C++ file, taken apart as far as the rules need.
struct SourceText {
    std::string code; // the text with comments and literals blanked out, line breaks kept
    std::vector<Include> includes;
};

SourceText parseSource(std::string_view text);

// The line, from 1, on which a position of a text stands.
std::size_t lineOf(std::string_view text, std::size_t position);

} // namespace shakedown::tidy
