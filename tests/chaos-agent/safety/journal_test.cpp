#include <catch2/catch.hpp>

#include <fstream>

#include <sys/socket.h>
#include <unistd.h>

#include "chaos-agent/safety/journal.hpp"
#include "tests/chaos-agent/safety/keeper_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

using namespace shakedown;
using namespace shakedown::safety;

namespace {

class JournalStand {
public:
    JournalStand() : folder(tests::freshPath("journal")) {
        std::filesystem::create_directory(folder);
    }
    ~JournalStand() { std::filesystem::remove_all(folder); }
    std::string path() const { return (folder / "journal.sqlite").string(); }
    Journal open() const {
        auto got = Journal::open(path());
        REQUIRE(std::holds_alternative<Journal>(got));
        return std::get<Journal>(std::move(got));
    }
    std::filesystem::path folder;
};

JournalEntry entry(std::string const& id) {
    JournalEntry made;
    made.id = id;
    made.request = tests::latencyOn();
    injectors::Comeback const comeback{{"/bin/true", "a b"},
                                       "/run/x.pid",
                                       "x.service",
                                       proxy::Address{"127.0.0.1", 80},
                                       {4, 4026531840}};
    made.steps = {
        injectors::FilterTable{{4, 4026531840}, "shakedown_x", "table inet x {\n}\n"},
        injectors::StopProcess{{42, 99}}, injectors::KillProcess{{42, 99}, comeback},
        injectors::RestartProcess{{42, 99}, comeback},
        injectors::Disturb{"orders", "fault-latency", made.request.what, protocol::Way::In}};
    made.claims = {"process 42", "packets"};
    made.planHash = "abc";
    made.owner = "token ci";
    made.key = "once";
    made.state = protocol::FaultState::Reverting;
    made.reason = protocol::EndReason::Halted;
    made.detail = "said \"so\"\n";
    made.begun = 3;
    made.irreversible = true;
    made.boot = "boot";
    made.startedAtMs = 5;
    return made;
}

std::vector<JournalEntry> live(Journal const& journal) {
    auto const got = journal.live();
    REQUIRE(std::holds_alternative<std::vector<JournalEntry>>(got));
    return std::get<std::vector<JournalEntry>>(got);
}

} // namespace

TEST_CASE("what was put is read again, every step of it", "[safety][journal]") {
    JournalStand stand;
    {
        auto journal = stand.open();
        REQUIRE_FALSE(journal.put(entry("f1"), {7, "hash"}));
    }
    auto const journal = stand.open();
    auto const entries = live(journal);
    REQUIRE(entries.size() == 1);
    auto const& got = entries[0];
    auto const want = entry("f1");
    CHECK(got.claims == want.claims);
    CHECK(got.planHash == want.planHash);
    CHECK(got.owner == want.owner);
    CHECK(got.key == want.key);
    CHECK(got.state == want.state);
    CHECK(got.reason == want.reason);
    CHECK(got.detail == want.detail);
    CHECK(got.begun == want.begun);
    CHECK(got.irreversible == want.irreversible);
    CHECK(got.boot == want.boot);
    CHECK(got.startedAtMs == want.startedAtMs);
    REQUIRE(got.steps.size() == want.steps.size());
    for (std::size_t i = 0; i < want.steps.size(); ++i) {
        CHECK(wordsOf(got.steps[i]).apply == wordsOf(want.steps[i]).apply);
        CHECK(wordsOf(got.steps[i]).revert == wordsOf(want.steps[i]).revert);
    }
    CHECK(std::get<AuditTail>(journal.auditTail()).number == 7);
    CHECK(std::get<AuditTail>(journal.auditTail()).hash == "hash");
}

TEST_CASE("who looks at a journal from elsewhere takes nothing from who writes it",
          "[safety][journal]") {
    JournalStand stand;
    // A process of its own, made before anything is opened: SQLite and fork do not go together.
    int line[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, line) == 0);
    pid_t const watchdog = fork();
    if (watchdog == 0) {
        alarm(60);
        close(line[0]);
        for (char asked = 0; read(line[1], &asked, 1) == 1;) {
            auto const got = Journal::open(stand.path());
            auto const entries = std::get<Journal>(got).live();
            char const count =
                static_cast<char>(std::get<std::vector<JournalEntry>>(entries).size());
            (void)!write(line[1], &count, 1);
        }
        _exit(0);
    }
    close(line[1]);
    auto journal = stand.open();
    for (int i = 1; i <= 3; ++i) {
        REQUIRE_FALSE(journal.put(entry("f" + std::to_string(i)), {}));
        char count = 0;
        CHECK(write(line[0], "?", 1) == 1);
        CHECK(read(line[0], &count, 1) == 1);
        CHECK(count == i);
        // Who closes it last removes this file, and must not think so of itself.
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        CHECK(std::filesystem::exists(stand.path() + "-wal"));
    }
    close(line[0]);
    waitpid(watchdog, nullptr, 0);
}

TEST_CASE("an entry is replaced, and over when it is", "[safety][journal]") {
    JournalStand stand;
    auto journal = stand.open();
    REQUIRE_FALSE(journal.put(entry("f1"), {}));
    REQUIRE_FALSE(journal.put(entry("f2"), {}));
    auto over = entry("f1");
    over.state = protocol::FaultState::Reverted;
    REQUIRE_FALSE(journal.put(over, {}));
    REQUIRE(live(journal).size() == 1);
    CHECK(live(journal)[0].id == "f2");
    auto const ended = std::get<std::vector<JournalEntry>>(journal.ended(10));
    REQUIRE(ended.size() == 1);
    CHECK(ended[0].id == "f1");
}

TEST_CASE("only what is over is forgotten, the oldest first", "[safety][journal]") {
    JournalStand stand;
    auto journal = stand.open();
    for (int i = 0; i < 5; ++i) {
        auto over = entry("f" + std::to_string(i));
        over.state = protocol::FaultState::Reverted;
        REQUIRE_FALSE(journal.put(over, {}));
    }
    REQUIRE_FALSE(journal.put(entry("live"), {}));
    REQUIRE_FALSE(journal.forget(2));
    auto const ended = std::get<std::vector<JournalEntry>>(journal.ended(10));
    REQUIRE(ended.size() == 2);
    CHECK(ended[0].id == "f4");
    CHECK(live(journal).size() == 1);
}

TEST_CASE("a journal that is none is told with its path", "[safety][journal]") {
    JournalStand stand;
    std::ofstream(stand.path()) << std::string(4096, 'x');
    auto const got = Journal::open(stand.path());
    REQUIRE(std::holds_alternative<system::Failure>(got));
    CHECK(std::get<system::Failure>(got).why.find(stand.path()) == 0);
}

TEST_CASE("with a full disk nothing is begun", "[safety][journal]") {
    tests::KeeperStand stand;
    {
        tests::FileSizeLimit const limit(1);
        CHECK(stand.refused(tests::latencyOn()).reason == Refusal::Reason::NoRecord);
        CHECK(stand.connections.disturbed.empty());
        CHECK_FALSE(stand.keeper().health().canRecord);
    }
    CHECK(stand.started(tests::latencyOn()).state == protocol::FaultState::Applied);
    CHECK(stand.keeper().health().canRecord);
}

TEST_CASE("with a full disk faults are taken back all the same", "[safety][journal]") {
    tests::KeeperStand stand;
    auto const fault = stand.started(tests::latencyOn());
    {
        tests::FileSizeLimit const limit(1);
        stand.pass(Duration::seconds(11));
        CHECK(stand.connections.disturbed.empty());
        CHECK(stand.now(fault.id).state == protocol::FaultState::Reverted);
    }
}

TEST_CASE("a journal that fills up between the log and the first step stops the start",
          "[safety][journal]") {
    tests::KeeperStand stand;
    std::unique_ptr<tests::FileSizeLimit> limit;
    stand.settings.onPoint = [&](Point point) {
        if (point == Point::AfterAudit && !limit) {
            limit = std::make_unique<tests::FileSizeLimit>(1);
        }
    };
    stand.open();
    CHECK(stand.refused(tests::latencyOn()).reason == Refusal::Reason::NoRecord);
    CHECK(stand.connections.disturbed.empty());
}

TEST_CASE("an audit log that cannot be written is no good although the journal can",
          "[safety][journal]") {
    tests::KeeperStand stand;
    std::unique_ptr<tests::FileSizeLimit> limit;
    bool isFull = false;
    stand.settings.onPoint = [&](Point point) {
        limit.reset();
        if (isFull && point == Point::BeforeAudit) {
            limit = std::make_unique<tests::FileSizeLimit>(1);
        }
    };
    stand.open();
    auto const fault = stand.started(tests::latencyOn());
    isFull = true;
    stand.keeper().stop(fault.id, stand.caller);
    CHECK_FALSE(stand.keeper().health().canRecord);
    isFull = false;
    stand.started(tests::latencyOn());
    CHECK(stand.keeper().health().canRecord);
}
