#include "cli/findings.hpp"

#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/render/plain_text.hpp"

namespace shakedown::cli {

namespace {

char const* wordOf(Severity s) {
    switch (s) {
    case Severity::Error:
        return "error";
    case Severity::Warning:
        return "warning";
    case Severity::Hint:
        return "hint";
    }
    return "error";
}

char const* colourOf(Severity s) {
    switch (s) {
    case Severity::Error:
        return "\x1b[1;31m";
    case Severity::Warning:
        return "\x1b[1;33m";
    case Severity::Hint:
        return "\x1b[1;36m";
    }
    return "";
}

// The line of a file as it stands there; empty if it cannot be read or is longer than sense.
std::string lineOf(Place const& place) {
    std::ifstream in(place.file);
    std::string line;
    for (int i = 0; i < place.line; ++i)
        if (!std::getline(in, line) || i > 100'000)
            return "";
    return line.size() > 160 ? "" : render::cleaned(line);
}

} // namespace

std::string showFindings(Diagnostics const& findings, bool colour) {
    std::string out;
    for (auto const& f : findings) {
        std::string place = f.place.file.empty() ? "shakedown" : f.place.file;
        // A file that is not there and a flag have no lines.
        bool const hasLines = f.code != std::string_view("E001") && !f.place.file.starts_with("--");
        if (f.place.line > 0 && hasLines)
            place += fmt::format(":{}:{}", f.place.line, f.place.column);
        out += fmt::format("{}: {}{}{} [{}]: {}\n", place, colour ? colourOf(f.severity) : "",
                           wordOf(f.severity), colour ? "\x1b[0m" : "", f.code,
                           render::cleaned(f.message));
        std::string const line = f.place.line > 0 ? lineOf(f.place) : "";
        if (!line.empty()) {
            auto const column = static_cast<std::size_t>(f.place.column > 0 ? f.place.column : 1);
            out += "    " + line + "\n";
            if (column <= line.size() + 1)
                out += "    " + std::string(column - 1, ' ') + "^\n";
        }
        if (!f.hint.empty())
            out += "    hint: " + render::cleaned(f.hint) + "\n";
    }
    return out;
}

std::string findingsJson(Diagnostics const& findings) {
    auto list = nlohmann::ordered_json::array();
    for (auto const& f : findings)
        list.push_back({{"file", f.place.file},
                        {"line", f.place.line},
                        {"column", f.place.column},
                        {"severity", wordOf(f.severity)},
                        {"code", f.code},
                        {"message", f.message},
                        {"hint", f.hint}});
    return list.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

} // namespace shakedown::cli
