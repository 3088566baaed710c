#pragma once

#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace shakedown::control {

inline constexpr int jsonDepthAtMost = 64;

/// Which of two values of one name counts, readers disagree about (RFC 8259, 4), so whoever looked
/// at a text before us may have read something else. See() each event of nlohmann's parser.
class RepeatedNames {
public:
    void see(nlohmann::json::parse_event_t event, nlohmann::json const& parsed);
    /// What is wrong with the first one; empty if there is none.
    std::string flaw() const;

private:
    std::vector<std::set<std::string>> open_; // names of the objects around here
    std::string first_;
    bool isThere_ = false;
};

/// The value, or why the text is none: not JSON, not UTF-8, a name twice in one object, or nested
/// deeper than 64.
std::variant<nlohmann::json, std::string> parseJson(std::string_view text);

} // namespace shakedown::control
