#include "tests/tidy/rules.hpp"

#include "tests/tidy/source_text.hpp"

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <string_view>

namespace shakedown::tidy {

namespace {

// Spelled in two halves, so that this file does not break its own rules.
std::string joined(std::string_view a, std::string_view b) {
    return std::string(a) + std::string(b);
}

bool isSource(std::string_view path) {
    return path.ends_with(".cpp") || path.ends_with(".hpp");
}

std::string folderOf(std::string const& path) {
    auto const slash = path.rfind('/');
    return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::set<std::string> pathsOf(Tree const& tree) {
    std::set<std::string> paths;
    for (File const& file : tree) {
        paths.insert(file.path);
    }
    return paths;
}

Findings matches(File const& file, std::string const& text, std::regex const& form,
                 std::string const& message) {
    Findings findings;
    for (std::sregex_iterator match(text.begin(), text.end(), form), end; match != end; ++match) {
        auto const position = static_cast<std::size_t>(match->position(1));
        findings.push_back({file.path, lineOf(text, position), match->str(1) + ": " + message});
    }
    return findings;
}

void append(Findings& findings, Findings more) {
    std::move(more.begin(), more.end(), std::back_inserter(findings));
}

} // namespace

Findings arrowsFollowTheTable(Tree const& tree, Rooms const& rooms) {
    Findings findings;
    auto const paths = pathsOf(tree);
    for (File const& file : tree) {
        if (!isSource(file.path)) {
            continue;
        }
        // Tests may look into any room they can link.
        bool const isTest = file.path.starts_with("tests/");
        std::string const from = rooms.ownerOf(file.path);
        for (Include const& include : parseSource(file.text).includes) {
            bool const isOurs =
                rooms.isTopFolder(include.target.substr(0, include.target.find('/')))
                || include.target.starts_with("tests/");
            bool const isRelative = include.target.starts_with(".")
                                    || paths.contains(folderOf(file.path) + "/" + include.target);
            if (isRelative || (isOurs && !paths.contains(include.target))) {
                findings.push_back(
                    {file.path, include.line, include.target + " is not a path from the root"});
            } else if (isOurs && !isTest) {
                std::string const to =
                    include.target.starts_with("tests/") ? "tests" : rooms.ownerOf(include.target);
                if (!rooms.allows(from, to)) {
                    findings.push_back(
                        {file.path, include.line, from + " may not include " + include.target});
                }
            }
        }
    }
    return findings;
}

Findings ownHeaderComesFirst(Tree const& tree) {
    Findings findings;
    auto const paths = pathsOf(tree);
    for (File const& file : tree) {
        if (!file.path.ends_with(".cpp")) {
            continue;
        }
        std::string const header = file.path.substr(0, file.path.size() - 4) + ".hpp";
        if (!paths.contains(header)) {
            continue;
        }
        auto const includes = parseSource(file.text).includes;
        if (includes.empty() || includes.front().target != header) {
            findings.push_back({file.path, includes.empty() ? 0 : includes.front().line,
                                "the first include must be its own header, " + header});
        }
    }
    return findings;
}

Findings confinedThingsStayInside(Tree const& tree, Rooms const& rooms) {
    enum class In { Includes, Code };
    struct Confined {
        In in;
        std::regex form;
        std::vector<std::string> to; // a room, or a folder of rooms with its slash
    };
    static std::vector<Confined> const table{
        {In::Includes, std::regex("^(yaml-cpp/.*)"), {"scenarios/reading", "scenarios/exchange"}},
        {In::Includes,
         std::regex("^(simgrid/.*|xbt/.*|simgrid\\.h)"),
         {"sim/platform/simgrid", "tests/bench"}},
        {In::Includes,
         std::regex("^(Q[A-Z].*|Qt.*/.*|qcustomplot\\.h|Qsci/.*)"),
         {"gui/", "tests/gui/"}},
        {In::Includes, std::regex("^(boost/(?:asio|beast).*|asio.*)"), {"chaos-agent/", "cli"}},
        {In::Includes, std::regex("^(spdlog/.*)"), {"cli", "chaos-agent/", "gui/"}},
        {In::Code,
         std::regex("\\b(system_clock|random_device)\\b"),
         {"cli", "gui/shell", "chaos-agent/system"}},
    };
    auto const isInside = [](std::string const& owner, Confined const& row) {
        return std::any_of(row.to.begin(), row.to.end(), [&](std::string const& to) {
            return to.ends_with('/') ? owner.starts_with(to) : owner == to;
        });
    };

    Findings findings;
    for (File const& file : tree) {
        if (!isSource(file.path)) {
            continue;
        }
        SourceText const source = parseSource(file.text);
        std::string const room = rooms.ownerOf(file.path);
        std::string const owner = room.empty() ? folderOf(file.path) : room;
        for (Confined const& row : table) {
            if (isInside(owner, row)) {
                continue;
            }
            std::string const message = "allowed in " + row.to.front() + " and its like only";
            if (row.in == In::Code) {
                append(findings, matches(file, source.code, row.form, message));
                continue;
            }
            for (Include const& include : source.includes) {
                if (std::regex_match(include.target, row.form)) {
                    findings.push_back({file.path, include.line, include.target + ": " + message});
                }
            }
        }
    }
    return findings;
}

Findings roomsHaveReadmes(Tree const& tree, Rooms const& rooms) {
    auto const paths = pathsOf(tree);
    std::set<std::string> bare;
    for (File const& file : tree) {
        std::string const folder = folderOf(file.path);
        if (isSource(file.path) && rooms.has(folder) && !paths.contains(folder + "/README.md")) {
            bare.insert(folder);
        }
    }
    Findings findings;
    for (std::string const& folder : bare) {
        findings.push_back({folder, 0, "a room needs a README.md"});
    }
    return findings;
}

Findings noOrphans(Tree const& tree, Rooms const& rooms) {
    static std::set<std::string> const suites{
        "tests",          "tests/blame",      "tests/tidy",   "tests/laws",       "tests/bench",
        "tests/programs", "tests/properties", "tests/storms", "tests/end_to_end", "tests/live",
        "tests/gui",      "tests/gui/bench"};
    Findings findings;
    for (File const& file : tree) {
        if (isSource(file.path) && rooms.ownerOf(file.path).empty()
            && !suites.contains(folderOf(file.path))) {
            findings.push_back({file.path, 0, "belongs to no room and no suite"});
        }
    }
    return findings;
}

Findings noDrawers(Tree const& tree) {
    static std::regex const drawer("(?:.*[_-])?(?:utils?|helpers?|misc)|commons?|.*[_-]commons?");
    std::set<std::string> seen;
    Findings findings;
    for (File const& file : tree) {
        std::size_t begin = 0;
        while (begin < file.path.size()) {
            auto const end = std::min(file.path.find('/', begin), file.path.size());
            std::string const name = file.path.substr(begin, end - begin);
            std::string const upToHere = file.path.substr(0, end);
            if (std::regex_match(name.substr(0, name.find('.')), drawer)
                && seen.insert(upToHere).second) {
                findings.push_back({upToHere, 0, "a drawer; find the owner of what is in it"});
            }
            begin = end + 1;
        }
    }
    return findings;
}

Findings unfinishedWorkHasNotes(Tree const& tree) {
    static std::regex const mark(joined("\\b(TO", "DO|FIX")
                                 + joined("ME|X", "XX)\\b(?:\\(([\\w-]+)\\))?"));
    static std::set<std::string> const codeEndings{"cpp", "hpp", "cmake", "txt", "sh", "py"};
    auto const paths = pathsOf(tree);
    Findings findings;
    for (File const& file : tree) {
        auto const dot = file.path.rfind('.');
        bool const isCode =
            (dot != std::string::npos && codeEndings.contains(file.path.substr(dot + 1)))
            || file.text.starts_with("#!");
        if (!isCode) {
            continue;
        }
        for (std::sregex_iterator match(file.text.begin(), file.text.end(), mark), end;
             match != end; ++match) {
            if (!paths.contains("docs/decisions/" + match->str(2) + ".md")) {
                auto const position = static_cast<std::size_t>(match->position());
                findings.push_back({file.path, lineOf(file.text, position),
                                    match->str() + " without a note in docs/decisions"});
            }
        }
    }
    return findings;
}

Findings noMachinePaths(Tree const& tree) {
    // Only where a path begins: names of streams have such a part in the middle.
    static std::regex const path("(?:^|[^\\w./}-])(/(?:" + joined("wo", "rk|") + joined("ro", "ot|")
                                 + joined("ho", "me)/[\\w.~-]*)"));
    Findings findings;
    for (File const& file : tree) {
        append(findings, matches(file, file.text, path, "a path of one machine"));
    }
    return findings;
}

Findings noShell(Tree const& tree) {
    // Those that search a path are left out as well: what is run is named whole.
    static std::regex const call(
        "\\b(system|popen|wordexp|execlp|execvp|execvpe|posix_spawnp)\\s*\\(");
    static std::regex const program("\"[^\"\\n]*(/bin/(?:ba|da|k|z)?sh)\\b");
    Findings findings;
    for (File const& file : tree) {
        if (!isSource(file.path) || file.path.starts_with("tests/")) {
            continue;
        }
        append(findings, matches(file, parseSource(file.text).code, call,
                                 "a program is run by its path and words, without a shell"));
        append(findings, matches(file, file.text, program, "no shell"));
    }
    return findings;
}

Findings scriptsAreExecutable(Tree const& tree) {
    Findings findings;
    for (File const& file : tree) {
        bool const isScript = file.text.starts_with("#!");
        bool const isPlaced = file.path.starts_with("script/") || file.path.starts_with(".ci/");
        if (isPlaced && !isScript && !file.path.ends_with(".md")) {
            findings.push_back({file.path, 1, "a script begins with #!"});
        }
        if (isScript && !file.executable) {
            findings.push_back({file.path, 0, "a script must be executable"});
        }
    }
    return findings;
}

} // namespace shakedown::tidy
