#include "scenarios/reading/yaml_front.hpp"

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

// What people trip over, told from the line that YAML refused.
std::string hintFor(std::string_view text, std::string const& message, Place const& place) {
    std::string_view const line = lineOf(text, place.line);
    auto const has = [&](std::string_view part) {
        return line.find(part) != std::string_view::npos;
    };
    if (has("${")) {
        return "inside [ ] and { } a variable is quoted: \"${name}\"";
    }
    if (has("* ->") || has("-> *")) {
        return "quote a name that begins with *: \"* -> *\"";
    }
    if (message.find("anchor is not defined") != std::string::npos) {
        return "an anchor '&name' stands before the aliases '*name' that use it; quote a text that "
               "begins with *";
    }
    if (has("\t")) {
        return "YAML is indented with spaces, not with tabs";
    }
    if (message.find("end of map") != std::string::npos
        || message.find("end of sequence") != std::string::npos) {
        return "is a bracket not closed, or does a line begin too far to the left or to the right?";
    }
    if (message.find("illegal map value") != std::string::npos) {
        return "a value that holds ': ' is quoted";
    }
    return {};
}

// yaml-cpp's messages, where they would puzzle a reader.
std::string reworded(std::string const& message) {
    if (message.find("end of map flow not found") != std::string::npos) {
        return "this { is not closed where YAML expects it, or a comma is missing";
    }
    if (message.find("end of sequence flow not found") != std::string::npos) {
        return "this [ is not closed where YAML expects it, or a comma is missing";
    }
    if (message == "bad file") {
        return "brackets are nested too deeply";
    }
    return "YAML: " + message;
}

Diagnostic fromException(YAML::Exception const& problem, std::string_view text,
                         std::string const& file) {
    Place place{file, 1, 1};
    if (!problem.mark.is_null()) {
        place.line = problem.mark.line + 1;
        place.column = problem.mark.column + 1;
    }
    return {Severity::Error, codes::yamlSyntax, reworded(problem.msg),
            hintFor(text, problem.msg, place), place};
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
        builder.report(fromException(problem, text, file));
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
