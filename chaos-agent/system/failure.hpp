#pragma once

#include <optional>
#include <string>
#include <variant>

namespace shakedown::system {

/// Why the system did not do what was asked, in words.
struct Failure {
    std::string why;
    int error = 0; // errno, if the system told one
};

/// Nothing when it was done.
using Failed = std::optional<Failure>;

template <class T>
using Got = std::variant<T, Failure>;

/// What was looked for is not there any more, for sure.
struct Gone {};

/// A look at something that may be gone. Who could not look, for want of descriptors or memory, has
/// a Failure: it may still be there, and what was done to it too.
template <class T>
using Found = std::variant<T, Gone, Failure>;

/// "WHAT: what errno says".
Failure failureOf(std::string const& what, int error);

} // namespace shakedown::system
