#include "chaos-agent/program/warden.hpp"

#include <chrono>
#include <thread>

#include <unistd.h>

#include "chaos-agent/program/log.hpp"
#include "chaos-agent/system/boot.hpp"

namespace shakedown::agent {

namespace {

constexpr std::chrono::milliseconds beat{100};
constexpr Duration forTheWatchdog = Duration::seconds(70); // of an agent before, at its work
constexpr Duration forTheLast = Duration::seconds(10);

} // namespace

Warden::Warden(proxy::asio::io_context& io, Config const& config,
               injectors::Connections& connections)
    : config_(config), connections_(connections), timer_(io) {}

Warden::~Warden() = default;

system::Failed Warden::open() {
    if (config_.stateDirectory.empty())
        return {};
    auto tenure = safety::Tenure::take(config_.stateDirectory, forTheWatchdog);
    if (auto const* failure = std::get_if<system::Failure>(&tenure))
        return *failure;
    tenure_ = std::get<safety::Tenure>(std::move(tenure));
    auto const files = safety::filesIn(config_.stateDirectory);
    auto journal = safety::Journal::open(files.journal);
    if (auto const* failure = std::get_if<system::Failure>(&journal))
        return *failure;
    auto audit = safety::AuditLog::open(files.audit);
    if (auto const* failure = std::get_if<system::Failure>(&audit))
        return *failure;
    if (auto failed = watchAgain())
        return failed;

    safety::KeeperSettings settings;
    settings.targets = config_.targets;
    settings.caps = config_.caps;
    settings.tools.connections = &connections_;
    settings.onPoint = [this](safety::Point) { onPoint(); };
    for (auto const port : config_.protectedPorts)
        settings.spared.ports.insert(port);
    for (auto const* address : {&config_.toxiproxy, &config_.native.http, &config_.native.https})
        if (*address)
            settings.spared.ports.insert((*address)->port);
    settings.spared.processes.push_back(watchman_->process());
    auto const own = system::statOf(getpid());
    if (auto const* stat = std::get_if<system::ProcessStat>(&own))
        settings.spared.processes.push_back(stat->id);
    auto opened =
        safety::HostKeeper::open(std::move(settings), std::get<safety::Journal>(std::move(journal)),
                                 std::get<safety::AuditLog>(std::move(audit)), system::sinceBoot());
    if (auto const* failure = std::get_if<system::Failure>(&opened))
        return *failure;
    keeper_ = std::get<std::unique_ptr<safety::HostKeeper>>(std::move(opened));
    return {};
}

// A step may take its time; each one is a sign of life.
void Warden::onPoint() {
    if (watchman_)
        watchman_->beat();
}

system::Failed Warden::watchAgain() {
    auto started = safety::Watchman::start("/proc/self/exe", config_.stateDirectory);
    if (auto const* failure = std::get_if<system::Failure>(&started)) {
        watchman_.reset();
        return *failure;
    }
    watchman_ = std::get<safety::Watchman>(std::move(started));
    return {};
}

void Warden::start() {
    started_ = true;
    if (keeper_)
        tick();
}

void Warden::tick() {
    if (watchman_)
        watchman_->beat();
    if (!watchman_ || !watchman_->lives()) {
        auto const failed = watchAgain();
        log(LogLevel::Error, "watchdog lost",
            {{"again", !failed}, {"why", failed ? failed->why : ""}});
        keeper_->setWatched(!failed);
    }
    keeper_->tick(system::sinceBoot());
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
