#include "tests/reports/render/documented_keys.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "tests/environment.hpp"

namespace shakedown::tests {

std::size_t checkDocumented(std::vector<std::string> const& paths, std::string const& page,
                            std::string const& heading) {
    std::ifstream in(sourceDir() / "docs/reference" / page);
    std::string const whole(std::istreambuf_iterator<char>(in), {});
    auto const begin = whole.find(heading);
    REQUIRE(begin != std::string::npos);
    std::string const text = whole.substr(begin);
    for (auto const& path : paths) {
        CAPTURE(path);
        CHECK(text.find("| `" + path + "` |") != std::string::npos);
    }
    std::size_t rows = 0;
    for (auto at = text.find("\n| `"); at != std::string::npos; at = text.find("\n| `", at + 1)) {
        ++rows;
        std::string const path = text.substr(at + 4, text.find('`', at + 4) - at - 4);
        CAPTURE(path);
        CHECK(std::find(paths.begin(), paths.end(), path) != paths.end());
    }
    CHECK(rows == std::set<std::string>(paths.begin(), paths.end()).size());
    return rows;
}

} // namespace shakedown::tests
