// What the program says to a command line that makes no sense: what is wrong and what to do, short,
// on stderr, and nothing has been run or written.
#include <catch2/catch.hpp>

#include "tests/end_to_end/program.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

struct Mistake {
    Arguments arguments; // SHOP stands for a scenario that is right
    std::string said;
};

Arguments withShop(Arguments arguments) {
    for (auto& word : arguments) {
        if (word == "SHOP") {
            word = library("smallest-shop.yaml");
        }
    }
    return arguments;
}

} // namespace

TEST_CASE("a mistake on the command line is named and exits with 2", "[end-to-end][usage]") {
    auto const mistake = GENERATE(values<Mistake>({
        {{}, "which command? check, run"},
        {{"rnu"}, "there is no command 'rnu'; did you mean 'run'?"},
        {{"run"}, "FILE is missing"},
        {{"run", "SHOP", "--sede", "3"}, "'run' has no flag '--sede'; did you mean '--seed'?"},
        {{"run", "nowhere.yaml"}, "there is no file 'nowhere.yaml'"},
        {{"run", "."}, "'.' is not a file"},
        {{"run", "SHOP", "--set", "workers"}, "--set takes path=value"},
        {{"run", "SHOP", "--seed", "-1"}, "--seed takes a whole number from 0, not '-1'"},
        {{"run", "SHOP", "--seed", "x"}, "--seed takes a whole number from 0, not 'x'"},
        {{"run", "SHOP", "--seeds", "9..1"}, "--seeds takes 1..30 or 1,5,9, not '9..1'"},
        {{"run", "SHOP", "--seed", "1", "--seeds", "1,2"}, "--seed and --seeds exclude each other"},
        {{"run", "SHOP", "--until", "soon"}, "--until: a duration is expected, not 'soon'"},
        {{"run", "SHOP", "--until", "90"}, "--until: a duration needs its unit: '90'"},
        {{"run", "SHOP", "--until", "0s"}, "--until takes a duration longer than 0s"},
        {{"run", "SHOP", "--jobs", "0"}, "--jobs takes 1 to 1024, not '0'"},
        {{"run", "SHOP", "--record", "much"}, "--record takes summary, intervals, sampled or full"},
        {{"run", "SHOP", "--record-limit", "5"}, "--record-limit: a size needs its unit: '5'"},
        {{"run", "SHOP", "--baseline", "nowhere"}, "--baseline: there is no run 'nowhere'"},
        {{"run", "SHOP", "--baseline", "SHOP"}, "is a scenario, not a run"},
        {{"run", "SHOP", "--also", "otpl"},
         "--also: there is no format 'otpl'; did you mean 'otlp'?"},
        {{"run", "SHOP", "--also", "dot,"},
         "--also: there is no format ''; there are otlp, chrome"},
        {{"export", "SHOP"}, "--as is missing"},
        {{"export", "--as", "dot"}, "RUN is missing"},
        {{"export", "SHOP", "--as", "dott"},
         "--as: there is no format 'dott'; did you mean 'dot'?"},
        {{"export", "SHOP", "--as", "dot", "-o", "no/x"}, "cannot write 'no/x'"},
        {{"compare"}, "A is missing"},
        {{"compare", "SHOP"}, "B is missing"},
        {{"compare", "nowhere", "SHOP"}, "there is no run 'nowhere'"},
        {{"compare", "SHOP", "nowhere.yaml"}, "there is no file 'nowhere.yaml'"},
        {{"compare", "SHOP", "/dev/null"}, "'/dev/null' holds no summary.json"},
        {{"compare", "SHOP", "SHOP", "--seeds", "9..1"},
         "--seeds takes 1..30 or 1,5,9, not '9..1'"},
        {{"compare", "SHOP", "SHOP", "--seeds-b", "x"}, "--seeds-b takes 1..30 or 1,5,9, not 'x'"},
        {{"compare", "SHOP", "SHOP", "--set-b", "x"}, "--set-b takes path=value"},
        {{"compare", "SHOP", "SHOP", "--noticeable", "1"}, "--noticeable takes a share from 0%"},
        {{"compare", "SHOP", "SHOP", "--noticeable-share", "101%"}, "--noticeable-share takes a"},
        {{"compare", "a", "b", "--seeds", "1..3"}, "'a' and 'b' are runs that have theirs"},
        {{"compare", "a", "SHOP", "--seeds-a", "1..3"}, "'a' is a run that has its seeds"},
        {{"compare", "a", "SHOP", "--set-a", "x=1"}, "'a' is a run that is over"},
        {{"run", "SHOP", "-o", "/proc/nowhere"}, "cannot make the folder '/proc/nowhere'"},
        {{"run", "SHOP", "--color", "blue"}, "--color takes auto, always, never, not 'blue'"},
        {{"explain", "E999"}, "there is no code 'E999'"},
        {{"list", "nowhere"}, "cannot read the folder 'nowhere'"},
        {{"init", "nowhere/a.yaml"}, "cannot write 'nowhere/a.yaml'"},
        {{"completions", "csh"}, "no completions for 'csh'; there are bash, zsh and fish"},
    }));
    Scratch const scratch;
    auto const outcome = tests::shakedown(withShop(mistake.arguments), scratch.path());
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 2);
    CHECK(outcome.err.find(mistake.said) != std::string::npos);
    CHECK(outcome.out.empty());
    CHECK(std::filesystem::is_empty(scratch.path()));
}

TEST_CASE("a file that may not be read is named", "[end-to-end][usage]") {
    Scratch const scratch;
    std::string const file = scratch.file("secret.yaml", "shakedown: 1\n");
    std::filesystem::permissions(file, std::filesystem::perms::none);
    if (!contentOf(file).empty()) {
        WARN("skipped: whoever runs this test may read everything");
        return;
    }
    auto const outcome = tests::shakedown({"run", "secret.yaml"}, scratch.path());
    CHECK(outcome.code == 2);
    CHECK(outcome.err.find("secret.yaml") != std::string::npos);
}

TEST_CASE("flags win over the environment", "[end-to-end][environment]") {
    Scratch const scratch;
    std::string const shop = library("smallest-shop.yaml");
    Environment const seven = {{"SHAKEDOWN_SEED", "7"}};
    tests::shakedown({"run", shop}, scratch.path(), seven);
    CHECK(std::filesystem::exists(scratch / "runs/Smallest-shop-7"));
    tests::shakedown({"run", shop, "--seed", "8"}, scratch.path(), seven);
    CHECK(std::filesystem::exists(scratch / "runs/Smallest-shop-8"));
    tests::shakedown({"run", shop, "--seeds", "9..10"}, scratch.path(), seven);
    CHECK(std::filesystem::exists(scratch / "runs/Smallest-shop-9"));
    auto const coloured =
        tests::shakedown({"run", shop}, scratch.path(), {{"SHAKEDOWN_COLOR", "always"}});
    CHECK(coloured.out.find("\x1b") != std::string::npos);
    auto const plain = tests::shakedown({"run", shop, "--color", "never"}, scratch.path(),
                                        {{"SHAKEDOWN_COLOR", "always"}});
    CHECK(plain.out.find("\x1b") == std::string::npos);
}

TEST_CASE("a run beside a baseline says better, same or worse", "[end-to-end][baseline]") {
    Scratch const scratch;
    std::string const shop = library("smallest-shop.yaml");
    tests::shakedown({"run", shop, "-o", "before"}, scratch.path());
    auto const same =
        tests::shakedown({"run", shop, "-o", "again", "--baseline", "before"}, scratch.path());
    CHECK(same.out.find("Against before") != std::string::npos);
    CHECK(same.out.find("worse") == std::string::npos);
    auto const worse =
        tests::shakedown({"run", shop, "-o", "after", "--baseline", "before/summary.json", "--set",
                          "services.shop.workers=11"},
                         scratch.path());
    CHECK(worse.out.find("worse") != std::string::npos);
}
