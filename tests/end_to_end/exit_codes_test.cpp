#include <fstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "reports/record/record_reader.hpp"
#include "tests/end_to_end/program.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

constexpr auto shop = R"(shakedown: 1
run: { for: 5s }
services: { shop: { workers: 4, endpoints: { buy: [ work: exponential(5ms) ] } } }
load: { visitors: { to: shop/buy, rate: 50/s } }
)";

std::string expecting(std::string const& condition) {
    return std::string(shop) + "expect:\n  - " + condition + "\n";
}

// Files of every verdict, each in its own folder below the scratch.
int codeOf(Scratch const& scratch, Arguments arguments) {
    arguments.insert(arguments.begin(), {"run", "-q", "-o", "out"});
    auto const outcome = tests::shakedown(arguments, scratch.path());
    INFO(outcome.out << outcome.err);
    return outcome.code;
}

// A run that would take days, interrupted after it has begun.
void interruptedBy(int signal, std::string const& platform = {}) {
    Scratch const scratch;
    std::string const file = scratch.file("long.yaml", expecting("p99(visitors) < 1s") + platform);
    Program program({"run", "long.yaml", "--set", "run.for=300d", "--set",
                     "load.visitors.rate=5000/s", "--set", "services.shop.workers=100", "-o",
                     "out"},
                    scratch.path());
    REQUIRE(Program::appears(scratch / "out/record.ndjson"));
    program.signal(signal);
    auto const outcome = program.wait();
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 130);

    auto const summary = nlohmann::json::parse(contentOf(scratch / "out/summary.json"));
    CHECK(summary["ended"] == "interrupted");

    std::ifstream in(scratch / "out/record.ndjson");
    auto opened = record::RecordReader::open(in, "record.ndjson");
    REQUIRE(opened.ok());
    auto reader = std::move(opened).value();
    std::optional<record::RunEnded> end;
    for (;;) {
        auto const moment = reader.next();
        REQUIRE(moment.ok());
        if (!moment.value()) {
            break;
        }
        if (auto const* ended = std::get_if<record::RunEnded>(&moment.value()->what)) {
            end = *ended;
        }
    }
    CHECK_FALSE(reader.cut().has_value());
    REQUIRE(end.has_value());
    CHECK(end->reason == record::EndReason::Interrupted);
}

} // namespace

TEST_CASE("a run whose expectations hold exits with 0", "[end-to-end][exit]") {
    Scratch const scratch;
    CHECK(codeOf(scratch, {scratch.file("a.yaml", expecting("errors(visitors) < 1%"))}) == 0);
}

TEST_CASE("a run whose expectation fails exits with 1", "[end-to-end][exit]") {
    Scratch const scratch;
    CHECK(codeOf(scratch, {scratch.file("a.yaml", expecting("p99(visitors) < 1us"))}) == 1);
}

TEST_CASE("an expectation that cannot be checked does not count as held", "[end-to-end][exit]") {
    Scratch const scratch;
    CHECK(codeOf(scratch, {scratch.file("a.yaml", expecting("errors(visitors) < 1%")), "--set",
                           "load.visitors.rate=0/s"})
          == 1);
}

TEST_CASE("a wrong command line exits with 2", "[end-to-end][exit]") {
    Scratch const scratch;
    CHECK(codeOf(scratch, {"--no-such-flag"}) == 2);
}

TEST_CASE("an invalid scenario exits with 3", "[end-to-end][exit]") {
    Scratch const scratch;
    CHECK(codeOf(scratch, {scratch.file("a.yaml", "shakedown: 1\nnonsense: 1\n")}) == 3);
}

TEST_CASE("a run without expectations exits with 4", "[end-to-end][exit]") {
    Scratch const scratch;
    CHECK(codeOf(scratch, {scratch.file("a.yaml", shop)}) == 4);
}

TEST_CASE("a run that reaches its limit of events exits with 8", "[end-to-end][exit]") {
    Scratch const scratch;
    std::string const file = scratch.file("a.yaml", expecting("errors(visitors) < 1%"));
    CHECK(codeOf(scratch, {file, "--event-limit", "100"}) == 8);
    auto const summary = nlohmann::json::parse(contentOf(scratch / "out/summary.json"));
    CHECK(summary["ended"] == "event_limit");
}

TEST_CASE("a run that reaches its limit of wall time exits with 8", "[end-to-end][exit]") {
    Scratch const scratch;
    std::string const file = scratch.file("a.yaml", expecting("errors(visitors) < 1%"));
    CHECK(codeOf(scratch, {file, "--set", "run.for=300d", "--time-limit", "50ms"}) == 8);
}

TEST_CASE("of several files the worst decides", "[end-to-end][exit]") {
    Scratch const scratch;
    std::string const held = scratch.file("held.yaml", expecting("errors(visitors) < 1%"));
    std::string const failed = scratch.file("failed.yaml", expecting("p99(visitors) < 1us"));
    std::string const unchecked = scratch.file("unchecked.yaml", shop);
    std::string const invalid = scratch.file("invalid.yaml", "shakedown: 1\nnonsense: 1\n");
    CHECK(codeOf(scratch, {held, unchecked}) == 4);
    CHECK(codeOf(scratch, {held, failed, unchecked}) == 1);
    CHECK(codeOf(scratch, {failed, invalid, held}) == 3);
}

TEST_CASE("of several files each leaves its own folder", "[end-to-end]") {
    Scratch const scratch;
    std::string const one = scratch.file("one.yaml", expecting("errors(visitors) < 1%"));
    std::string const two = scratch.file("two.yaml", expecting("errors(visitors) < 1%"));
    CHECK(codeOf(scratch, {one, two}) == 0);
    CHECK(std::filesystem::exists(scratch / "out/one/summary.json"));
    CHECK(std::filesystem::exists(scratch / "out/two/summary.json"));
}

TEST_CASE("SIGINT during a run on hosts leaves a readable record", "[end-to-end][signal]") {
    interruptedBy(SIGINT, "platform: { hosts: { h: { cores: 100 } } }\n");
}

TEST_CASE("SIGINT during a run leaves a readable record", "[end-to-end][signal]") {
    interruptedBy(SIGINT);
}

TEST_CASE("SIGTERM during a run leaves a readable record", "[end-to-end][signal]") {
    interruptedBy(SIGTERM);
}
