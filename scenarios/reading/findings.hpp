#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/reading/node.hpp"
#include "scenarios/reading/sources.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::reading {

/// Collects what is found while a document is read. Bounded: after limits::findings the rest is
/// only counted.
class Findings {
public:
    void report(Diagnostic finding);
    void report(Diagnostics findings);
    /// Everything that another one holds, with what it only counted.
    void take(Findings other);
    void error(char const* code, Place place, std::string message, std::string hint = {});
    /// An error of a text's grammar: its column counts within the text of `node`.
    void errorIn(Node const& node, Diagnostic finding);

    bool hasErrors() const { return hasErrors_; }
    /// All findings sorted by file, line and column; equal ones once.
    Diagnostics sorted() &&;

private:
    Diagnostics found_;
    std::size_t dropped_ = 0;
    bool hasErrors_ = false;
};

/// "did you mean 'workers'?", or the list of what is known if it is short, or nothing.
std::string didYouMean(std::string const& word, std::vector<std::string> const& known);

/// What the kinds of the field table need beside a node: where to report, and the data files.
struct Reading {
    Findings& findings;
    Sources& sources;
};

} // namespace shakedown::reading
