#pragma once

#include <optional>
#include <string>
#include <variant>

namespace shakedown::system {

/// Why the system did not do what was asked, in words.
struct Failure {
    std::string why;
};

/// Nothing when it was done.
using Failed = std::optional<Failure>;

template <class T>
using Got = std::variant<T, Failure>;

/// "WHAT: what errno says".
Failure failureOf(std::string const& what, int error);

} // namespace shakedown::system
