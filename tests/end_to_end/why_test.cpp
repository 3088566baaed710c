#include <fstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.hpp"

using namespace shakedown;
using namespace shakedown::tests;
using Json = nlohmann::json;

namespace {

// Slow for ten seconds, with a short queue; nothing else is wrong.
constexpr auto shop = R"(shakedown: 1
run: { for: 30s, seed: 3 }
services:
  shop:
    workers: 4
    queue: { capacity: 10 }
    endpoints: { buy: [ work: exponential(10ms) ] }
load: { visitors: { to: shop/buy, rate: 100/s } }
faults:
  - { name: shop-slow, at: 10s, for: 10s, slow: { service: shop, factor: 10 } }
)";

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

std::string runInto(Scratch const& scratch, Arguments more = {}) {
    scratch.file("shop.yaml", shop);
    more.insert(more.begin(), {"run", "-q", "-o", "run", "shop.yaml"});
    auto const outcome = tests::shakedown(more, scratch.path());
    INFO(outcome.out << outcome.err);
    REQUIRE(std::filesystem::exists(scratch / "run/record.ndjson"));
    return "run";
}

Outcome why(Scratch const& scratch, Arguments arguments) {
    arguments.insert(arguments.begin(), "why");
    return tests::shakedown(arguments, scratch.path());
}

} // namespace

TEST_CASE("why names the fault of a run", "[end-to-end][why]") {
    Scratch const scratch;
    runInto(scratch);
    auto const outcome = why(scratch, {"run"});
    INFO(outcome.err);
    CHECK(outcome.code == 0);
    CHECK(outcome.err.empty());
    CHECK(contains(outcome.out, "First causes\n  100.0 %  fault shop-slow (slow), "));
    CHECK(contains(outcome.out, "visitors: queue full at shop"));
    CHECK(contains(outcome.out, "fault shop-slow (slow): from 10.0 s to 20.0 s"));
}

TEST_CASE("why says the same of a folder and of its record, twice", "[end-to-end][why]") {
    Scratch const scratch;
    runInto(scratch);
    auto const folder = why(scratch, {"run", "--json"});
    CHECK(folder.out == why(scratch, {"run/record.ndjson", "--json"}).out);
    CHECK(folder.out == why(scratch, {"run", "--json"}).out);
}

TEST_CASE("why --json is one document, and alone on stdout", "[end-to-end][why]") {
    Scratch const scratch;
    runInto(scratch);
    auto const outcome = why(scratch, {"run", "visitors", "--json"});
    REQUIRE(outcome.code == 0);
    auto const json = Json::parse(outcome.out);
    CHECK(json["shakedown_why"] == 1);
    CHECK(json["subject"] == "visitors");
    CHECK(json["causes"][0]["cause"] == "fault shop-slow (slow)");
    double shares = 0;
    double requests = 0;
    for (auto const& cause : json["causes"]) {
        shares += cause["share"].get<double>();
        requests += cause["requests"].get<double>();
    }
    CHECK(shares == Approx(1).margin(1e-9));
    CHECK(requests == Approx(json["bad"].get<double>()));
}

TEST_CASE("why asked quietly still answers, that is what it is for", "[end-to-end][why]") {
    Scratch const scratch;
    runInto(scratch);
    auto const quiet = why(scratch, {"run", "-q"});
    CHECK(quiet.code == 0);
    CHECK(quiet.out == why(scratch, {"run"}).out);
    CHECK(quiet.err.empty());
}

TEST_CASE("a run that is not there, and a folder that is no run, are said to be so",
          "[end-to-end][why]") {
    Scratch const scratch;
    auto const missing = why(scratch, {"nowhere"});
    CHECK(missing.code == 2);
    CHECK(missing.out.empty());
    CHECK(contains(missing.err, "there is no run 'nowhere'"));
    std::filesystem::create_directory(scratch / "empty");
    auto const empty = why(scratch, {"empty"});
    CHECK(empty.code == 2);
    CHECK(contains(empty.err, "holds no record.ndjson"));
    CHECK(why(scratch, {}).code == 2);
}

TEST_CASE("a scenario instead of a run is told to be run first", "[end-to-end][why]") {
    Scratch const scratch;
    scratch.file("shop.yaml", shop);
    auto const outcome = why(scratch, {"shop.yaml"});
    CHECK(outcome.code == 2);
    CHECK(contains(outcome.err, "'shop.yaml' is a scenario, not a run"));
    CHECK(contains(outcome.err, "shakedown run shop.yaml"));
}

TEST_CASE("a file that is no record is refused with its line", "[end-to-end][why]") {
    Scratch const scratch;
    scratch.file("notes.txt", "buy milk\n");
    auto const outcome = why(scratch, {"notes.txt"});
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    CHECK(contains(outcome.err, "notes.txt:1"));
}

TEST_CASE("an unknown subject gets the nearest one named", "[end-to-end][why]") {
    Scratch const scratch;
    runInto(scratch);
    auto const near = why(scratch, {"run", "visitor"});
    CHECK(near.code == 2);
    CHECK(near.out.empty());
    CHECK(near.err
          == "shakedown: this run has no load, service or call 'visitor'; did you mean "
             "'visitors'?\n");
    auto const far = why(scratch, {"run", "\x1b[2Jzzzzzzzzzz"});
    CHECK(far.code == 2);
    CHECK_FALSE(contains(far.err, "did you mean"));
    CHECK_FALSE(contains(far.err, "\x1b"));
}

TEST_CASE("a record that was cut short is explained up to the cut, with a warning",
          "[end-to-end][why]") {
    Scratch const scratch;
    runInto(scratch);
    std::string const whole = contentOf(scratch / "run/record.ndjson");
    scratch.file("cut.ndjson", whole.substr(0, whole.size() / 2));
    auto const outcome = why(scratch, {"cut.ndjson", "--json"});
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.err, "warning [R104]: the record was cut short"));
    auto const json = Json::parse(outcome.out);
    CHECK(json["causes"][0]["cause"] == "fault shop-slow (slow)");
    CHECK(json["times"]["healed"] == false);
}

TEST_CASE("a broken line in the middle is an error with its number", "[end-to-end][why]") {
    Scratch const scratch;
    runInto(scratch);
    std::string text = contentOf(scratch / "run/record.ndjson");
    text.insert(text.find('\n') + 1, "{\"t\":0,\"k\":\"nonsense\"}\n");
    scratch.file("broken.ndjson", text);
    auto const outcome = why(scratch, {"broken.ndjson"});
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    CHECK(contains(outcome.err, "broken.ndjson:2"));
}

TEST_CASE("a record without requests says what to do instead", "[end-to-end][why]") {
    for (std::string const level : {"summary", "intervals"}) {
        Scratch const scratch;
        runInto(scratch, {"--record", level});
        auto const outcome = why(scratch, {"run"});
        CHECK(outcome.code == 2);
        CHECK(outcome.out.empty());
        CHECK(contains(outcome.err, "level " + level));
        CHECK(contains(outcome.err, "--record sampled"));
    }
}

TEST_CASE("why finds the same top cause in a full record and a sampled one", "[end-to-end][why]") {
    for (std::string const level : {"sampled", "full"}) {
        Scratch const scratch;
        runInto(scratch, {"--record", level});
        auto const json = Json::parse(why(scratch, {"run", "--json"}).out);
        CHECK(json["causes"][0]["cause"] == "fault shop-slow (slow)");
        CHECK(json["causes"][0]["share"].get<double>() > 0.95);
    }
}

TEST_CASE("a run in which nothing went wrong is explained by that", "[end-to-end][why]") {
    Scratch const scratch;
    runInto(scratch, {"--set", "services.shop.workers=100"});
    auto const outcome = why(scratch, {"run"});
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, "there is nothing to explain"));
}

TEST_CASE("hostile records end in words", "[end-to-end][why]") {
    Scratch const scratch;
    runInto(scratch);
    std::string const whole = contentOf(scratch / "run/record.ndjson");
    auto const replaced = [&](std::string const& what, std::string const& with) {
        std::string text = whole;
        auto const at = text.find(what);
        REQUIRE(at != std::string::npos);
        text.replace(at, what.size(), with);
        scratch.file("hostile.ndjson", text);
        return why(scratch, {"hostile.ndjson"});
    };
    // An endpoint of no service; a service without a number of workers; names that would be obeyed.
    CHECK(replaced(R"("shop/buy")", R"("x/buy")").code == 0);
    CHECK(replaced(R"("workers":[4])", R"("workers":[])").code == 0);
    auto const named = replaced(R"("shop-slow")", R"("\u001b[2J\u009b")");
    CHECK(named.code == 0);
    CHECK_FALSE(contains(named.out, "\x1b"));
    CHECK_FALSE(contains(named.out, "\xc2\x9b"));
}
