#include <catch2/catch.hpp>

#include <fstream>
#include <set>
#include <sstream>

#include "tests/environment.hpp"

using namespace shakedown;

namespace {

std::string contentOf(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The names of test cases in a source; a name may be cut over lines.
void collect(std::string const& source, std::set<std::string>& names) {
    std::string const mark = "TEST_CASE(\"";
    for (auto at = source.find(mark); at != std::string::npos; at = source.find(mark, at + 1)) {
        auto const begin = at + mark.size();
        names.insert(source.substr(begin, source.find('"', begin) - begin));
    }
}

} // namespace

TEST_CASE("every test that docs/SAFETY.md names is in the suite", "[agent][docs]") {
    std::set<std::string> names;
    for (auto const* folder : {"tests/chaos-agent", "tests/live"}) {
        for (auto const& entry :
             std::filesystem::recursive_directory_iterator(tests::sourceDir() / folder)) {
            if (entry.path().extension() == ".cpp") {
                collect(contentOf(entry.path()), names);
            }
        }
    }
    std::istringstream page(contentOf(tests::sourceDir() / "docs/SAFETY.md"));
    int named = 0;
    for (std::string line; std::getline(page, line);) {
        if (!line.starts_with("- `") || !line.ends_with("`")) {
            continue;
        }
        std::string const name = line.substr(3, line.size() - 4);
        INFO(name);
        CHECK(names.contains(name));
        ++named;
    }
    CHECK(named >= 40);
}
