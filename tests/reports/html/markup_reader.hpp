#pragma once

#include <string>
#include <vector>

namespace shakedown::tests {

/// What a page consists of, read as strictly as XML is: every element closed, every attribute in
/// double quotes and once, nothing but the five escapes and numbers behind '&'.
struct Markup {
    struct Element {
        std::string name;
        std::vector<std::pair<std::string, std::string>> attributes;
    };
    std::vector<Element> elements;
    std::string text;  // outside of style and script, not unescaped
    std::string fault; // empty: well-formed

    std::size_t count(std::string const& name) const;
};

Markup readMarkup(std::string const& page);

} // namespace shakedown::tests
