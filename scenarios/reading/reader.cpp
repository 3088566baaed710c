#include "scenarios/reading/reader.hpp"

#include <filesystem>

#include "scenarios/reading/assignment.hpp"
#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/digest.hpp"
#include "scenarios/reading/event_names.hpp"
#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/include.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/resolve.hpp"
#include "scenarios/reading/revisions.hpp"
#include "scenarios/reading/variables.hpp"

namespace shakedown::reading {

namespace {

// The command line's changes, put into the tree as if they stood in the file.
class CommandLine {
public:
    CommandLine(ReadOptions const& options, Findings& findings)
        : options_(options), findings_(findings) {}

    void addTo(Node& document) {
        for (auto const& text : options_.extraFaults) {
            if (auto fault = parseValue(text, "--fault", findings_)) {
                listIn(document, "faults").append(std::move(*fault));
            }
        }
        for (auto const& text : options_.extraExpectations) {
            Node condition = Node::scalar(text);
            condition.setPlace(std::make_shared<std::string const>("--expect"), 1, 1,
                               Node::Style::Plain);
            listIn(document, "expect").append(std::move(condition));
        }
    }

    void assignIn(Node& document) {
        if (options_.assignments.size() > limits::assignments) {
            findings_.error(codes::badAssignment, {"--set", 1, 1}, "too many assignments");
            return;
        }
        for (auto const& [path, text] : options_.assignments) {
            std::string const origin = "--set " + path;
            if (auto value = parseValue(text, origin, findings_)) {
                assign(document, path, std::move(*value), {origin, 1, 1}, findings_);
            }
        }
    }

private:
    // The list under a key; what stands alone there becomes its first item.
    static Node& listIn(Node& document, std::string const& key) {
        Node* const found = document.find(key);
        if (found != nullptr && found->isList()) {
            return *found;
        }
        Node list = Node::list();
        if (found != nullptr && !found->isEmpty()) {
            list.append(*found);
        }
        document.set(key, std::move(list));
        return *document.find(key);
    }

    ReadOptions const& options_;
    Findings& findings_;
};

// A tree in which everything from outside has been put becomes a document.
std::optional<model::Scenario> readTree(Node tree, std::string const& file, Sources& sources,
                                        Findings& findings) {
    Findings here;
    substituteVariables(tree, here);
    model::Scenario scenario;
    Reading reading{here, sources};
    documentKind().kind->read(tree, &scenario, reading);
    scenario.file = file;
    if (scenario.name.empty()) {
        scenario.name = std::filesystem::path(file).stem().string();
    }
    resolveSubjects(scenario, here);
    bool const isRefused = here.hasErrors();
    findings.take(std::move(here));
    return isRefused ? std::nullopt : std::optional(std::move(scenario));
}

std::optional<model::Scenario> read(std::string_view text, std::string const& file,
                                    ReadOptions const& options, Sources& sources,
                                    Findings& findings) {
    auto tree = loadDocument(text, file, sources, findings);
    if (!tree) {
        return std::nullopt;
    }
    if (!tree->isMap()) {
        findings.error(codes::wrongShape, tree->place(),
                       "a scenario is a map, not " + tree->described(),
                       "it begins with 'shakedown: 1'");
        return std::nullopt;
    }
    if (tree->find("shakedown") == nullptr) {
        findings.error(codes::formatVersion, tree->place(), "the version of the format is missing",
                       "a scenario begins with 'shakedown: 1'");
    }
    CommandLine commandLine(options, findings);
    commandLine.addTo(*tree);
    nameEvents(*tree, findings);
    commandLine.assignIn(*tree);

    ReadTree const readAgain = [&](Node changed, Findings& found) {
        return readTree(std::move(changed), file, sources, found);
    };
    auto scenario = readAgain(*tree, findings);
    if (!scenario || findings.hasErrors()) {
        return std::nullopt;
    }
    scenario->revisions = revisionsOf(*scenario, *tree, readAgain, findings);
    scenario->digest = digestOf(*scenario);
    return scenario;
}

} // namespace

ReadResult readText(std::string_view text, std::string const& nameOfFile,
                    ReadOptions const& options) {
    Findings findings;
    Sources sources(nameOfFile);
    auto scenario = read(text, nameOfFile, options, sources, findings);
    if (findings.hasErrors()) {
        scenario.reset();
    }
    return {std::move(scenario), std::move(findings).sorted()};
}

ReadResult readFile(std::string const& path, ReadOptions const& options) {
    auto const bytes = readBounded(path, limits::fileBytes);
    if (!bytes) {
        Diagnostic finding = bytes.errors().front();
        finding.place = {path, 1, 1};
        return {std::nullopt, {std::move(finding)}};
    }
    return readText(bytes.value(), path, options);
}

} // namespace shakedown::reading
