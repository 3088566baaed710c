#include "tests/chaos-agent/safety/keeper_stand.hpp"

#include <catch2/catch.hpp>

#include <sqlite3.h>

#include "chaos-agent/safety/tenure.hpp"
#include "tests/chaos-agent/system/child.hpp"

namespace shakedown::tests {

KeeperStand::KeeperStand() : folder(freshPath("keeper")) {
    std::filesystem::create_directory(folder);
    for (auto const* name : {"orders", "billing", "stock"}) {
        injectors::Target target;
        target.name = name;
        target.address = proxy::Address{"127.0.0.1", 18080};
        target.proxy = proxy::Address{"127.0.0.1", 18081};
        target.kinds = {"latency", "bandwidth"};
        settings.targets[name] = target;
    }
    settings.tools.connections = &connections;
    open();
}

KeeperStand::~KeeperStand() {
    keeper_.reset();
    std::filesystem::remove_all(folder);
}

safety::HostKeeper& KeeperStand::open() {
    keeper_.reset();
    auto const files = safety::filesIn(folder.string());
    auto journal = safety::Journal::open(files.journal);
    REQUIRE(std::holds_alternative<safety::Journal>(journal));
    auto const tail = std::get<safety::Journal>(journal).auditTail();
    auto audit = safety::AuditLog::open(files.audit, std::get<safety::AuditTail>(tail));
    REQUIRE(std::holds_alternative<safety::AuditLog>(audit));
    auto opened = safety::HostKeeper::open(settings, std::get<safety::Journal>(std::move(journal)),
                                           std::get<safety::AuditLog>(std::move(audit)), time_);
    if (auto const* failure = std::get_if<system::Failure>(&opened)) {
        FAIL(failure->why);
    }
    keeper_ = std::get<std::unique_ptr<safety::HostKeeper>>(std::move(opened));
    return *keeper_;
}

void KeeperStand::pass(Duration span) {
    time_ = time_ + span;
    keeper_->tick(time_);
}

void KeeperStand::tamper(std::string const& sql) const {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(safety::filesIn(folder.string()).journal.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

std::size_t KeeperStand::writtenAsLive() const {
    auto const journal = safety::Journal::open(safety::filesIn(folder.string()).journal);
    auto const live = std::get<safety::Journal>(journal).live();
    return std::get<std::vector<safety::JournalEntry>>(live).size();
}

protocol::FaultReport KeeperStand::started(protocol::FaultRequest const& request,
                                           std::string const& key) {
    auto const answer = keeper_->start(request, caller, key);
    if (auto const* refusal = std::get_if<safety::Refusal>(&answer)) {
        FAIL(refusal->message);
    }
    return std::get<protocol::FaultReport>(answer);
}

safety::Refusal KeeperStand::refused(protocol::FaultRequest const& request,
                                     std::string const& key) {
    auto const answer = keeper_->start(request, caller, key);
    REQUIRE(std::holds_alternative<safety::Refusal>(answer));
    return std::get<safety::Refusal>(answer);
}

protocol::FaultReport KeeperStand::now(std::string const& id) {
    auto const answer = keeper_->get(id);
    REQUIRE(std::holds_alternative<protocol::FaultReport>(answer));
    return std::get<protocol::FaultReport>(answer);
}

protocol::FaultRequest latencyOn(std::string const& target) {
    protocol::FaultRequest request;
    request.what = protocol::Latency{Duration::milliseconds(100), Duration()};
    request.target = target;
    request.duration = Duration::seconds(60);
    return request;
}

} // namespace shakedown::tests
