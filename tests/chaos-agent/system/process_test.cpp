#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>

#include <sys/stat.h>
#include <sys/wait.h>

#include "chaos-agent/system/process.hpp"
#include "tests/chaos-agent/system/child.hpp"

using namespace shakedown::system;
using shakedown::tests::Child;
using shakedown::tests::DescriptorLimit;
using shakedown::tests::soon;

namespace {

template <class T>
bool isThere(Found<T> const& found) {
    return std::holds_alternative<T>(found);
}

template <class T>
bool isGone(Found<T> const& found) {
    return std::holds_alternative<Gone>(found);
}

Process opened(Child const& child) {
    auto found = Process::open(child.number());
    REQUIRE(isThere(found));
    return std::get<Process>(std::move(found));
}

} // namespace

TEST_CASE("a process is known by its number and the time it began", "[system][process]") {
    Child child;
    auto const process = opened(child);
    CHECK(process.id().number == child.number());
    CHECK(process.id().began > 0);
    CHECK(isThere(Process::reopen(process.id())));
    ProcessId other = process.id();
    other.began += 1;
    CHECK(isGone(Process::reopen(other)));
}

TEST_CASE("a process that has ended is not opened, waited for or not", "[system][process]") {
    Child child;
    auto const process = opened(child);
    CHECK_FALSE(process.isGone());
    CHECK_FALSE(process.signal(SIGKILL));
    CHECK(soon([&] { return process.isGone(); }));
    CHECK(isGone(Process::open(child.number())));
    child.wait();
    CHECK(isGone(Process::reopen(process.id())));
    CHECK(process.signal(SIGCONT));
}

TEST_CASE("a process that was killed is doomed before it has ended", "[system][process]") {
    Child child;
    auto const process = opened(child);
    CHECK_FALSE(process.isDoomed());
    // However far the kernel has come with it.
    CHECK_FALSE(process.signal(SIGKILL));
    CHECK(process.isDoomed());
    CHECK(process.waitForEnd(shakedown::Duration::seconds(5)));
    CHECK(process.isDoomed());
}

TEST_CASE("a stopped process is seen to be stopped", "[system][process]") {
    Child child;
    auto const process = opened(child);
    CHECK_FALSE(process.isStopped());
    CHECK_FALSE(process.signal(SIGSTOP));
    CHECK(soon([&] { return process.isStopped(); }));
    CHECK_FALSE(process.signal(SIGCONT));
    CHECK(soon([&] { return !process.isStopped(); }));
}

TEST_CASE("there is no process of a number that nobody has", "[system][process]") {
    CHECK(isGone(Process::open(0)));
    CHECK(isGone(Process::open(-1)));
    CHECK(isGone(Process::open(1 << 22)));
    CHECK(isGone(statOf(1 << 22)));
}

TEST_CASE("a process is not thought gone for want of a descriptor", "[system][process]") {
    Child child;
    auto const id = opened(child).id();
    DescriptorLimit const none;
    CHECK(std::holds_alternative<Failure>(Process::reopen(id)));
    CHECK(std::holds_alternative<Failure>(statOf(id.number)));
}

TEST_CASE("the name of a process may hold parentheses and spaces", "[system][process]") {
    Child child;
    child.rename("a) S (b");
    CHECK(soon([&] {
        auto const found = statOf(child.number());
        auto const* stat = std::get_if<ProcessStat>(&found);
        return stat != nullptr && stat->name == "a) S (b" && stat->state == 'S'
               && stat->id.began > 0;
    }));
}

TEST_CASE("a pid file holds one number above 1 and white space", "[system][process]") {
    auto const path = shakedown::tests::freshPath("pid-file");
    auto const reads = [&](std::string const& text) {
        std::ofstream(path) << text;
        auto const got = readPidFile(path.string());
        auto const* number = std::get_if<pid_t>(&got);
        return number == nullptr ? -1 : *number;
    };
    CHECK(reads("4242\n") == 4242);
    CHECK(reads(" 4242 \r\n") == 4242);
    for (auto const* bad : {"", " \n", "1", "0", "-5", "42 43", "4x", "99999999999", "\x01"}) {
        CHECK(reads(bad) == -1);
    }
    std::filesystem::remove(path);
    auto const missing = readPidFile(path.string());
    REQUIRE(std::holds_alternative<Failure>(missing));
    CHECK(std::get<Failure>(missing).why.find(path.string()) != std::string::npos);
}

TEST_CASE("a pid file of a user names that user's processes only", "[system][process]") {
    Child child;
    auto const path = shakedown::tests::freshPath("pid-file");
    std::ofstream(path) << child.number() << "\n";
    auto const whyNot = [&] {
        auto const got = readPidFile(path.string());
        auto const* failure = std::get_if<Failure>(&got);
        return failure == nullptr ? "" : failure->why;
    };
    CHECK(whyNot().empty());
    chmod(path.c_str(), 0666);
    CHECK(whyNot().find("can be written by everybody") != std::string::npos);
    chmod(path.c_str(), 0644);
    // A user must not lead who runs as root to another's process, by a link either.
    auto const link = shakedown::tests::freshPath("pid-link");
    std::filesystem::create_symlink(path, link);
    CHECK(std::holds_alternative<Failure>(readPidFile(link.string())));
    std::filesystem::remove(link);
    if (chown(path.c_str(), 65534, 65534) == 0) {
        CHECK(whyNot().find("belongs to user 65534, and process") != std::string::npos);
    }
    std::filesystem::remove(path);
}
