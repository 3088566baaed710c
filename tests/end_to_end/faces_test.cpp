#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

Outcome said(Arguments const& arguments) {
    Scratch const scratch;
    return tests::shakedown(arguments, scratch.path());
}

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("every command explains itself", "[end-to-end][help]") {
    auto const program = said({"--help"});
    CHECK(program.code == 0);
    for (std::string const command : {"check", "run", "why", "compare", "export", "schema", "list",
                                      "init", "agent", "doctor", "explain", "completions", "man"}) {
        INFO(command);
        CHECK(contains(program.out, "  " + command + " "));
        auto const help = said({command, "--help"});
        CHECK(help.code == 0);
        CHECK(contains(help.out, "Usage: shakedown " + command));
        CHECK(help.err.empty());
    }
}

TEST_CASE("help does not speak of hidden commands", "[end-to-end][help]") {
    CHECK_FALSE(contains(said({"--help"}).out, "complete-names"));
    CHECK_FALSE(contains(said({"man"}).out, "complete-names"));
}

TEST_CASE("run --json prints the summary and nothing else", "[end-to-end][json]") {
    Scratch const scratch;
    auto const outcome = tests::shakedown(
        {"run", "--json", "-o", "out", library("smallest-shop.yaml")}, scratch.path());
    CHECK(outcome.code == 0);
    CHECK(nlohmann::json::parse(outcome.out)["shakedown"] == 1);
    CHECK((outcome.out == contentOf(scratch / "out/summary.json")));
    CHECK(outcome.err.empty());
}

TEST_CASE("a run writes a page that says how to run it again", "[end-to-end][report]") {
    Scratch const scratch;
    std::string const scenario = library("smallest-shop.yaml");
    auto const outcome =
        tests::shakedown({"run", "-o", "out", "--jobs", "1", "--expect", "p99(visitors) < 9s",
                          "--until", "20s", "--seed", "3", scenario},
                         scratch.path());
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, "out/report.html"));
    std::string const page = contentOf(scratch / "out/report.html");
    CHECK(contains(page, " --seed 3 --until 20s --expect 'p99(visitors) &lt; 9s'\n</code>"));
    CHECK(contains(page, contentOf(scenario).substr(0, contentOf(scenario).find('\n'))));
}

TEST_CASE("check --json prints findings with their codes and places", "[end-to-end][json]") {
    Scratch const scratch;
    scratch.file("a.yaml", "shakedown: 1\nservcies: {}\n");
    auto const outcome = tests::shakedown({"check", "--json", "a.yaml"}, scratch.path());
    CHECK(outcome.code == 3);
    auto const findings = nlohmann::json::parse(outcome.out);
    REQUIRE(!findings.empty());
    CHECK(findings[0]["code"] == "E101");
    CHECK(findings[0]["line"] == 2);
}

TEST_CASE("schema prints a JSON Schema", "[end-to-end][schema]") {
    auto const schema = nlohmann::json::parse(said({"schema"}).out);
    CHECK(schema.contains("$schema"));
    CHECK(contains(said({"schema", "--reference"}).out, "# "));
}

TEST_CASE("list names the scenarios of a folder", "[end-to-end][list]") {
    std::string const folder = std::filesystem::path(library("x")).parent_path().string();
    auto const outcome = said({"list", folder});
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, "smallest-shop.yaml"));
}

TEST_CASE("explain tells more about a code", "[end-to-end][explain]") {
    auto const outcome = said({"explain", "E102"});
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, "E102: "));
    CHECK(contains(said({"explain"}).out, "E101  "));
    CHECK(contains(said({"explain"}).out, "preset-hystrix  "));
}

TEST_CASE("explain shows a preset with the sources of its values", "[end-to-end][explain]") {
    auto const outcome = said({"explain", "preset-hystrix"});
    CHECK(outcome.code == 0);
    CHECK(contains(outcome.out, "circuit_breaker.minimum_calls: 20"));
    CHECK(contains(outcome.out, "circuitBreaker.requestVolumeThreshold 20"));
    CHECK(contains(said({"explain", "preset-hystrx"}).err, "did you mean preset-hystrix?"));
}

TEST_CASE("completions name every command, for each shell", "[end-to-end][completions]") {
    for (std::string const shell : {"bash", "zsh", "fish"}) {
        INFO(shell);
        auto const outcome = said({"completions", shell});
        CHECK(outcome.code == 0);
        for (std::string const word :
             {"check", "run", "why", "export", "baseline", "also", "openmetrics", "complete-names",
              "compare", "fail-if-worse", "set-b"}) {
            CHECK(contains(outcome.out, word));
        }
    }
}

TEST_CASE("completion knows the services of a scenario", "[end-to-end][completions]") {
    auto const paths = said({"complete-names", library("smallest-shop.yaml")});
    CHECK(paths.out == "services.shop.\nload.visitors.\n");
    auto const names = said({"complete-names", "--plain", library("smallest-shop.yaml")});
    CHECK(names.out == "shop\n");
    auto const none = said({"complete-names", "nowhere.yaml"});
    CHECK(none.out + none.err == "");
}

TEST_CASE("the manual page is roff with every flag", "[end-to-end][man]") {
    auto const page = said({"man"});
    CHECK(page.code == 0);
    CHECK(page.out.starts_with(".TH SHAKEDOWN 1"));
    CHECK(contains(page.out, "\\-\\-baseline"));
    CHECK(contains(page.out, ".SS export"));
    CHECK(contains(page.out, "\\-\\-also"));
    CHECK(contains(page.out, ".SS compare"));
    CHECK(contains(page.out, "\\-\\-fail\\-if\\-worse"));
    CHECK(contains(page.out, ".SH EXIT STATUS"));
}

TEST_CASE("off a terminal nothing is coloured or drawn again", "[end-to-end]") {
    auto const outcome = said({"run", library("smallest-shop.yaml")});
    CHECK_FALSE(contains(outcome.out + outcome.err, "\x1b"));
    CHECK_FALSE(contains(outcome.out + outcome.err, "\r"));
}
