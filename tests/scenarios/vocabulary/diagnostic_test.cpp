#include "scenarios/vocabulary/diagnostic.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>

using namespace shakedown;

TEST_CASE("a result holds a value or the reasons why there is none", "[vocabulary][result]") {
    Result<int> const good(3);
    CHECK(good.ok());
    CHECK(good.value() == 3);
    Result<int> const bad(Diagnostic{Severity::Error, "E104", "no number", "", {"a", 1, 2}});
    CHECK_FALSE(bad);
    REQUIRE(bad.errors().size() == 1);
    CHECK(bad.errors().front().code == "E104");
}

TEST_CASE("asking a result for what it does not hold breaks an invariant", "[vocabulary][result]") {
    CHECK_THROWS_AS(Result<int>(3).errors(), BrokenInvariant);
    Result<int> const bad(Diagnostics{});
    CHECK_THROWS_AS(bad.value(), BrokenInvariant);
}

TEST_CASE("a value can be moved out of a result", "[vocabulary][result]") {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
    auto const value = std::move(result).value();
    CHECK(*value == 5);
}

TEST_CASE("warnings and hints are no errors", "[vocabulary][diagnostic]") {
    Diagnostic finding;
    finding.severity = Severity::Warning;
    CHECK_FALSE(hasErrors({finding}));
    finding.severity = Severity::Hint;
    CHECK_FALSE(hasErrors({finding}));
    finding.severity = Severity::Error;
    CHECK(hasErrors({Diagnostic{Severity::Hint, "", "", "", {}}, finding}));
}

TEST_CASE("the nearest word is the one that was meant", "[vocabulary][diagnostic]") {
    std::vector<std::string> const known{"orders", "workers", "queue", "zone", "zones", "cores"};
    struct Case {
        char const* word;
        char const* meant; // empty: none is near enough
    };
    Case const cases[] = {{"ordrs", "orders"},
                          {"wokers", "workers"},
                          {"wrokers", "workers"},
                          {"Queue", "queue"},
                          {"que", "queue"},
                          {"work", "workers"},
                          {"zon", "zone"},
                          {"core", "cores"},
                          {"timeout", ""},
                          {"x", ""},
                          {"", ""}};
    for (auto const& one : cases) {
        CAPTURE(one.word);
        CHECK(nearestWord(one.word, known).value_or("") == one.meant);
    }
}

TEST_CASE("an abbreviation of two words is none of them", "[vocabulary][diagnostic]") {
    CHECK_FALSE(nearestWord("max", {"max_concurrent_calls", "max_waiting_time"}));
    CHECK(nearestWord("max", {"max_concurrent_calls", "queue"}) == "max_concurrent_calls");
    CHECK_FALSE(nearestWord("ma", {"max_concurrent_calls", "queue"}));
}

TEST_CASE("words too long to be compared are near none", "[vocabulary][diagnostic]") {
    CHECK_FALSE(nearestWord(std::string(100'000, 'a'), {std::string(100'001, 'a')}));
    CHECK_FALSE(nearestWord("abc", {}));
}
