#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.hpp"

using namespace shakedown;
using namespace shakedown::tests;
using Json = nlohmann::json;

namespace {

constexpr auto shop = R"(shakedown: 1
run: { for: 5s }
services: { shop: { workers: 4, endpoints: { buy: [ work: exponential(5ms) ] } } }
load: { visitors: { to: shop/buy, rate: 50/s } }
)";

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

Outcome compare(Scratch const& scratch, Arguments arguments) {
    arguments.insert(arguments.begin(), "compare");
    return tests::shakedown(arguments, scratch.path());
}

void runInto(Scratch const& scratch, std::string const& folder, Arguments more) {
    more.insert(more.begin(), {"run", "-q", "-o", folder});
    auto const outcome = tests::shakedown(more, scratch.path());
    INFO(outcome.out << outcome.err);
    REQUIRE(std::filesystem::exists(scratch / (folder + "/summary.json")));
}

} // namespace

TEST_CASE("the legacy systems are better after than before", "[end-to-end][compare]") {
    Scratch const scratch;
    auto const outcome =
        compare(scratch, {library("legacy-systems-before.yaml"),
                          library("legacy-systems-after.yaml"), "--seeds", "1..3", "--json"});
    INFO(outcome.err);
    REQUIRE(outcome.code == 0);
    auto const json = Json::parse(outcome.out);
    CHECK(json["verdict"] == "better");
    CHECK(json["paired"] == true);
    for (std::string const load : {"auto-buyers", "home-seekers", "job-seekers"}) {
        INFO(load);
        auto const& goodput = json["loads"][load]["goodput"];
        CHECK(goodput["change"] == "better");
        CHECK(goodput["ci95"][0].get<double>() > 20);
        CHECK(goodput["ci95"][0] < goodput["difference"]);
        CHECK(goodput["ci95"][1] > goodput["difference"]);
        CHECK(json["loads"][load]["errors"]["ci95"][1].get<double>() < -0.2);
    }
    CHECK(json["loads"]["auto-buyers"]["degraded"]["change"] == "more");
}

TEST_CASE("the legacy systems are worse before than after, and the gate closes",
          "[end-to-end][compare]") {
    Scratch const scratch;
    auto const outcome = compare(scratch, {library("legacy-systems-after.yaml"),
                                           library("legacy-systems-before.yaml"), "--seeds", "1..3",
                                           "--fail-if-worse"});
    CHECK(outcome.code == 1);
    CHECK(contains(outcome.out, "B is worse in "));
    CHECK(contains(outcome.out, "better in none"));
}

TEST_CASE("a scenario beside itself is equal, and nothing is written", "[end-to-end][compare]") {
    Scratch const scratch;
    auto const file = library("smallest-shop.yaml");
    auto const outcome = compare(scratch, {file, file, "--seeds", "1..3", "--fail-if-worse"});
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, "Every number is equal."));
    CHECK(contains(outcome.out, "(3 replications)"));
    CHECK(std::filesystem::is_empty(scratch.path()));
}

TEST_CASE("a run stands beside its scenario with the run's own seeds", "[end-to-end][compare]") {
    Scratch const scratch;
    std::string const file = scratch.file("shop.yaml", shop);
    runInto(scratch, "seeds", {file, "--seeds", "4..7"});
    runInto(scratch, "replications", {file, "--set", "run.replications=3"});
    for (std::string const side : {"seeds", "seeds/summary.json", "replications"}) {
        INFO(side);
        auto const outcome = compare(scratch, {side, file, "--json"});
        CHECK(outcome.code == 0);
        auto const json = Json::parse(outcome.out);
        CHECK(json["paired"] == true);
        CHECK(json["sentence"] == "Every number is equal.");
        CHECK(json["loads"]["visitors"]["mean"]["ci95"] == Json({0.0, 0.0}));
    }
}

TEST_CASE("other seeds on one side are not paired", "[end-to-end][compare]") {
    Scratch const scratch;
    std::string const file = scratch.file("shop.yaml", shop);
    auto const outcome =
        compare(scratch, {file, file, "--seeds", "1..4", "--seeds-b", "11..16", "--json"});
    auto const json = Json::parse(outcome.out);
    CHECK(json["paired"] == false);
    CHECK(json["a"]["replications"] == 4);
    CHECK(json["b"]["replications"] == 6);
    CHECK(json["loads"]["visitors"]["mean"]["method"] == "welch");
}

TEST_CASE("a change to one side is compared", "[end-to-end][compare]") {
    Scratch const scratch;
    std::string const file = scratch.file("shop.yaml", shop);
    auto const slower = "services.shop.endpoints.buy=[ work: exponential(9ms) ]";
    auto const worse = compare(scratch, {file, file, "--set-b", slower, "--fail-if-worse"});
    CHECK(worse.code == 1);
    CHECK(contains(worse.out, "B is worse"));
    CHECK(contains(worse.out, "shakedown run " + file + " --set 'services.shop"));
    auto const better = compare(scratch, {file, file, "--set-a", slower, "--fail-if-worse"});
    CHECK(better.code == 0);
    CHECK(contains(better.out, "B is better"));
    CHECK(contains(better.out, "A  " + file + " --set-a 'services.shop"));
    auto const unnoticed =
        compare(scratch, {file, file, "--set-b", slower, "--noticeable", "100%", "--json"});
    CHECK(Json::parse(unnoticed.out)["verdict"] == "same");
}

TEST_CASE("single runs cannot pass the gate, nor fail it by luck", "[end-to-end][compare]") {
    Scratch const scratch;
    std::string const file = scratch.file("shop.yaml", shop);
    runInto(scratch, "a", {file, "--seed", "1"});
    runInto(scratch, "b", {file, "--seed", "2"});
    auto const outcome = compare(scratch, {"a", "b", "--fail-if-worse"});
    INFO(outcome.out);
    CHECK(outcome.code == 4);
    CHECK(contains(outcome.out, "undecided"));
    CHECK(contains(outcome.out, "(--seeds 1..10)"));
    CHECK(contains(outcome.out, "shakedown run " + file + " --seeds 1..10 -o a\n"));
    CHECK(contains(outcome.out, "\n  shakedown compare a b\n"));
    CHECK(compare(scratch, {"a", "b"}).code == 0);
    CHECK(compare(scratch, {"a", "a", "--fail-if-worse"}).code == 0);
}

TEST_CASE("loads of one side only are named, and none in common is told with 4",
          "[end-to-end][compare]") {
    Scratch const scratch;
    std::string const file = scratch.file("shop.yaml", shop);
    std::string both = shop;
    both.replace(both.find("50/s }"), 6, "50/s }, robots: { to: shop/buy, rate: 5/s }");
    std::string const two = scratch.file("two.yaml", both);
    std::string other = shop;
    other.replace(other.find("visitors"), 8, "tourists");
    std::string const alien = scratch.file("alien.yaml", other);
    auto const some = compare(scratch, {file, two, "--seeds", "1..2"});
    INFO(some.out << some.err);
    CHECK(some.code == 0);
    CHECK(contains(some.out, "Only in B: robots\n"));
    CHECK(compare(scratch, {file, two, "--seeds", "1..2", "--fail-if-worse"}).code == 0);
    // A load that is gone is one that the gate cannot judge.
    CHECK(compare(scratch, {two, file, "--seeds", "1..2", "--fail-if-worse"}).code == 4);
    auto const none = compare(scratch, {file, alien, "--seeds", "1..2"});
    CHECK(none.code == 4);
    CHECK(contains(none.out, "Only in A: visitors\nOnly in B: tourists\n"));
    CHECK(contains(none.out, "no load in common"));
}

TEST_CASE("a side that did not finish is told of", "[end-to-end][compare]") {
    Scratch const scratch;
    std::string const file = scratch.file("shop.yaml", shop);
    runInto(scratch, "whole", {file, "--seeds", "1..2"});
    runInto(scratch, "cut", {file, "--seeds", "1..2", "--event-limit", "100"});
    auto const outcome = compare(scratch, {"whole", "cut"});
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, "B  cut (2 replications), did not finish: event_limit\n"));
}

TEST_CASE("of two bad sides both are told and the worse decides", "[end-to-end][compare]") {
    Scratch const scratch;
    scratch.file("bad.yaml", "shakedown: 1\nnonsense: 1\n");
    auto const outcome = compare(scratch, {"nowhere", "bad.yaml"});
    CHECK(outcome.code == 3);
    CHECK(contains(outcome.err, "there is no run 'nowhere'"));
    CHECK(contains(outcome.err, "nonsense"));
    CHECK(outcome.out.empty());
}

TEST_CASE("one process or two compare alike", "[end-to-end][compare]") {
    Scratch const scratch;
    std::string const file = scratch.file("shop.yaml", shop);
    auto const one = compare(scratch, {file, file, "--seeds-b", "3..7", "--jobs", "1", "--json"});
    auto const two = compare(scratch, {file, file, "--seeds-b", "3..7", "--jobs", "2", "--json"});
    CHECK(one.out.size() > 1000);
    CHECK((one.out == two.out));
}
