#include "scenarios/reading/yaml_front.hpp"

#include <algorithm>

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/tree_builder.hpp"

namespace shakedown::reading {

namespace {

std::string_view lineOf(std::string_view text, int line) {
    std::size_t start = 0;
    for (int i = 1; i < line && start != std::string_view::npos; ++i) {
        start = text.find('\n', start);
        start += start == std::string_view::npos ? 0 : 1;
    }
    return start >= text.size() ? std::string_view()
                                : text.substr(start, text.find('\n', start) - start);
}

// What is wrong, and what would be right.
struct Wording {
    std::string message;
    std::string hint;
    Place place;
};

// An anchor or alias at a place: "*all" is all.
std::string_view nameAfterStar(std::string_view line, int column) {
    auto const start = std::min(static_cast<std::size_t>(column), line.size());
    return line.substr(start, line.find_first_of(" ,]}\t\r", start) - start);
}

Place at(Place place, std::size_t offsetInLine) {
    place.column = static_cast<int>(offsetInLine) + 1;
    return place;
}

// A [ or { that YAML still waits to see closed.
Wording ofOpenBracket(Place const& place, TreeBuilder::OpenBracket const& bracket) {
    std::string const open(1, bracket.character);
    std::string const close = bracket.character == '[' ? "]" : "}";
    bool const isEndOfFile = place.line == 1 && place.column == 1; // yaml-cpp has no mark there
    if (isEndOfFile) {
        return {"this '" + open + "' is not closed",
                "a '" + close + "' is missing before the end of the file", bracket.place};
    }
    if (bracket.place.line == place.line) {
        return {"a ',' or '" + close + "' is expected here",
                "is a comma missing, or the bracket of column "
                    + std::to_string(bracket.place.column) + " not closed?",
                place};
    }
    return {"this '" + open + "' is not closed",
            "a '" + close + "' or a comma is missing before line " + std::to_string(place.line)
                + ", column " + std::to_string(place.column),
            bracket.place};
}

// What people trip over, told from the message of yaml-cpp and the line that it refused.
Wording reworded(std::string const& message, std::string_view line, Place const& place,
                 std::optional<TreeBuilder::OpenBracket> const& bracket) {
    auto const says = [&](char const* part) { return message.find(part) != std::string::npos; };
    if (auto const variable = line.find("${"); variable != std::string_view::npos && bracket) {
        return {"inside [ ] and { } YAML takes the brace of this variable for a map",
                "quote it: \"${name}\"", at(place, variable)};
    }
    if (says("alias not found after *")) {
        return {"'*' begins a YAML alias, and a name is expected behind it",
                "quote a name that begins with *: \"* -> *\"",
                at(place, static_cast<std::size_t>(std::max(0, place.column - 2)))};
    }
    if (says("anchor is not defined")) {
        std::string const name(nameAfterStar(line, place.column));
        return {"no anchor '&" + name + "' stands before this alias",
                "an anchor '&name' stands before the aliases '*name' that use it; quote a text "
                "that begins with *",
                place};
    }
    auto const indentation = line.substr(0, line.find_first_not_of(" \t"));
    if (auto const tab = indentation.find('\t'); tab != std::string_view::npos) {
        return {"a tab cannot indent a line", "YAML is indented with spaces, not with tabs",
                at(place, tab)};
    }
    if (bracket && (says("end of map flow") || says("end of sequence flow"))) {
        return ofOpenBracket(place, *bracket);
    }
    if (says("end of map") || says("end of sequence")) {
        return {"this line does not belong to what stands above it",
                "does it begin too far to the left or to the right?", place};
    }
    if (says("illegal map value")) {
        return {"this ':' stands where no key can be",
                "quote a value that holds ': '; or does the line begin too far to the right?",
                place};
    }
    if (says("illegal flow end")) {
        return {"this bracket closes nothing", "remove it, or open it before", place};
    }
    if (message == "bad file") {
        return {"brackets are nested too deeply", "", place};
    }
    return {"YAML: " + message, "", place};
}

Diagnostic fromException(YAML::Exception const& problem, std::string_view text,
                         std::string const& file, TreeBuilder const& builder) {
    Place place{file, 1, 1};
    if (!problem.mark.is_null()) {
        place.line = problem.mark.line + 1;
        place.column = problem.mark.column + 1;
    }
    auto wording =
        reworded(problem.msg, lineOf(text, place.line), place, builder.innermostBracket());
    return {Severity::Error, codes::yamlSyntax, std::move(wording.message), std::move(wording.hint),
            std::move(wording.place)};
}

void readEvents(std::string_view text, TreeBuilder& builder) {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
        return;
    }
    // A stray ',' or ']' at the top would give documents for ever: the builder refuses the second.
    if (parser) {
        parser.HandleNextDocument(builder);
    }
}

} // namespace

ParsedYaml parseYaml(std::string_view text, std::string const& file) {
    TreeBuilder builder(text, file);
    try {
        readEvents(text, builder);
    } catch (TreeBuilder::Refused const& refused) {
        builder.report(refused.finding);
        return {std::nullopt, builder.takeFindings()};
    } catch (YAML::Exception const& problem) {
        builder.report(fromException(problem, text, file, builder));
        return {std::nullopt, builder.takeFindings()};
    } catch (std::exception const&) { // yaml-cpp lets std:: exceptions out in corners
        builder.report({Severity::Error,
                        codes::yamlSyntax,
                        "the YAML parser gave up on this file",
                        "simplify it",
                        {file, 1, 1}});
        return {std::nullopt, builder.takeFindings()};
    }
    return {builder.takeRoot(), builder.takeFindings()};
}

} // namespace shakedown::reading
