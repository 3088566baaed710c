#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "scenarios/chance/stream.hpp"
#include "scenarios/checking/check.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/reader.hpp"
#include "scenarios/reading/writer.hpp"
#include "tests/environment.hpp"

// Good files with something broken by chance: each ends in findings or in a scenario that can be
// checked. The numbers of mutation N come from N alone, so a failure is found again by its number.

using namespace shakedown;
namespace fs = std::filesystem;

namespace {

struct Source {
    std::string file;
    std::string text;
};

std::vector<Source> sources() {
    std::vector<Source> all;
    for (char const* folder : {"tests/data/good", "scenarios/library"}) {
        for (auto const& entry : fs::directory_iterator(tests::sourceDir() / folder)) {
            if (entry.path().extension() == ".yaml") {
                std::ifstream in(entry.path(), std::ios::binary);
                all.push_back({entry.path().string(), {std::istreambuf_iterator<char>(in), {}}});
            }
        }
    }
    std::sort(all.begin(), all.end(),
              [](Source const& a, Source const& b) { return a.file < b.file; });
    return all;
}

class Mutation {
public:
    explicit Mutation(chance::Key number) : draw_(stream().draw(number, 0)) {}

    Source const& choose(std::vector<Source> const& all) { return all[below(all.size())]; }

    void applyTo(std::string& text, std::vector<Source> const& all) {
        for (std::size_t times = 1 + below(3); times > 0 && !text.empty(); --times) {
            applyOne(text, all);
        }
    }

private:
    static chance::Stream const& stream() {
        static chance::Stream const one(1, 0, "mutations");
        return one;
    }

    std::size_t below(std::size_t end) {
        return std::min(end - 1,
                        static_cast<std::size_t>(draw_.uniform() * static_cast<double>(end)));
    }

    void applyOne(std::string& text, std::vector<Source> const& all) {
        static constexpr std::string_view spice = "{}[]()<>:,-'\"&*!|%@#$\t\n 0.~\\\x80\xC2\0";
        std::size_t const at = below(text.size());
        switch (below(7)) {
        case 0: // another byte
            text[at] = static_cast<char>(below(256));
            break;
        case 1: // a byte that means something to YAML or to a grammar
            text[at] = spice[below(spice.size())];
            break;
        case 2: // put in
            text.insert(at, 1 + below(3), spice[below(spice.size())]);
            break;
        case 3: // cut short
            text.resize(at);
            break;
        case 4: // cut out
            text.erase(at, 1 + below(40));
            break;
        case 5: { // a line twice
            std::size_t const start = text.rfind('\n', at) + 1;
            std::size_t const end = std::min(text.find('\n', at), text.size() - 1);
            text.insert(start, text.substr(start, end + 1 - start));
            break;
        }
        default: { // a piece of another file
            std::string const& other = choose(all).text;
            std::size_t const from = below(other.size());
            text.insert(at, other.substr(from, below(200)));
            break;
        }
        }
    }

    chance::Draw draw_;
};

} // namespace

TEST_CASE("2,000 broken files end in findings or in a scenario", "[checking][mutation]") {
    auto const all = sources();
    REQUIRE(all.size() >= 9);
    int scenarios = 0;
    int refused = 0;
    for (chance::Key number = 0; number < 2'000; ++number) {
        Mutation mutation(number);
        Source const& source = mutation.choose(all);
        std::string text = source.text;
        mutation.applyTo(text, all);
        CAPTURE(number, source.file);
        auto const result = reading::readText(text, source.file);
        if (result.findings.size() > reading::limits::findings + 1) {
            FAIL_CHECK("too many findings");
        }
        for (auto const& finding : result.findings) {
            bool const hasPlace =
                finding.place.line >= 1 && finding.place.column >= 1 && !finding.place.file.empty();
            if (!hasPlace || finding.code.empty() || finding.message.empty()) {
                FAIL_CHECK("an incomplete finding: " << finding.code << ' ' << finding.message);
            }
        }
        if (!result.scenario) {
            ++refused;
            CHECK(hasErrors(result.findings));
            continue;
        }
        ++scenarios;
        CHECK_FALSE(hasErrors(result.findings));
        checking::check(*result.scenario, checking::Purpose::Simulate);
        // What could be read can be written, and is the same when it is read again.
        auto const written = reading::write(*result.scenario);
        auto const again = reading::readText(written, source.file);
        if (!again.scenario || again.scenario->digest != result.scenario->digest) {
            CAPTURE(text, written);
            FAIL_CHECK("written, it is another document");
        }
    }
    CHECK(scenarios > 100);
    CHECK(refused > 1'000);
}
