#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shakedown::proxy {

/// What is made of an answer on its way.
struct HttpChange {
    /// Set: every field of that name goes, one with that value comes.
    std::vector<std::pair<std::string, std::string>> fields;
    std::optional<std::string> body; // in the place of the server's

    bool empty() const { return fields.empty() && !body; }
};

inline constexpr std::size_t changedBodyAtMost = 16 * 1024;

/// Empty if a field may be set: a token as its name, a value of visible characters, spaces and
/// tabs, and none that says where a message ends or what becomes of its connection.
std::string flawOfField(std::string_view name, std::string_view value);

enum class Bodiless { No, Yes };

/// The head of an answer, changed. With a new body, unless it has none, the length is that body's,
/// and the fields go that told of the old one.
std::string changedHead(std::string_view head, HttpChange const& change, Bodiless bodiless);

} // namespace shakedown::proxy
