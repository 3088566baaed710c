#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shakedown::checking {

/// What a code means: what was found, why it matters, how to mend it, and an example.
struct Explanation {
    std::string code;
    std::string title;
    std::string text;
    std::string example; ///< YAML, may be empty
};

/// The explanation of a code of reading or checking, or nothing.
std::optional<Explanation> explain(std::string_view code);

/// All of them, in the order of their codes.
std::vector<Explanation> const& all();

} // namespace shakedown::checking
