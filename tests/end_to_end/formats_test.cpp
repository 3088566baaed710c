// The formats of other tools: with a run and from a run that is over.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

constexpr auto allWords = "otlp,chrome,openmetrics,hdr,events,dot,mermaid";

struct OfRecord { // what can be made later, all of it
    std::string word;
    std::string file;
};
std::vector<OfRecord> const ofRecord{{"otlp", "trace.json"},
                                     {"chrome", "trace.chrome.json"},
                                     {"events", "events.jsonl"},
                                     {"dot", "topology.dot"},
                                     {"mermaid", "topology.mmd"}};

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

// Half a minute of three services that fail, into the folder "run".
Outcome runWith(Scratch const& scratch, Arguments more) {
    more.insert(more.begin(),
                {"run", library("legacy-systems-before.yaml"), "--until", "70s", "-o", "run"});
    return tests::shakedown(more, scratch.path());
}

Outcome exported(Scratch const& scratch, std::string const& run, std::string const& as,
                 Arguments more = {}) {
    more.insert(more.begin(), {"export", run, "--as", as});
    return tests::shakedown(more, scratch.path());
}

} // namespace

TEST_CASE("run --also writes the files and lists them", "[end-to-end][formats]") {
    Scratch const scratch;
    auto const outcome = runWith(
        scratch, {"--also", "otlp,chrome,openmetrics", "--also", "hdr,events,dot,mermaid,dot"});
    INFO(outcome.err);
    CHECK(outcome.code <= 1);
    for (std::string const file :
         {"trace.json", "trace.chrome.json", "metrics.prom", "latency.hlog", "events.jsonl",
          "topology.dot", "topology.mmd"}) {
        INFO(file);
        CHECK_FALSE(contentOf(scratch / ("run/" + file)).empty());
        CHECK(contains(outcome.out, "run/" + file));
    }
    CHECK(nlohmann::json::accept(contentOf(scratch / "run/trace.json")));
    CHECK(nlohmann::json::accept(contentOf(scratch / "run/trace.chrome.json")));
    CHECK(contains(contentOf(scratch / "run/metrics.prom"), "latency_seconds_bucket"));
    CHECK(contains(contentOf(scratch / "run/events.jsonl"), "\"event\":\"expectation\""));
}

TEST_CASE("without --also there are no such files", "[end-to-end][formats]") {
    Scratch const scratch;
    runWith(scratch, {"-q"});
    CHECK_FALSE(std::filesystem::exists(scratch / "run/trace.json"));
    CHECK_FALSE(std::filesystem::exists(scratch / "run/latency.hlog"));
}

TEST_CASE("formats change neither the page nor the summary", "[end-to-end][formats]") {
    Scratch const scratch;
    runWith(scratch, {"-q"});
    std::string const page = contentOf(scratch / "run/report.html");
    std::string const summary = contentOf(scratch / "run/summary.json");
    runWith(scratch, {"-q", "--also", allWords});
    CHECK((contentOf(scratch / "run/report.html") == page));
    CHECK((contentOf(scratch / "run/summary.json") == summary));
}

TEST_CASE("export makes later what the run would have written", "[end-to-end][formats]") {
    Scratch const scratch;
    runWith(scratch, {"-q", "--also", allWords});
    for (auto const& [word, file] : ofRecord) {
        INFO(word);
        auto const outcome = exported(scratch, "run", word);
        CHECK(outcome.code == 0);
        CHECK(outcome.err.empty());
        CHECK((outcome.out == contentOf(scratch / ("run/" + file))));
        CHECK(exported(scratch, "run", word, {"-o", "copy"}).out.empty());
        CHECK((contentOf(scratch / "copy") == outcome.out));
        CHECK_FALSE(std::filesystem::exists(scratch / "copy.part"));
    }
}

TEST_CASE("export takes a record without its folder", "[end-to-end][formats]") {
    Scratch const scratch;
    runWith(scratch, {"-q", "--also", "events,dot"});
    auto const dot = exported(scratch, "run/record.ndjson", "dot");
    CHECK(dot.code == 0);
    CHECK(dot.err.empty());
    CHECK((dot.out == contentOf(scratch / "run/topology.dot")));
    auto const events = exported(scratch, "run/record.ndjson", "events");
    CHECK(events.code == 0);
    CHECK(contains(events.err, "without expectations, which a record does not hold"));
    CHECK_FALSE(contains(events.out, "\"event\":\"expectation\""));
}

TEST_CASE("what only the run itself has is said", "[end-to-end][formats]") {
    Scratch const scratch;
    runWith(scratch, {"-q"});
    auto const hdr = exported(scratch, "run", "hdr", {"-o", "copy"});
    CHECK(hdr.code == 2);
    CHECK(contains(hdr.err, "'run' does not hold every latency"));
    CHECK(contains(hdr.err, "--also hdr"));
    CHECK_FALSE(std::filesystem::exists(scratch / "copy"));
    CHECK_FALSE(std::filesystem::exists(scratch / "copy.part"));
    auto const metrics = exported(scratch, "run", "openmetrics");
    CHECK(metrics.code == 0);
    CHECK(contains(metrics.err, "without histograms of latencies"));
    CHECK(contains(metrics.out, "shakedown_load_requests_total"));
    CHECK_FALSE(contains(metrics.out, "_bucket"));
    CHECK(metrics.out.ends_with("# EOF\n"));
}

TEST_CASE("metrics of a run and of its folder are the same but for histograms",
          "[end-to-end][formats]") {
    Scratch const scratch;
    runWith(scratch, {"-q", "--also", "openmetrics"});
    std::string written = contentOf(scratch / "run/metrics.prom");
    auto const from = written.find("# TYPE shakedown_load_latency_seconds histogram");
    auto const to = written.find("# TYPE shakedown_service", from);
    REQUIRE(to != std::string::npos);
    CHECK(exported(scratch, "run", "openmetrics").out == written.erase(from, to - from));
}

TEST_CASE("a record of level summary gives what it can", "[end-to-end][formats]") {
    Scratch const scratch;
    runWith(scratch, {"-q", "--record", "summary"});
    auto const outcome = exported(scratch, "run", "otlp");
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.err, "the record has neither requests nor intervals"));
    CHECK(nlohmann::json::parse(outcome.out)["resourceSpans"].empty());
}

TEST_CASE("a record that was cut is exported with a warning, a broken one is not",
          "[end-to-end][formats]") {
    Scratch const scratch;
    runWith(scratch, {"-q"});
    std::string const whole = contentOf(scratch / "run/record.ndjson");
    scratch.file("cut.ndjson", whole.substr(0, whole.size() * 2 / 3));
    auto const cut = exported(scratch, "cut.ndjson", "chrome");
    CHECK(cut.code == 0);
    CHECK(contains(cut.err, "the record was cut short"));
    CHECK(nlohmann::json::accept(cut.out));

    auto const thirdLine = whole.find('\n', whole.find('\n') + 1) + 1;
    scratch.file("broken.ndjson", whole.substr(0, thirdLine) + "{}\n" + whole.substr(thirdLine));
    auto const broken = exported(scratch, "broken.ndjson", "chrome", {"-o", "copy"});
    CHECK(broken.code == 2);
    CHECK(contains(broken.err, "broken.ndjson:3:"));
    CHECK_FALSE(std::filesystem::exists(scratch / "copy"));
    CHECK_FALSE(std::filesystem::exists(scratch / "copy.part"));
}

TEST_CASE("what cannot be exported is named", "[end-to-end][formats]") {
    Scratch const scratch;
    scratch.file("notes.txt", "nothing\n");
    scratch.file("empty.ndjson", "");
    CHECK(contains(exported(scratch, "nowhere", "dot").err, "there is no run 'nowhere'"));
    CHECK(contains(exported(scratch, ".", "dot").err, "'.' holds no record.ndjson"));
    CHECK(contains(exported(scratch, "notes.txt", "dot").err, "notes.txt"));
    CHECK(contains(exported(scratch, "empty.ndjson", "dot").err, "an empty file is not a record"));
    CHECK(contains(exported(scratch, "notes.txt", "openmetrics").err,
                   "is not the summary.json of a run"));
    CHECK(contains(exported(scratch, ".", "openmetrics").err, "'.' holds no summary.json"));
    for (std::string const run : {"nowhere", "notes.txt", "empty.ndjson"}) {
        CHECK(exported(scratch, run, "dot").code == 2);
    }
}

TEST_CASE("what an earlier run left in the folder does not pass for this one's",
          "[end-to-end][formats]") {
    Scratch const scratch;
    runWith(scratch, {"-q", "--also", "hdr,otlp"});
    CHECK(std::filesystem::exists(scratch / "run/latency.hlog"));
    runWith(scratch, {"-q", "--also", "dot"});
    CHECK_FALSE(std::filesystem::exists(scratch / "run/latency.hlog"));
    CHECK_FALSE(std::filesystem::exists(scratch / "run/trace.json"));
    CHECK(std::filesystem::exists(scratch / "run/topology.dot"));
}

TEST_CASE("a record that ends before its run is told of, wherever it was cut",
          "[end-to-end][formats]") {
    Scratch const scratch;
    runWith(scratch, {"-q"});
    std::string const record = contentOf(scratch / "run/record.ndjson");
    auto const half = record.find('\n', record.size() / 2) + 1;
    scratch.file("cut.ndjson", record.substr(0, half));
    auto const outcome = exported(scratch, "cut.ndjson", "dot");
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.err, "ends before its run does"));
    CHECK(exported(scratch, "run", "dot").err.empty());
}

TEST_CASE("an export may go to a device or through a link, which stay what they are",
          "[end-to-end][formats]") {
    Scratch const scratch;
    runWith(scratch, {"-q"});
    CHECK(exported(scratch, "run", "dot", {"-o", "/dev/null"}).code == 0);
    std::filesystem::create_symlink("target.dot", scratch / "link.dot");
    CHECK(exported(scratch, "run", "dot", {"-o", "link.dot"}).code == 0);
    CHECK(std::filesystem::is_symlink(scratch / "link.dot"));
    CHECK(contains(contentOf(scratch / "target.dot"), "digraph"));
}
