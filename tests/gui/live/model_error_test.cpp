#include <catch2/catch.hpp>

#include <algorithm>

#include "gui/live/model_error.hpp"
#include "tests/gui/session/recorded.hpp"

using namespace shakedown;
using gui::Agreement;
using gui::ModelErrorRow;

namespace {

// One service that takes so long; a fault with that share of errors.
std::string scenario(std::string const& work, std::string const& share = "50%") {
    return "shakedown: 1\n"
           "name: one\n"
           "run: { for: 40s, seed: 5 }\n"
           "services:\n"
           "  shop: { workers: 50, endpoints: { page: [ work: "
           + work
           + " ] } }\n"
             "calls:\n"
             "  \"visitors -> shop\": { timeout: 2s }\n"
             "load:\n"
             "  visitors: { to: shop/page, rate: 50/s }\n"
             "faults:\n"
             "  - { at: 10s, for: 10s, name: fail, errors: { service: shop, share: "
           + share + " } }\n";
}

std::vector<ModelErrorRow> rowsOf(gui::ModelError const& error, std::string const& window,
                                  std::string const& number) {
    std::vector<ModelErrorRow> rows;
    std::copy_if(error.rows.begin(), error.rows.end(), std::back_inserter(rows),
                 [&](auto const& row) { return row.window == window && row.number == number; });
    return rows;
}

gui::ModelError between(std::string const& live, std::string const& simulated) {
    auto const a = tests::runOf(tests::recordOf(live));
    auto const b = tests::runOf(tests::recordOf(simulated));
    return gui::modelErrorOf(a->index(), b->index());
}

} // namespace

TEST_CASE("equal records have no error", "[gui][live][model]") {
    auto const error = between(scenario("20ms"), scenario("20ms"));
    REQUIRE_FALSE(error.rows.empty());
    for (auto const& row : error.rows) {
        INFO(row.window << " " << row.number << " " << row.error);
        CHECK(row.agreement == Agreement::Agrees);
        CHECK(row.error == "0");
        CHECK(row.verdict == "agrees");
    }
    CHECK(error.sentence.find("agrees in ") != std::string::npos);
}

TEST_CASE("a model that is too fast is told by how much", "[gui][live][model]") {
    auto const error = between(scenario("25ms"), scenario("20ms"));
    auto const rows = rowsOf(error, "whole run", "p50");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].load == "visitors");
    CHECK(rows[0].live == "25.0 ms");
    CHECK(rows[0].simulated == "20.0 ms");
    CHECK(rows[0].agreement == Agreement::TooLittle);
    INFO(rows[0].error << "; " << rows[0].verdict);
    CHECK(rows[0].error == "-5.00 ms (-20.0 %)");
    CHECK(rows[0].verdict == "the model says 20.0 % too fast");
    CHECK(rowsOf(between(scenario("20ms"), scenario("25ms")), "whole run", "p50")[0].verdict
          == "the model says 25.0 % too slow");
    CHECK(rowsOf(between(scenario("5ms"), scenario("20ms")), "whole run", "p50")[0].verdict
          == "the model says 4.00 times as long");
    CHECK(rowsOf(error, "whole run", "goodput")[0].agreement == Agreement::Agrees);
}

TEST_CASE("within a fault only its own time counts", "[gui][live][model]") {
    auto const error = between(scenario("20ms", "80%"), scenario("20ms", "40%"));
    auto const during = rowsOf(error, "during fail", "failed");
    REQUIRE(during.size() == 1);
    INFO(during[0].live << " " << during[0].simulated << " " << during[0].verdict);
    CHECK(during[0].agreement == Agreement::TooLittle);
    CHECK(during[0].verdict.find(" pp too few") != std::string::npos);
    double const live = std::stod(during[0].live);
    CHECK(live > 72);
    CHECK(live < 88);
    // Over the whole run a quarter of that.
    double const whole = std::stod(rowsOf(error, "whole run", "failed")[0].live);
    CHECK(whole > live / 4 - 3);
    CHECK(whole < live / 4 + 3);
}

TEST_CASE("of a sampled record each request stands for several", "[gui][live][model]") {
    auto a = tests::runOf(tests::recordOf(scenario("20ms")));
    auto record = tests::recordOf(scenario("20ms"));
    auto const at = record.find("\"sample_every\":1");
    REQUIRE(at != std::string::npos);
    record.insert(at + std::string("\"sample_every\":1").size(), "0");
    auto const b = tests::runOf(record);
    auto const rows = rowsOf(gui::modelErrorOf(a->index(), b->index()), "whole run", "offered");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].error.find("+900 %") != std::string::npos);
}

TEST_CASE("records without requests, or without a load in common, say so", "[gui][live][model]") {
    auto const a = tests::runOf(tests::recordOf(scenario("20ms")));
    auto const none = tests::runOf(tests::recordOf(scenario("20ms"), record::Level::Summary));
    auto const error = gui::modelErrorOf(a->index(), none->index());
    CHECK(error.rows.empty());
    CHECK(error.sentence.find("nothing to hold against each other") != std::string::npos);
    gui::RunIndex const empty;
    CHECK(gui::modelErrorOf(empty, a->index()).rows.empty());
}
