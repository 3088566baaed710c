#include "reports/why/ending.hpp"
#include "reports/why/span_tree.hpp"

#include <catch2/catch.hpp>

#include <set>

#include "reports/record/moment_words.hpp"
#include "tests/reports/why/shop_course.hpp"

using namespace shakedown;
using namespace shakedown::why;
using namespace shakedown::tests;
using measure::Outcome;

TEST_CASE("the way down leads along failed calls to what failed first", "[why][ending]") {
    auto const request = failedBelow(1, Cause::BreakerOpen);
    CHECK(SpanTree(request).wayDown() == std::vector<std::uint32_t>{0, 1});
    CHECK(proximateOf(request) == Proximate{Cause::BreakerOpen, siteToAutos});
}

TEST_CASE("the way down begins at the load's last attempt", "[why][ending]") {
    auto request =
        bad(Outcome::Rejected, {refusal(visitorsToSite, record::nobody, 1, Cause::QueueFull),
                                refusal(visitorsToSite, record::nobody, 2, Cause::Refused)});
    CHECK(SpanTree(request).wayDown() == std::vector<std::uint32_t>{1});
    CHECK(proximateOf(request).cause == Cause::Refused);
}

TEST_CASE("a timeout of its own is the end of the way, whatever failed below", "[why][ending]") {
    auto request = failedBelow(1, Cause::QueueFull);
    request.spans[0].cause = Cause::Timeout;
    CHECK(proximateOf(request) == Proximate{Cause::Timeout, visitorsToSite});
}

TEST_CASE("a failure that came after the answer did not cause it", "[why][ending]") {
    auto request = failedBelow(1, Cause::Timeout);
    request.spans[1].answered = sec(5);
    CHECK(proximateOf(request) == Proximate{Cause::ErrorReply, visitorsToSite});
}

TEST_CASE("an attempt that was withdrawn is nobody's end", "[why][ending]") {
    auto const request = failedBelow(1, Cause::Cancelled);
    CHECK(proximateOf(request) == Proximate{Cause::ErrorReply, visitorsToSite});
}

TEST_CASE("of two failed calls the one answered last decides", "[why][ending]") {
    auto request = failedBelow(1, Cause::QueueFull);
    request.spans.push_back(unsent(siteToAutos, 0, 1.007, Cause::BreakerOpen));
    CHECK(proximateOf(request).cause == Cause::BreakerOpen);
    std::swap(request.spans[1], request.spans[2]);
    CHECK(proximateOf(request).cause == Cause::BreakerOpen);
}

TEST_CASE("an injected error is handed on only in the instant in which the call below fails",
          "[why][ending]") {
    auto request = failedBelow(1, Cause::BreakerOpen);
    request.spans[0].cause = Cause::Injected;
    CHECK(proximateOf(request).cause == Cause::Injected);
    request.spans[0].ended = request.spans[1].answered;
    CHECK(proximateOf(request).cause == Cause::BreakerOpen);
}

TEST_CASE("a request without spans has no way", "[why][ending]") {
    CHECK(SpanTree({}).wayDown().empty());
    CHECK(proximateOf({}) == Proximate());
}

TEST_CASE("parents that lead in a circle lead to an end", "[why][ending]") {
    auto request = failedBelow(1, Cause::ErrorReply);
    request.spans[1].parent = 1;
    CHECK(SpanTree(request).wayDown().size() == 1);
}

TEST_CASE("every cause has a text of its own that names where", "[why][ending]") {
    std::set<std::string> texts;
    auto const count = record::countOf<Cause>();
    for (std::size_t i = 0; i < count; ++i) {
        auto const text = endingText({static_cast<Cause>(i), siteToAutos}, shopHeader());
        CAPTURE(text);
        CHECK(text.find("autos") != std::string::npos);
        texts.insert(text);
    }
    CHECK(texts.size() == count);
    CHECK(endingText({Cause::Timeout, siteToAutos}, shopHeader()) == "timeout of site -> autos");
    CHECK(endingText({Cause::QueueFull, visitorsToSite}, shopHeader()) == "queue full at site");
}

TEST_CASE("a call to an endpoint ends at its service", "[why][ending]") {
    auto header = shopHeader();
    header.names.calls[siteToAutos] = "site -> autos/search";
    CHECK(endingText({Cause::QueueFull, siteToAutos}, header) == "queue full at autos");
    header.names.calls[siteToAutos] = "odd";
    CHECK(endingText({Cause::QueueFull, siteToAutos}, header) == "queue full at odd");
    CHECK(endingText({Cause::QueueFull, 99}, header) == "queue full at ?");
}
