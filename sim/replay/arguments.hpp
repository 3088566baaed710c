#pragma once

#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/vectors/vectors.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::replay {

/// A vector that cannot be played as it is written: a missing or unknown key, a wrong type, an
/// unknown verb. Caught in replay.cpp; leaves the room as a failed vector with this message.
struct Unplayable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The machine refuses the operation, as its library would: seen as `error: KIND`.
struct Refusal : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Typed access to the keys of a config or a step. Every getter notes its key as known;
/// refuseOthers() then names the first key that nobody asked for, so that nothing is ignored.
class Arguments {
public:
    /// `where` is for messages: "config", "step 'acquire'".
    Arguments(vectors::Value const& map, std::string where);

    bool has(std::string_view key) const;  // there and not null
    bool says(std::string_view key) const; // there, perhaps null
    double number(std::string_view key) const;
    double number(std::string_view key, double otherwise) const;
    int integer(std::string_view key) const;
    int integer(std::string_view key, int otherwise) const;
    bool flag(std::string_view key, bool otherwise) const;
    /// Also of a number or a boolean, as text: names may look like something else.
    std::string text(std::string_view key) const;
    std::string text(std::string_view key, std::string const& otherwise) const;
    std::vector<std::string> texts(std::string_view key) const;
    std::vector<double> numbers(std::string_view key) const;
    /// NAME_ns, NAME_ms or NAME_s, whichever is there; may be negative. Rounded to nanoseconds.
    std::optional<Duration> duration(std::string_view name) const;
    Duration duration(std::string_view name, Duration otherwise) const;
    /// `at_ns` and so on, counted from the start; `otherwise` if it is not there.
    SimTime instant(SimTime otherwise) const;
    vectors::Value const& at(std::string_view key) const;

    void refuseOthers() const;

private:
    vectors::Value const& map_;
    std::string where_;
    mutable std::set<std::string, std::less<>> known_;
};

} // namespace shakedown::replay
