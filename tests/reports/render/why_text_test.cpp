#include "reports/render/why_text.hpp"

#include <catch2/catch.hpp>

#include <sstream>

#include "reports/render/plain_text.hpp"
#include "tests/reports/render/shop_summary.hpp"
#include "tests/reports/render/shop_why.hpp"

using namespace shakedown;
using namespace shakedown::render;
using namespace shakedown::tests;

namespace {

std::string textOf(why::Explanation const& e) {
    return whyText(e, Colour::Never);
}

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

std::size_t widest(std::string const& text) {
    std::size_t most = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        most = std::max(most, widthOf(line));
    }
    return most;
}

constexpr auto whole = R"(shop
1,500 requests, 25.0 % of all, failed, came late or degraded.

First causes
   90.0 %  fault autos-slow (slow), 1,350 requests
   10.0 %  timeout of site -> autos, 150 requests
           it is shorter than the callee takes when all is well

How they ended
    1,200  queue full at site
      300  timeout of site -> autos

The way to the top cause
           visitors: queue full at site
  because  site: 20 of 20 busy workers wait for autos
  because  fault autos-slow (slow): from 10.0 s to 20.0 s

Made worse by
           retries of site -> autos: 2.50 attempts a request

What happened
   10.0 s  fault autos-slow (slow) begins at autos
   11.0 s  requests of visitors go wrong
   25.0 s  all is well again, 5.00 s after autos-slow ended
           time to detect 1.00 s, to spread 2.50 s, to recover 5.00 s

Blast radius, while it hurt
  loads    1 of 2: visitors 50.0 %
  services 1 of 2: site 48.5 %
  owners   web-team 48.5 %
)";

} // namespace

TEST_CASE("an explanation at a terminal, whole", "[render][why]") {
    CHECK(textOf(shopWhy()) == whole);
}

TEST_CASE("colours change nothing but colours", "[render][why]") {
    std::string text = whyText(shopWhy(), Colour::Always);
    CHECK(contains(text, "\x1b[1mFirst causes\x1b[0m"));
    for (std::string const code : {"\x1b[1m", "\x1b[0m"}) {
        for (auto at = text.find(code); at != std::string::npos; at = text.find(code)) {
            text.erase(at, code.size());
        }
    }
    CHECK(text == whole);
}

TEST_CASE("a run in which nothing went wrong has nothing to explain", "[render][why]") {
    auto e = shopWhy();
    e.account = {};
    CHECK(textOf(e)
          == "shop\nNo request failed, was late or degraded: there is nothing to explain.\n");
    e.subject = {why::SubjectKind::Load, 1};
    CHECK(contains(textOf(e), "No request of buyers failed, was late or degraded"));
    e.subject = {why::SubjectKind::Service, 1};
    CHECK(contains(textOf(e), "No request that met trouble at autos failed"));
}

TEST_CASE("the first line says whose requests they were", "[render][why]") {
    auto e = shopWhy();
    e.subject = {why::SubjectKind::Load, 0};
    CHECK(contains(textOf(e), "\n1,500 requests of visitors, 25.0 % of all, failed, came late"));
    e.subject = {why::SubjectKind::Call, 2};
    CHECK(contains(textOf(e), "\n1,500 requests that met trouble at site -> autos.\n"));
    e.account.bad = 1;
    CHECK(contains(textOf(e), "\n1 request that met trouble"));
}

TEST_CASE("bad requests of which none was recorded are admitted, and nothing is made up",
          "[render][why]") {
    auto e = shopWhy();
    e.account.causes.clear();
    e.account.endings.clear();
    e.account.chain.clear();
    e.account.amplifiers.clear();
    auto const text = textOf(e);
    CHECK(contains(text, "1,500 requests, 25.0 % of all"));
    CHECK(contains(
        text, "The record holds none of them with its calls. Run it again with --record full."));
    CHECK_FALSE(contains(text, "First causes"));
    CHECK_FALSE(contains(text, "How they ended"));
    CHECK(contains(text, "What happened"));
}

TEST_CASE("shares as printed add up to 100", "[render][why]") {
    std::vector<why::Blamed> const causes(3, {{}, 1.0 / 3, 1});
    CHECK(shareTexts(causes) == std::vector<std::string>{"33.4 %", "33.3 %", "33.3 %"});
}

TEST_CASE("a share that rounds to nothing gets no line, but counts among no others either",
          "[render][why]") {
    auto e = shopWhy();
    e.account.causes = {{{why::CauseKind::Event, 0}, 0.9999, 1499.85},
                        {{why::CauseKind::Event, 1}, 0.0001, 0.15}};
    auto const text = textOf(e);
    CHECK(contains(text, "  100.0 %  fault autos-slow (slow)"));
    CHECK_FALSE(contains(text, "line-cut"));
    CHECK_FALSE(contains(text, "more"));
}

TEST_CASE("of many causes, endings and amplifiers the greatest are shown and the rest counted",
          "[render][why]") {
    auto e = shopWhy();
    e.account.causes.clear();
    e.account.endings.clear();
    e.account.amplifiers.clear();
    auto const kinds = static_cast<std::uint32_t>(record::Cause::PoolFull);
    for (std::uint32_t i = 0; i < 10; ++i) {
        e.account.causes.push_back({{static_cast<why::CauseKind>(i), 0}, 0.1, 150});
        e.account.amplifiers.push_back({2, why::AmplifierKind::Retries, 2, 100});
    }
    for (std::uint32_t i = 1; i <= kinds; ++i) {
        e.account.endings.push_back({{static_cast<record::Cause>(i), 2}, 100});
    }
    auto const text = textOf(e);
    CHECK(contains(text, "            and 2 more\n"));  // causes
    CHECK(contains(text, "            and 11 more\n")); // endings
    CHECK(contains(text, "            and 5 more\n"));  // amplifiers
}

TEST_CASE("calls of several loads that end alike are one line", "[render][why]") {
    auto e = shopWhy();
    e.account.endings = {{{record::Cause::QueueFull, 0}, 700},
                         {{record::Cause::Timeout, 2}, 600},
                         {{record::Cause::QueueFull, 1}, 300}};
    CHECK(contains(textOf(e), "    1,000  queue full at site\n      600  timeout of site"));
}

TEST_CASE("of many struck the hardest are named", "[render][why]") {
    auto e = shopWhy();
    e.blast.loadsInAll = 20;
    e.blast.loads.assign(12, {"crowd", 10, 5});
    CHECK(contains(textOf(e), "  loads    12 of 20: crowd 50.0 %"));
    CHECK(contains(textOf(e), "and 4 more"));
    e.blast.services.clear();
    CHECK(contains(textOf(e), "  services 0 of 2: none\n"));
}

TEST_CASE("hostile names reach no terminal", "[render][why][hostile]") {
    auto const text = textOf(hostileWhy(hostile() + "<script>"));
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        CHECK((c == '\n' || (byte >= 0x20 && byte != 0x7f)));
    }
    CHECK_FALSE(contains(text, "\xc2\x9b"));     // CSI in one character
    CHECK_FALSE(contains(text, "\xe2\x80\xae")); // turns the direction of writing
    CHECK_FALSE(contains(text, "\xff"));
    CHECK(contains(text, "<script>")); // a terminal does not mind
}

TEST_CASE("UTF-8 in names stays, and is counted in characters", "[render][why]") {
    auto const text = textOf(hostileWhy("Übergröße-日本"));
    CHECK(contains(text, "fault Übergröße-日本 (slow)"));
    CHECK(widest(text) <= 100);
}

TEST_CASE("very long names do not make long lines", "[render][why]") {
    auto const text = textOf(hostileWhy(std::string(5'000, 'x')));
    CHECK(widest(text) <= 100);
    CHECK(text.size() < 10'000);
}
