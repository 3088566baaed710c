// What a run tells a person, word for word. If the words change on purpose, so does the file.
#include <catch2/catch.hpp>

#include "tests/end_to_end/program.hpp"
#include "tests/environment.hpp"

using namespace shakedown;
using namespace shakedown::tests;

TEST_CASE("the story of three legacy systems reads as a person would tell it",
          "[end-to-end][story]") {
    Scratch const scratch;
    for (std::string const name : {"legacy-systems-before", "legacy-systems-maintenance"}) {
        tests::shakedown({"run", library(name + ".yaml"), "-q", "-o", "run"}, scratch.path());
        auto const why = tests::shakedown({"why", "run"}, scratch.path());
        INFO(name << "\n" << why.err);
        CHECK(why.code == 0);
        CHECK(why.out == contentOf(sourceDir() / "tests/data/stories" / (name + ".txt")));
    }
}
