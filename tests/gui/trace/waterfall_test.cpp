#include "gui/trace/life_words.hpp"
#include "gui/trace/waterfall.hpp"
#include "tests/gui/trace/requests.hpp"

#include <chrono>

using namespace shakedown;
using gui::Waterfall;
using record::Cause;
using record::nobody;
using tests::ms;
using tests::span;

TEST_CASE("parents stand before their children, and those as they were sent", "[gui][trace]") {
    record::Request request;
    request.intended = ms(0);
    request.ended = ms(100);
    request.spans = {span(nobody, 0, 0, 100), span(0, 1, 50, 90), span(0, 2, 10, 40),
                     span(2, 3, 20, 30)};
    Waterfall const waterfall(request, ms(200));
    std::vector<std::uint32_t> order;
    std::vector<std::uint32_t> depths;
    for (auto const& row : waterfall.rows()) {
        order.push_back(row.span);
        depths.push_back(row.depth);
    }
    CHECK(order == std::vector<std::uint32_t>{0, 2, 3, 1});
    CHECK(depths == std::vector<std::uint32_t>{0, 1, 2, 1});
}

TEST_CASE("an attempt knows how many there were of its call", "[gui][trace]") {
    record::Request request;
    request.intended = ms(0);
    request.ended = ms(100);
    // Twice the same call side by side, the one with three attempts, the other with one.
    request.spans = {span(nobody, 0, 0, 100), span(0, 1, 1, 10, Cause::Timeout), span(0, 1, 2, 60),
                     span(0, 1, 11, 20, Cause::Timeout, 2), span(0, 1, 21, 30, Cause::None, 3)};
    Waterfall const waterfall(request, ms(200));
    std::vector<std::uint32_t> attempts(request.spans.size());
    for (auto const& row : waterfall.rows())
        attempts[row.span] = row.attempts;
    CHECK(attempts == std::vector<std::uint32_t>{1, 3, 1, 3, 3});
}

TEST_CASE("attempts of one caller are not counted to another", "[gui][trace]") {
    record::Request request;
    request.intended = ms(0);
    request.ended = ms(100);
    request.spans = {span(nobody, 0, 0, 40), span(0, 1, 1, 30), span(nobody, 2, 50, 100),
                     span(2, 1, 51, 60, Cause::Timeout), span(2, 1, 61, 90, Cause::None, 2)};
    Waterfall const waterfall(request, ms(200));
    std::vector<std::uint32_t> attempts(request.spans.size());
    for (auto const& row : waterfall.rows())
        attempts[row.span] = row.attempts;
    CHECK(attempts == std::vector<std::uint32_t>{1, 1, 1, 2, 2});
}

TEST_CASE("the attempt that a request ended of is marked, and no other", "[gui][trace]") {
    Waterfall const waterfall(tests::timedOut(), ms(5000));
    REQUIRE(waterfall.cause());
    CHECK(waterfall.rows()[*waterfall.cause()].span == 2);
    for (std::size_t row = 0; row < waterfall.rows().size(); ++row)
        CHECK(waterfall.rows()[row].isCause == (row == *waterfall.cause()));
    auto well = tests::timedOut();
    well.outcome = measure::Outcome::Ok;
    CHECK_FALSE(Waterfall(well, ms(5000)).cause());
}

TEST_CASE("the critical path is what was waited for last", "[gui][trace]") {
    record::Request request;
    request.intended = ms(0);
    request.ended = ms(100);
    // Side by side: the faster one was not waited for; nor was who was withdrawn.
    request.spans = {span(nobody, 0, 0, 100), span(0, 1, 10, 95), span(0, 2, 10, 60),
                     span(0, 3, 10, 99, Cause::Cancelled), span(1, 4, 20, 80)};
    request.spans[4].started = ms(70);
    Waterfall const waterfall(request, ms(200));
    std::vector<bool> critical(request.spans.size());
    for (auto const& row : waterfall.rows())
        critical[row.span] = row.isCritical;
    CHECK(critical == std::vector<bool>{true, true, false, false, true});
    REQUIRE(waterfall.longest());
    CHECK(waterfall.rows()[waterfall.longest()->row].span == 4);
    CHECK(waterfall.longest()->where == gui::LongestPart::Where::InQueue);
    CHECK(waterfall.longest()->lasts == Duration::milliseconds(50));
}

TEST_CASE("the sentence says what ended a request, and where its time went", "[gui][trace]") {
    auto const header = tests::header();
    CHECK(
        gui::sentenceOf(Waterfall(tests::timedOut(), ms(5000)), header).toStdString()
        == "timed out after 604 ms: timeout of site -> autos; attempt 2 of 2 waited 280 ms in the "
           "queue of autos and 20.0 ms in service");
    record::Request well;
    well.intended = ms(0);
    well.ended = ms(12);
    well.spans = {span(nobody, 0, 0, 12), span(0, 1, 1, 10)};
    CHECK(gui::sentenceOf(Waterfall(well, ms(50)), header).toStdString()
          == "ok after 12.0 ms: 9.00 ms of it in service at autos");
    well.ended = SimTime::never();
    CHECK(
        gui::sentenceOf(Waterfall(well, ms(50)), header).startsWith("never ended within 50.0 ms"));
    well.spans.clear();
    CHECK(gui::sentenceOf(Waterfall(well, ms(50)), header) == "never ended within 50.0 ms");
}

TEST_CASE("an attempt tells what went on after nobody waited for it", "[gui][trace]") {
    Waterfall const waterfall(tests::timedOut(), ms(5000));
    auto const text = gui::linesOf(waterfall, waterfall.rows()[2], tests::header()).join("\n");
    INFO(text.toStdString());
    CHECK(text.contains("attempt 2 of 2"));
    CHECK(text.contains("in the queue for 280 ms"));
    CHECK(text.contains("went on for 36.0 ms after nobody waited for it"));
    CHECK(text.contains("the request ended of this"));
    CHECK(waterfall.end() == ms(1640));
    auto const first = gui::linesOf(waterfall, waterfall.rows()[1], tests::header()).join("\n");
    CHECK(first.contains("never got a worker"));
}

TEST_CASE("a request of 100,000 attempts, one in another, is laid out without recursion",
          "[gui][trace]") {
    record::Request request;
    request.intended = ms(0);
    request.ended = ms(1'000'000);
    request.spans.push_back(span(nobody, 0, 0, 1'000'000));
    for (std::uint32_t i = 1; i < 100'000; ++i)
        request.spans.push_back(span(i - 1, 1, i, 1'000'000 - i));
    Waterfall const waterfall(request, ms(1'000'000));
    REQUIRE(waterfall.rows().size() == 100'000);
    CHECK(waterfall.rows().back().depth == 99'999);
    CHECK(waterfall.rows().back().isCritical);
}
