#include "chaos-agent/conduct/steady.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>

#include <boost/asio/io_context.hpp>

#include "chaos-agent/conduct/asker.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::conduct {

namespace {

constexpr std::chrono::milliseconds stopLook{20};

// What a probe saw if that was wrong; else empty.
std::string wrongIn(ProgrammeProbe const& probe, Reply const& reply) {
    if (reply.end == ReplyEnd::Answered)
        return reply.status == probe.expect ? ""
                                            : probe.name + ": " + std::to_string(reply.status)
                                                  + " instead of " + std::to_string(probe.expect);
    if (reply.end == ReplyEnd::TimedOut)
        return probe.name + ": no answer within " + toText(probe.timeout);
    return probe.name + ": " + reply.why;
}

std::vector<std::string> wrongInRound(std::vector<ProgrammeProbe> const& probes) {
    boost::asio::io_context io{1};
    std::vector<std::unique_ptr<HttpClient>> clients;
    std::vector<std::string> wrong;
    for (auto const& probe : probes) {
        clients.push_back(std::make_unique<HttpClient>(io, probe.url));
        clients.back()->get(probe.timeout, [&wrong, &probe](Reply const& reply) {
            if (auto text = wrongIn(probe, reply); !text.empty())
                wrong.push_back(std::move(text));
        });
    }
    io.run();
    std::sort(wrong.begin(), wrong.end());
    return wrong;
}

std::chrono::nanoseconds pauseOf(std::vector<ProgrammeProbe> const& probes) {
    Duration pause = Duration::seconds(1);
    for (auto const& probe : probes)
        pause = std::min(pause, probe.every);
    return std::chrono::nanoseconds(pause.count());
}

} // namespace

SteadyCheck checkSteady(std::vector<ProgrammeProbe> const& probes, int badRoundsAtMost,
                        std::atomic<bool> const& stop) {
    SteadyCheck check;
    if (probes.empty()) {
        check.isSteady = true;
        return check;
    }
    int good = 0;
    int bad = 0;
    for (;;) {
        check.wrong = wrongInRound(probes);
        ++check.rounds;
        good = check.wrong.empty() ? good + 1 : 0;
        bad += check.wrong.empty() ? 0 : 1;
        check.isSteady = good == steadyRounds;
        if (check.isSteady || bad > badRoundsAtMost)
            return check;
        auto const until = std::chrono::steady_clock::now() + pauseOf(probes);
        while (std::chrono::steady_clock::now() < until) {
            if (stop.load()) {
                check.isInterrupted = true;
                return check;
            }
            std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(
                stopLook, until - std::chrono::steady_clock::now()));
        }
    }
}

} // namespace shakedown::conduct
