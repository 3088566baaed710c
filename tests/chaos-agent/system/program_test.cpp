#include <catch2/catch.hpp>

#include <filesystem>

#include "chaos-agent/system/file_text.hpp"
#include "chaos-agent/system/program.hpp"
#include "tests/chaos-agent/system/child.hpp"

using namespace shakedown;
using namespace shakedown::system;

namespace {

constexpr Duration patience = Duration::seconds(10);

Finished ran(Words const& words, std::string const& input = "") {
    auto const got = run(words, input, patience);
    if (auto const* failure = std::get_if<Failure>(&got)) {
        FAIL(failure->why);
    }
    return std::get<Finished>(got);
}

std::string failedToRun(Words const& words, Duration within = patience) {
    auto const got = run(words, "", within);
    auto const* failure = std::get_if<Failure>(&got);
    return failure == nullptr ? "" : failure->why;
}

} // namespace

TEST_CASE("a program hears its input and is heard", "[system][program]") {
    auto const finished = ran({"/usr/bin/tr", "a-z", "A-Z"}, "what is said\n");
    CHECK(finished.status == 0);
    CHECK(finished.output == "WHAT IS SAID\n");
    CHECK(finished.errors.empty());
}

TEST_CASE("how a program ended is told", "[system][program]") {
    CHECK(ran({"/usr/bin/false"}).status == 1);
    CHECK(ran({"/usr/bin/env", "perl", "-e", "kill 15, $$"}).status == 128 + 15);
    CHECK(ran({"/usr/bin/cat", "/no/such/file"}).errors.find("/no/such/file") != std::string::npos);
}

TEST_CASE("no shell reads the words of a program", "[system][program]") {
    std::string const hostile = "$(touch /tmp/x); `id` | > & \" ' \\ \n *";
    CHECK(ran({"/usr/bin/printf", "%s", hostile}).output == hostile);
}

TEST_CASE("a megabyte goes in and comes out without a deadlock", "[system][program]") {
    std::string const much(1024 * 1024, 'x');
    CHECK(ran({"/usr/bin/cat"}, much).output == much);
}

TEST_CASE("more than a megabyte is read and not kept", "[system][program]") {
    CHECK(ran({"/usr/bin/head", "-c", "5000000", "/dev/zero"}).output.size() == 1024 * 1024);
}

TEST_CASE("a program that takes too long is killed", "[system][program]") {
    auto const why = failedToRun({"/usr/bin/sleep", "30"}, Duration::milliseconds(100));
    CHECK(why == "/usr/bin/sleep took too long and was killed");
}

TEST_CASE("only an absolute path of something executable is run", "[system][program]") {
    CHECK(failedToRun({}) == "no program is named");
    CHECK(failedToRun({"sleep", "1"}) == "'sleep' is no absolute path");
    CHECK(failedToRun({"/no/such/program"}).find("/no/such/program: No such file") == 0);
    CHECK(failedToRun({"/usr/bin/printf", std::string("a\0b", 3)}) == "an argument holds a NUL");
}

TEST_CASE("a program is given a small environment of ours", "[system][program]") {
    CHECK(ran({"/usr/bin/env"}).output == "PATH=/usr/sbin:/usr/bin:/sbin:/bin\nLC_ALL=C\n");
}

TEST_CASE("what is launched outlives who launched it and is nobody's child", "[system][program]") {
    auto const mark = tests::freshPath("launched");
    REQUIRE_FALSE(launch({"/usr/bin/touch", mark.string()}));
    CHECK(tests::soon([&] { return std::filesystem::exists(mark); }));
    std::filesystem::remove(mark);
    CHECK(launch({"/no/such/program"}));
}

TEST_CASE("a program that is run does not outlive who ran it", "[system][program]") {
    pid_t const runner = fork();
    if (runner == 0) {
        alarm(60);
        (void)run({"/usr/bin/sleep", "50"}, "", Duration::seconds(50));
        _exit(0);
    }
    auto const program = [&] {
        std::string const id = std::to_string(runner);
        auto const text = readFile("/proc/" + id + "/task/" + id + "/children");
        return static_cast<pid_t>(std::strtol(std::get<std::string>(text).c_str(), nullptr, 10));
    };
    auto const isSleep = [&] {
        auto const stat = statOf(program());
        auto const* found = std::get_if<ProcessStat>(&stat);
        return found != nullptr && found->name == "sleep";
    };
    REQUIRE(tests::soon(isSleep));
    pid_t const sleeper = program();
    kill(runner, SIGKILL);
    waitpid(runner, nullptr, 0);
    CHECK(tests::soon([&] { return std::holds_alternative<Gone>(Process::open(sleeper)); }));
    kill(sleeper, SIGKILL);
}
