#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown {

/// Where in a file something stands; line and column count from 1, 0 means unknown.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;
    friend bool operator==(Place const&, Place const&) = default;
};

enum class Severity : std::uint8_t { Error, Warning, Hint };

/// One finding. `code` is stable ("E102"); `shakedown explain CODE` tells more.
/// `message` says what is wrong, `hint` (may be empty) what would be right.
struct Diagnostic {
    Severity severity = Severity::Error;
    std::string code;
    std::string message;
    std::string hint;
    Place place;
};

using Diagnostics = std::vector<Diagnostic>;

/// True if any finding is an error.
bool hasErrors(Diagnostics const& findings);

/// The word of `known` nearest to `word` by edit distance, if it is near enough to be meant
/// (at most a third of its letters differ), or the only one that begins with it.
std::optional<std::string> nearestWord(std::string const& word,
                                       std::vector<std::string> const& known);

/// A value, or every reason why there is none.
template <class T>
class Result {
public:
    Result(T value) : content_(std::move(value)) {}
    Result(Diagnostics findings) : content_(std::move(findings)) {}
    Result(Diagnostic finding) : content_(Diagnostics{std::move(finding)}) {}

    bool ok() const { return content_.index() == 0; }
    explicit operator bool() const { return ok(); }
    T const& value() const& {
        require(ok(), "the result holds a value");
        return std::get<0>(content_);
    }
    T&& value() && {
        require(ok(), "the result holds a value");
        return std::get<0>(std::move(content_));
    }
    Diagnostics const& errors() const {
        require(!ok(), "the result holds errors");
        return std::get<1>(content_);
    }

private:
    std::variant<T, Diagnostics> content_;
};

} // namespace shakedown
