#include <catch2/catch.hpp>

#include "scenarios/reading/reader.hpp"
#include "scenarios/reading/text_edit.hpp"

using namespace shakedown;
using reading::withItem;
using reading::withValue;

namespace {

constexpr auto document = R"yaml(shakedown: 1
# the shop
services:
  shop:                # ours
    workers: 16        # threads
    endpoints: { buy: [ work: exponential(20ms) ] }
  stock: { workers: 4, endpoints: { take: [ work: "uniform(1ms, 2ms)" ] } }
calls:
  "shop -> stock": { timeout: 300ms, retry: { attempts: 3 } }
load:
  visitors: { to: shop/buy, rate: 500/s }
faults:
  - { at: 1s, for: 2s, name: slow-one, slow: { service: stock, add: 3s } }   # first
  - at: 5s
    for: 1s
    hang: { service: stock }

# what must hold
expect: [ errors(visitors) < 1% ]
)yaml";

std::string changed(std::string const& path, std::string const& value) {
    auto const edited = withValue(document, path, value);
    INFO(path << " = " << value);
    if (!edited) {
        FAIL(edited.errors().front().message);
    }
    CHECK_FALSE(edited.value().isWrittenAnew);
    return edited.value().text;
}

// The text with one part replaced, once.
std::string replaced(std::string const& part, std::string const& by) {
    std::string text = document;
    auto const at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), by);
}

std::string followedBy(char const* line) {
    std::string text = document;
    text += line;
    return text;
}

} // namespace

TEST_CASE("a number is changed where it stands, and nothing else", "[reading][edit]") {
    CHECK(changed("services.shop.workers", "80") == replaced("workers: 16 ", "workers: 80 "));
    CHECK(changed("calls.shop -> stock.timeout", "50ms") == replaced("300ms", "50ms"));
    CHECK(changed("calls.shop -> stock.retry.attempts", "1")
          == replaced("attempts: 3", "attempts: 1"));
    CHECK(changed("load.visitors.rate", "20/s") == replaced("500/s", "20/s"));
    CHECK(changed("faults.slow-one.slow.add", "1s") == replaced("add: 3s", "add: 1s"));
    CHECK(changed("faults.1.at", "7s") == replaced("at: 5s", "at: 7s"));
    CHECK(changed("services.stock.endpoints.take.0.work", "\"uniform(3ms, 4ms)\"")
          == replaced("\"uniform(1ms, 2ms)\"", "\"uniform(3ms, 4ms)\""));
}

TEST_CASE("a key that is not there is put among the others", "[reading][edit]") {
    CHECK(changed("services.stock.replicas", "3")
          == replaced("stock: { workers", "stock: { replicas: 3, workers"));
    CHECK(changed("services.shop.replicas", "3")
          == replaced("    workers: 16 ", "    replicas: 3\n    workers: 16 "));
    CHECK(changed("name", "Shop") == followedBy("name: Shop\n"));
}

TEST_CASE("keys on the way that are not there are made with it", "[reading][edit]") {
    CHECK(changed("calls.shop -> stock.circuit_breaker.open_for", "5s")
          == replaced("{ timeout: 300ms", "{ circuit_breaker: { open_for: 5s }, timeout: 300ms"));
    CHECK(changed("services.shop.queue.capacity", "9")
          == replaced("    workers: 16 ", "    queue: { capacity: 9 }\n    workers: 16 "));
    CHECK(changed("calls.visitors -> shop.timeout", "1s")
          == replaced("  \"shop -> stock\":",
                      "  \"visitors -> shop\": { timeout: 1s }\n  \"shop -> stock\":"));
    CHECK(changed("run.for", "5s") == followedBy("run: { for: 5s }\n"));
}

TEST_CASE("what has no single place in the text is written anew", "[reading][edit]") {
    // Two maps that share their text.
    constexpr auto shared = R"yaml(shakedown: 1
services:
  a: &s { workers: 4, endpoints: { x: [ work: 1ms ] } }
  b: *s
)yaml";
    auto const edited = withValue(shared, "services.b.workers", "5");
    REQUIRE(edited);
    CHECK(edited.value().isWrittenAnew);
    auto const both = reading::readText(edited.value().text, "x.yaml");
    REQUIRE(both.scenario);
    CHECK(both.scenario->services[0].workers == 4);
    CHECK(both.scenario->services[1].workers == 5);
}

TEST_CASE("a fault is added behind the last one", "[reading][edit]") {
    std::string const fault = "{ at: 9s, for: 1s, crash: { service: shop } }";
    auto const edited = withItem(document, "faults", fault);
    REQUIRE(edited);
    CHECK_FALSE(edited.value().isWrittenAnew);
    CHECK(edited.value().text
          == replaced("    hang: { service: stock }\n",
                      "    hang: { service: stock }\n  - " + fault + "\n"));
}

TEST_CASE("a list that is not there is made, and one on a line grows on it", "[reading][edit]") {
    auto const made = withItem(document, "operations", "{ at: 9s, drain: { service: shop } }");
    REQUIRE(made);
    CHECK(made.value().text.starts_with(document));
    CHECK(made.value().text.ends_with(
        "% ]\noperations:\n  - { at: 9s, drain: { service: shop } }\n"));
    auto const grown = withItem(document, "expect", "p99(visitors) < 1s");
    REQUIRE(grown);
    CHECK(grown.value().text
          == replaced("errors(visitors) < 1% ]", "errors(visitors) < 1%, p99(visitors) < 1s ]"));
    auto const first = withItem("faults: []\n", "faults", "{ at: 1s, hang: { service: a } }");
    REQUIRE(first);
    CHECK(first.value().text == "faults: [ { at: 1s, hang: { service: a } } ]\n");
}

TEST_CASE("what cannot be changed says why", "[reading][edit]") {
    CHECK_FALSE(withValue(document, "services.shop.wrkers", "80"));
    CHECK_FALSE(withValue(document, "services.shop.workers", "[ 1"));
    CHECK_FALSE(withValue("a: [", "a", "1"));
    CHECK_FALSE(withItem("- a\n", "faults", "{ at: 1s }"));
    CHECK_FALSE(withItem("faults: 3\n", "faults", "{ at: 1s }"));
    auto const unknown = withValue(document, "services.shop.wrkers", "80");
    CHECK(unknown.errors().front().hint.find("workers") != std::string::npos);
}

TEST_CASE("a text is edited again and again", "[reading][edit]") {
    std::string text = document;
    for (int i = 1; i <= 20; ++i) {
        auto const slower =
            withValue(text, "calls.shop -> stock.timeout", std::to_string(i) + "ms");
        REQUIRE(slower);
        auto const more = withItem(slower.value().text, "faults",
                                   "{ at: " + std::to_string(i) + "s, hang: { service: shop } }");
        REQUIRE(more);
        CHECK_FALSE(more.value().isWrittenAnew);
        text = more.value().text;
    }
    auto const read = reading::readText(text, "x.yaml");
    REQUIRE(read.scenario);
    CHECK(read.scenario->faults.size() == 22);
    CHECK(text.find("# what must hold") != std::string::npos);
}
