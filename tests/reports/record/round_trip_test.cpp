#include <catch2/catch.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/record/line_parsing.hpp"
#include "reports/record/line_writing.hpp"
#include "tests/reports/record/small_record.hpp"

using namespace shakedown;
using namespace shakedown::record;
using namespace shakedown::tests;

namespace {

std::string lineOf(Moment const& moment) {
    std::string line;
    appendLine(line, moment);
    return line;
}

Header const& parsedHeader(std::variant<Header, LineFault> const& parsed) {
    REQUIRE(std::holds_alternative<Header>(parsed));
    return std::get<Header>(parsed);
}

} // namespace

TEST_CASE("every kind of moment reads back as it was written", "[record][round-trip]") {
    auto const moments = everyMoment();
    auto const back = readBack(written(smallHeader(), moments));
    CHECK_FALSE(back.error);
    CHECK_FALSE(back.cut);
    REQUIRE(back.moments.size() == moments.size());
    for (std::size_t i = 0; i < moments.size(); ++i) {
        CAPTURE(i);
        CHECK(back.moments[i].at == moments[i].at);
        CHECK(back.moments[i].what.index() == moments[i].what.index());
        CHECK(lineOf(back.moments[i]) == lineOf(moments[i]));
    }
}

TEST_CASE("the small record covers the whole variant", "[record][round-trip]") {
    auto const moments = everyMoment();
    for (std::size_t kind = 0; kind < std::variant_size_v<MomentKind>; ++kind) {
        CHECK(std::any_of(moments.begin(), moments.end(),
                          [&](Moment const& m) { return m.what.index() == kind; }));
    }
}

TEST_CASE("a request keeps its spans to the nanosecond", "[record][round-trip]") {
    auto const back = readBack(written(smallHeader(), {{at(1'300'000'000), smallRequest()}}));
    auto const& r = std::get<Request>(back.moments.at(0).what);
    auto const expected = smallRequest();
    CHECK(r.number == expected.number);
    CHECK(r.intended == expected.intended);
    CHECK(r.ended == expected.ended);
    CHECK(r.outcome == expected.outcome);
    CHECK(r.cause == expected.cause);
    REQUIRE(r.spans.size() == 2);
    CHECK(r.spans[0].parent == nobody);
    CHECK(r.spans[0].started == at(1'000'400'000));
    CHECK(r.spans[0].cause == Cause::None);
    CHECK(r.spans[1].parent == 0);
    CHECK(r.spans[1].replica == nobody);
    CHECK(r.spans[1].attempt == 2);
    CHECK(r.spans[1].arrived == SimTime::never());
    CHECK(r.spans[1].answered == at(1'200'500'000));
    CHECK(r.spans[1].cause == Cause::BreakerOpen);
}

TEST_CASE("an interval leaves out what did not happen, and reads back whole",
          "[record][round-trip]") {
    std::string const line = lineOf({at(1), smallInterval()});
    CHECK(line
          == "{\"t\":1,\"k\":\"interval\",\"loads\":[[0,10,5,1,2,1,1,6,3000000,4000000,5000000,0]],"
             "\"services\":[[1,3,16,10,9,1,0.734512]],\"calls\":[[0,10,12,2,1,1,0,0]]}\n");
    auto const back = readBack(written(smallHeader(), {{at(1), smallInterval()}}));
    auto const& interval = std::get<Interval>(back.moments.at(0).what);
    REQUIRE(interval.services.size() == 2);
    CHECK(interval.services[0].inService == 0);
    CHECK(interval.services[1].utilisation == 0.734512);
    REQUIRE(interval.calls.size() == 2);
    CHECK(interval.loads.at(0).p99 == Duration::milliseconds(5));
}

TEST_CASE("a header reads back as it was written", "[record][round-trip]") {
    std::string line;
    appendLine(line, smallHeader());
    auto const parsed = parseHeader(line);
    Header const& h = parsedHeader(parsed);
    CHECK(h.seed == smallHeader().seed);
    CHECK(h.level == Level::Full);
    CHECK(h.names.calls == smallHeader().names.calls);
    CHECK(h.names.events == smallHeader().names.events);
    CHECK(h.workers == smallHeader().workers);
    CHECK(h.faults == smallHeader().faults);
    std::string again;
    appendLine(again, h);
    CHECK(again == line);
}

TEST_CASE("names survive whatever they are made of", "[record][round-trip]") {
    for (std::string const& name : {std::string("q\"uote\\slash/"), std::string("new\nline\ttab"),
                                    std::string("\x1b[31mred"), std::string("zero\0byte", 9),
                                    std::string("gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x9a\xa2"),
                                    std::string("</script>"), std::string("\x7f")}) {
        Header h = smallHeader();
        h.names.services[0] = name;
        h.scenario = name;
        std::string line;
        appendLine(line, h);
        CHECK(linesIn(line) == 1);
        CHECK(line.find('\x1b') == std::string::npos);
        auto const parsed = parseHeader(line);
        CHECK(parsedHeader(parsed).names.services[0] == name);
        CHECK(parsedHeader(parsed).scenario == name);
    }
}

TEST_CASE("bytes that are not UTF-8 become a mark, and the line stays readable",
          "[record][round-trip]") {
    Header h = smallHeader();
    h.scenario = "a\xff\xc0\xaf\xed\xa0\x80z";
    std::string line;
    appendLine(line, h);
    auto const parsed = parseHeader(line);
    CHECK(parsedHeader(parsed).scenario.front() == 'a');
    CHECK(parsedHeader(parsed).scenario.back() == 'z');
    CHECK(parsedHeader(parsed).scenario.find("\xef\xbf\xbd") != std::string::npos);
}

TEST_CASE("every line is JSON for other programs too", "[record][round-trip]") {
    std::istringstream lines(written(smallHeader(), everyMoment()));
    std::string line;
    int count = 0;
    while (std::getline(lines, line)) {
        CHECK(nlohmann::json::parse(line, nullptr, false).is_object());
        ++count;
    }
    CHECK(count == 16);
}
