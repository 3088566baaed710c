// The page of a run that is over, made again from its files.
#include <catch2/catch.hpp>

#include "tests/end_to_end/program.hpp"

using namespace shakedown;
using namespace shakedown::tests;
namespace fs = std::filesystem;

namespace {

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

void runShop(Scratch const& scratch, std::string const& folder, Arguments more = {}) {
    more.insert(more.begin(), {"run", library("smallest-shop.yaml"), "-q", "-o", folder});
    CHECK(tests::shakedown(more, scratch.path()).code == 0);
}

Outcome report(Scratch const& scratch, Arguments arguments) {
    arguments.insert(arguments.begin(), "report");
    return tests::shakedown(arguments, scratch.path());
}

} // namespace

TEST_CASE("the page made again is the one that the run wrote", "[end-to-end][report]") {
    Scratch const scratch;
    for (std::string const name :
         {"legacy-systems-before", "zone-outage", "retry-storm", "timeouts", "online-boutique"}) {
        tests::shakedown({"run", library(name + ".yaml"), "-q", "-o", name}, scratch.path());
        std::string const page = contentOf(scratch / (name + "/report.html"));
        auto const again = report(scratch, {name, "-o", "again.html"});
        INFO(name << "\n" << again.err);
        CHECK(again.code == 0);
        CHECK(again.out == "again.html\n");
        CHECK(again.err.empty());
        CHECK_FALSE(page.empty());
        CHECK((contentOf(scratch / "again.html") == page));
    }
}

TEST_CASE("replications, a baseline and changes are in the page made again",
          "[end-to-end][report]") {
    Scratch const scratch;
    runShop(scratch, "earlier", {"--seeds", "1..3"});
    runShop(scratch, "later",
            {"--seeds", "1..3", "--set", "services.shop.workers=14", "--baseline", "earlier"});
    std::string const page = contentOf(scratch / "later/report.html");
    CHECK(contains(page, "services.shop.workers=14"));
    auto const again = report(scratch, {"later", "--baseline", "earlier", "-q"});
    INFO(again.err);
    CHECK(again.code == 0);
    CHECK(again.out.empty());
    CHECK((contentOf(scratch / "later/report.html") == page));
}

TEST_CASE("a record at level summary gives a page, too", "[end-to-end][report]") {
    Scratch const scratch;
    runShop(scratch, "run", {"--record", "summary"});
    std::string const page = contentOf(scratch / "run/report.html");
    CHECK(report(scratch, {"run"}).code == 0);
    CHECK((contentOf(scratch / "run/report.html") == page));
}

TEST_CASE("what is no run is refused and nothing is written", "[end-to-end][report]") {
    Scratch const scratch;
    runShop(scratch, "run", {"--seed", "7"});
    runShop(scratch, "other", {"--seed", "8"});
    scratch.file("scenario.yaml", "shakedown: 1\n");
    fs::create_directory(scratch / "empty");
    struct Wrong {
        Arguments arguments;
        std::string said;
    };
    auto const refused = [&](Wrong const& wrong) {
        auto const outcome = report(scratch, wrong.arguments);
        INFO(wrong.said << "\n" << outcome.err);
        CHECK(outcome.code == 2);
        CHECK(outcome.out.empty());
        CHECK(contains(outcome.err, wrong.said));
        CHECK_FALSE(fs::exists(scratch / "x.html"));
        CHECK_FALSE(fs::exists(scratch / "x.html.part"));
    };
    for (Wrong const& wrong :
         {Wrong{{"nowhere", "-o", "x.html"}, "there is no run 'nowhere'"},
          Wrong{{"scenario.yaml", "-o", "x.html"}, "is a scenario, not a run"},
          Wrong{{"empty", "-o", "x.html"}, "'empty' holds no summary.json"},
          Wrong{{"run/summary.json", "-o", "x.html"}, "is not a folder"},
          Wrong{{"run", "-o", "x.html", "--baseline", "nowhere"}, "there is no run 'nowhere'"},
          Wrong{{"run", "-o", "no/x.html"}, "cannot write 'no/x.html'"},
          Wrong{{}, "RUN is missing"}}) {
        refused(wrong);
    }
    fs::copy_file(scratch / "other/record.ndjson", scratch / "run/record.ndjson",
                  fs::copy_options::overwrite_existing);
    refused({{"run", "-o", "x.html"}, "are of different runs"});
    fs::remove(scratch / "run/record.ndjson");
    refused({{"run", "-o", "x.html"}, "holds no record.ndjson"});
}

TEST_CASE("a page without the scenario's text says so", "[end-to-end][report]") {
    Scratch const scratch;
    runShop(scratch, "run");
    CHECK(contentOf(scratch / "run/scenario.yaml") == contentOf(library("smallest-shop.yaml")));
    fs::remove(scratch / "run/scenario.yaml");
    auto const outcome = report(scratch, {"run"});
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.err, "without the scenario's text"));
    CHECK_FALSE(contains(contentOf(scratch / "run/report.html"), "The scenario</h3>"));
}
