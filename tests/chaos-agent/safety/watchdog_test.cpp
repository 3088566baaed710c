#include <catch2/catch.hpp>

#include <functional>

#include <sys/socket.h>
#include <sys/stat.h>

#include "chaos-agent/safety/tenure.hpp"
#include "chaos-agent/safety/watchdog.hpp"
#include "tests/chaos-agent/safety/keeper_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

using namespace shakedown;
using tests::KeeperStand;
using tests::latencyOn;
using tests::soon;

namespace {

constexpr Duration shortly = Duration::seconds(5);

// A child that does something and exits with what came of it.
class Doing {
public:
    explicit Doing(std::function<int()> const& what) : id_(fork()) {
        if (id_ == 0) {
            alarm(60);
            _exit(what());
        }
    }
    ~Doing() {
        if (!hasEnded()) {
            kill(id_, SIGKILL);
            waitpid(id_, &status_, 0);
        }
    }
    Doing(Doing const&) = delete;
    Doing& operator=(Doing const&) = delete;

    pid_t number() const { return id_; }
    bool hasEnded() {
        ended_ = ended_ || waitpid(id_, &status_, WNOHANG) == id_;
        return ended_;
    }
    int code() const { return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1; }

private:
    pid_t id_;
    int status_ = 0;
    bool ended_ = false;
};

} // namespace

TEST_CASE("a watchdog waits for an agent that does not end, and then takes back",
          "[safety][watchdog]") {
    KeeperStand stand;
    stand.started(latencyOn());
    stand.lose();
    int line[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, line) == 0);
    // It let go of its line, and a disk that does not answer keeps it from ending.
    Doing agent([&] {
        close(line[0]);
        close(line[1]);
        auto const tenure = safety::Tenure::take(stand.folder.string(), shortly);
        for (;;) {
            pause();
        }
        return 0;
    });
    auto const isHeld = [&] {
        return std::holds_alternative<system::Failure>(
            safety::Tenure::take(stand.folder.string(), Duration()));
    };
    REQUIRE(soon(isHeld));
    Doing watchdog([&] {
        close(line[1]);
        return safety::watch({stand.folder.string(), line[0], agent.number()});
    });
    close(line[0]);
    close(line[1]);
    std::this_thread::sleep_for(std::chrono::seconds(7));
    CHECK_FALSE(watchdog.hasEnded());
    kill(agent.number(), SIGKILL);
    CHECK(soon([&] { return agent.hasEnded() && watchdog.hasEnded(); }));
    CHECK(watchdog.code() == 0);
    CHECK(stand.writtenAsLive() == 0);
}

TEST_CASE("faults are taken back without an audit log too", "[safety][watchdog]") {
    KeeperStand stand;
    stand.started(latencyOn());
    stand.lose();
    auto const audit = safety::filesIn(stand.folder.string()).audit;
    std::filesystem::remove(audit);
    std::filesystem::create_directory(audit);
    CHECK(safety::takeBack(stand.folder.string(), shortly) == 0);
    CHECK(stand.writtenAsLive() == 0);
}

TEST_CASE("a journal that cannot be had at first is asked for again", "[safety][watchdog]") {
    KeeperStand stand;
    stand.started(latencyOn());
    stand.lose();
    auto const journal = safety::filesIn(stand.folder.string()).journal;
    std::filesystem::rename(journal, journal + ".away");
    std::filesystem::create_directory(journal);
    Doing revert([&] { return safety::takeBack(stand.folder.string(), shortly); });
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    std::filesystem::remove(journal);
    std::filesystem::rename(journal + ".away", journal);
    CHECK(soon([&] { return revert.hasEnded(); }));
    CHECK(revert.code() == 0);
    CHECK(stand.writtenAsLive() == 0);
}

TEST_CASE("a state directory of others, or open to others, is not believed", "[safety][watchdog]") {
    auto const folder = tests::freshPath("state");
    auto const whyNot = [&] {
        auto const got = safety::Tenure::take(folder.string(), Duration());
        auto const* failure = std::get_if<system::Failure>(&got);
        return failure == nullptr ? "" : failure->why;
    };
    CHECK(whyNot().empty());
    struct stat made {};
    REQUIRE(stat(folder.c_str(), &made) == 0);
    CHECK((made.st_mode & 0777) == 0700);
    for (auto const mode : {0777, 0770, 0702}) {
        chmod(folder.c_str(), static_cast<mode_t>(mode));
        CHECK(whyNot().find("can be written by others") != std::string::npos);
    }
    chmod(folder.c_str(), 0755);
    CHECK(whyNot().empty());
    if (chown(folder.c_str(), 65534, 65534) == 0) {
        CHECK(whyNot().find("can be written by others") != std::string::npos);
    }
    std::filesystem::remove_all(folder);
}

TEST_CASE("nobody else can read the journal and the log", "[safety][watchdog]") {
    auto const before = umask(0);
    KeeperStand stand;
    stand.started(latencyOn());
    umask(before);
    auto const files = safety::filesIn(stand.folder.string());
    for (auto const& path : {files.journal, files.journal + "-wal", files.audit}) {
        INFO(path);
        struct stat file {};
        REQUIRE(stat(path.c_str(), &file) == 0);
        CHECK((file.st_mode & 0007) == 0);
    }
}
