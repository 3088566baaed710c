#include "chaos-agent/program/warden.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include <unistd.h>

#include "chaos-agent/program/descriptor_reserve.hpp"
#include "chaos-agent/program/log.hpp"
#include "chaos-agent/safety/watchdog.hpp"
#include "chaos-agent/system/boot.hpp"
#include "chaos-agent/system/group_delegation.hpp"

namespace shakedown::agent {

namespace {

constexpr std::chrono::milliseconds beat{100};
constexpr Duration lookEvery = Duration::milliseconds(beat.count());
constexpr Duration forTheWatchdog = Duration::seconds(70); // of an agent before, at its work
constexpr Duration forTheLast = Duration::seconds(10);
constexpr Duration betweenWatchdogs = Duration::seconds(5);

} // namespace

Warden::Warden(proxy::asio::io_context& io, Config const& config, injectors::Tools tools)
    : config_(config), tools_(tools), timer_(io) {}

Warden::~Warden() = default;

system::Failed Warden::open() {
    if (config_.stateDirectory.empty())
        return {};
    auto tenure = safety::Tenure::take(config_.stateDirectory, forTheWatchdog);
    if (auto const* failure = std::get_if<system::Failure>(&tenure))
        return *failure;
    tenure_ = std::get<safety::Tenure>(std::move(tenure));
    auto failed = openKeeper();
    if (failed) {
        watchman_.reset();
        tenure_.reset();
        (void)safety::takeBack(config_.stateDirectory, forTheLast);
    }
    return failed;
}

system::Failed Warden::openKeeper() {
    auto const files = safety::filesIn(config_.stateDirectory);
    auto journal = safety::Journal::open(files.journal);
    if (auto const* failure = std::get_if<system::Failure>(&journal))
        return *failure;
    auto const tail = std::get<safety::Journal>(journal).auditTail();
    if (auto const* failure = std::get_if<system::Failure>(&tail))
        return *failure;
    auto audit = safety::AuditLog::open(files.audit, std::get<safety::AuditTail>(tail));
    if (auto const* failure = std::get_if<system::Failure>(&audit))
        return *failure;
    // Before the watchdog is made: it belongs where the agent is.
    settleIn();
    if (auto failed = startWatchman())
        return failed;

    safety::KeeperSettings settings;
    settings.targets = config_.targets;
    settings.caps = config_.caps;
    settings.tools = tools_;
    settings.tools.companions = &companions_;
    settings.onPoint = [this](safety::Point) { onPoint(); };
    settings.meanwhile = [this] { lookUp(); };
    for (auto const port : config_.protectedPorts)
        settings.spared.ports.insert(port);
    for (auto const* address : {&config_.toxiproxy, &config_.native.http, &config_.native.https})
        if (*address)
            settings.spared.ports.insert((*address)->port);
    settings.spared.memory = config_.keptMemory;
    settings.spared.directories.push_back(config_.stateDirectory);
    auto const own = system::statOf(getpid());
    if (auto const* stat = std::get_if<system::ProcessStat>(&own))
        settings.spared.processes.push_back(stat->id);
    auto opened =
        safety::HostKeeper::open(std::move(settings), std::get<safety::Journal>(std::move(journal)),
                                 std::get<safety::AuditLog>(std::move(audit)), system::sinceBoot());
    if (auto const* failure = std::get_if<system::Failure>(&opened))
        return *failure;
    keeper_ = std::get<std::unique_ptr<safety::HostKeeper>>(std::move(opened));
    keeper_->setWatchdog(watchman_->process());
    return {};
}

// Where it cannot, faults that load the host are refused with the reason.
void Warden::settleIn() const {
    system::beLastToGo();
    auto const loads = [](auto const& one) {
        return allows(one.second, "cpu") || allows(one.second, "memory")
               || allows(one.second, "io");
    };
    if (std::none_of(config_.targets.begin(), config_.targets.end(), loads))
        return;
    if (auto const failed = system::settleInGroup({"pids", "cpu", "memory"}))
        log(LogLevel::Info, "no room for control groups", {{"why", failed->why}});
}

// A step may take its time; each one is a sign of life.
void Warden::onPoint() {
    if (watchman_)
        watchman_->beat();
}

system::Failed Warden::startWatchman() {
    auto started = safety::Watchman::start("/proc/self/exe", config_.stateDirectory);
    if (auto const* failure = std::get_if<system::Failure>(&started)) {
        watchman_.reset();
        return *failure;
    }
    watchman_ = std::get<safety::Watchman>(std::move(started));
    return {};
}

// One that cannot live must not be started ten times a second.
void Warden::watchAgain() {
    auto const now = system::sinceBoot();
    if (now < watchAt_)
        return;
    watchAt_ = now + betweenWatchdogs;
    auto const failed = startWatchman();
    log(LogLevel::Error, "watchdog lost", {{"again", !failed}, {"why", failed ? failed->why : ""}});
    keeper_->setWatchdog(failed ? std::nullopt : std::optional(watchman_->process()));
}

void Warden::start() {
    started_ = true;
    if (keeper_)
        tick();
}

void Warden::look() {
    lookedAt_ = system::sinceBoot();
    if (watchman_)
        watchman_->beat();
    if (!watchman_ || !watchman_->lives()) {
        keeper_->setWatchdog({});
        watchAgain();
    }
    std::optional<ReserveInUse> reserve;
    if (keeper_->liveCount() > 0)
        reserve.emplace();
    keeper_->tick(system::sinceBoot());
}

void Warden::lookUp() {
    if (keeper_ && system::sinceBoot() - lookedAt_ >= lookEvery)
        look();
}

void Warden::tick() {
    look();
    timer_.expires_after(beat);
    timer_.async_wait([this](proxy::error_code error) {
        if (!error)
            tick();
    });
}

std::size_t Warden::shutDown() {
    if (!keeper_)
        return 0;
    keeper_->shutDown();
    auto const until = system::sinceBoot() + forTheLast;
    while (keeper_->liveCount() > 0 && system::sinceBoot() < until) {
        std::this_thread::sleep_for(beat);
        onPoint();
        keeper_->tick(system::sinceBoot());
    }
    return keeper_->liveCount();
}

} // namespace shakedown::agent
