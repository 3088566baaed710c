#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "scenarios/checking/catalogue.hpp"
#include "scenarios/model/enum_names.hpp"
#include "scenarios/reading/preset_text.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::cli {

namespace {

std::string nameOf(model::Preset const& preset) {
    return "preset-" + std::string(model::toText(preset.dialect));
}

void listAll() {
    for (auto const& explanation : checking::all()) {
        std::cout << explanation.code << "  " << explanation.title << "\n";
    }
    for (auto const& preset : model::presets()) {
        std::cout << nameOf(preset) << "  " << preset.library << "\n";
    }
}

// Text is kept in paragraphs; a terminal wants lines.
std::string wrapped(std::string const& text, std::size_t width) {
    std::string out;
    std::size_t column = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '\n') {
            out += '\n';
            column = 0;
            ++at;
            continue;
        }
        auto const end = std::min(text.find_first_of(" \n", at), text.size());
        if (column > 0 && column + 1 + end - at > width) {
            out += '\n';
            column = 0;
        }
        out += (column > 0 ? " " : "") + text.substr(at, end - at);
        column += (column > 0 ? 1 : 0) + end - at;
        at = end < text.size() && text[end] == ' ' ? end + 1 : end;
    }
    return out;
}

void show(checking::Explanation const& explanation) {
    std::cout << explanation.code << ": " << explanation.title << "\n\n"
              << wrapped(explanation.text, 88) << "\n";
    if (!explanation.example.empty()) {
        std::cout << "\n" << explanation.example << "\n";
    }
}

// A key and its value, and below them where the value is from.
void show(model::Preset const& preset) {
    std::cout << nameOf(preset) << ": " << preset.library << "\n";
    for (auto const& line : reading::linesOf(preset)) {
        std::cout << "\n"
                  << line.key << ": " << line.value << "  (" << line.when << ")\n    "
                  << line.source << "\n";
    }
    for (auto const& fact : preset.facts) {
        std::cout << "\n" << wrapped(fact.text, 88) << "\n    " << fact.source << "\n";
    }
}

model::Preset const* presetNamed(std::string const& word) {
    for (auto const& preset : model::presets()) {
        if (nameOf(preset) == word) {
            return &preset;
        }
    }
    return nullptr;
}

Exit refuse(std::string const& code) {
    std::vector<std::string> codes;
    for (auto const& explanation : checking::all()) {
        codes.push_back(explanation.code);
    }
    for (auto const& preset : model::presets()) {
        codes.push_back(nameOf(preset));
    }
    std::cerr << "shakedown: there is no code '" << code << "'";
    if (auto const near = nearestWord(code, codes)) {
        std::cerr << "; did you mean " << *near << "?";
    }
    std::cerr << "\n'shakedown explain' lists them all.\n";
    return Exit::Usage;
}

} // namespace

void addExplain(CLI::App& app, Common&, Exit& exit) {
    auto* command =
        app.add_subcommand("explain", "say more about the code of a finding, or a preset");
    auto code = std::make_shared<std::string>();
    command->add_option("CODE", *code, "such as E102 or preset-envoy; without it all are listed");
    command->callback([&exit, code] {
        if (code->empty()) {
            listAll();
        } else if (auto const found = checking::explain(*code)) {
            show(*found);
        } else if (auto const* preset = presetNamed(*code)) {
            show(*preset);
        } else {
            exit = refuse(*code);
        }
    });
}

} // namespace shakedown::cli
