#include "reports/why/first_cause.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;

namespace {

std::vector<CauseKind> allKinds() {
    std::vector<CauseKind> kinds;
    for (auto k = CauseKind::Event; k <= CauseKind::TrippedBreaker;
         k = static_cast<CauseKind>(static_cast<int>(k) + 1)) {
        kinds.push_back(k);
    }
    return kinds;
}

} // namespace

TEST_CASE("a first cause is named by its kind and whose it is", "[why][cause]") {
    auto const header = shopHeader();
    CHECK(nameOf(event(autosSlow), header) == "fault autos-slow (slow)");
    CHECK(nameOf(event(rollOut), header) == "operation roll-out (deploy)");
    CHECK(nameOf({CauseKind::Overload, autos}, header) == "too little capacity of autos");
    CHECK(nameOf({CauseKind::ShortTimeout, siteToAutos}, header) == "timeout of site -> autos");
}

TEST_CASE("a verb is not said twice", "[why][cause]") {
    auto header = shopHeader();
    header.names.events[0] = "slow";
    CHECK(nameOf(event(autosSlow), header) == "fault slow");
    header.verbs.clear(); // an older record
    CHECK(nameOf(event(lineCut), header) == "fault line-cut");
}

TEST_CASE("a fault, an operation, saturation and configuration are told apart", "[why][cause]") {
    auto const header = shopHeader();
    auto const wordFor = [&](FirstCause cause) {
        return std::string(wordOf(natureOf(cause, header)));
    };
    CHECK(wordFor(event(lineCut)) == "fault");
    CHECK(wordFor(event(rollOut)) == "operation");
    CHECK(wordFor({CauseKind::Overload, site}) == "saturation");
    CHECK(wordFor({CauseKind::Neighbour, site}) == "saturation");
    CHECK(wordFor({CauseKind::Bulkhead, siteToAutos}) == "configuration");
    CHECK(wordFor({CauseKind::SlowWork, site}) == "configuration");
}

TEST_CASE("without a count of faults an event is an operation", "[why][cause]") {
    auto header = shopHeader();
    header.faults.clear();
    CHECK(natureOf(event(autosSlow), header) == Nature::Operation);
}

TEST_CASE("every kind of cause has a name and says what is wrong, none like another",
          "[why][cause]") {
    std::set<std::string> names;
    std::set<std::string> wrongs;
    for (auto const kind : allKinds()) {
        names.insert(nameOf({kind, 0}, shopHeader()));
        wrongs.insert(whatIsWrong(kind));
    }
    CHECK(names.size() == allKinds().size());
    CHECK(wrongs.size() == allKinds().size());
    CHECK(!names.contains(""));
    CHECK(!wrongs.contains(""));
}

TEST_CASE("an index without a name is a question mark", "[why][cause]") {
    for (auto const kind : allKinds()) {
        CHECK(nameOf({kind, 99}, record::Header()).find('?') != std::string::npos);
    }
}
