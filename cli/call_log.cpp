#include "cli/call_log.hpp"

#include <algorithm>
#include <iostream>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/findings.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/sources.hpp"
#include "scenarios/vectors/outcome_table.hpp"
#include "sim/replay/call_log.hpp"

namespace shakedown::cli {

namespace {

using replay::LogDecision;
using replay::LogMoment;
using replay::LogTally;

constexpr std::size_t tableBytes = 256U << 20;

template <class T>
Result<T> readAs(std::string const& file, std::size_t limit,
                 Result<T> (*parse)(std::string_view, std::string const&)) {
    auto const bytes = reading::readBounded(file, limit);
    if (bytes)
        return parse(bytes.value(), file);
    Diagnostics findings = bytes.errors();
    for (auto& finding : findings)
        finding.place.file = file;
    return findings;
}

char const* wordOf(LogDecision decision) {
    switch (decision) {
    case LogDecision::NotAsked:
        return "none";
    case LogDecision::Allowed:
        return "allowed";
    case LogDecision::Refused:
        return "refused";
    }
    return "";
}

void printJson(LogMoment const& moment) {
    vectors::Value const line = {{"line", moment.line},
                                 {"time_s", moment.at.inSeconds()},
                                 {"decision", wordOf(moment.decision)},
                                 {"state", moment.state}};
    std::cout << line.dump() << "\n";
}

// Changes of state, and every unbroken run of refusals as one line.
class TextLog {
public:
    void hear(LogMoment const& moment) {
        if (moment.decision != LogDecision::Refused)
            endRefusals();
        if (moment.state != moment.stateBefore)
            line(moment.line, moment.at, fmt::format("{} -> {}", moment.stateBefore, moment.state));
        if (moment.decision != LogDecision::Refused)
            return;
        if (refused_ == 0)
            first_ = moment;
        ++refused_;
        last_ = moment;
    }
    void endRefusals() {
        if (refused_ == 1)
            line(first_.line, first_.at, "refused");
        else if (refused_ > 1)
            line(first_.line, first_.at,
                 fmt::format("refused {} in a row, until line {} at {:.3f}s", refused_, last_.line,
                             last_.at.inSeconds()));
        refused_ = 0;
    }

private:
    static void line(int number, SimTime at, std::string const& what) {
        std::cout << fmt::format("line {:<8} {:>12.3f}s  {}\n", number, at.inSeconds(), what);
    }

    std::size_t refused_ = 0;
    LogMoment first_;
    LogMoment last_;
};

void printTally(LogTally const& tally, CallLogRequest const& request, std::size_t calls,
                Common const& common) {
    if (common.json) {
        vectors::Value const line = {{"calls", calls},
                                     {"allowed", tally.allowed},
                                     {"refused", tally.refused},
                                     {"failures_avoided", tally.failuresAvoided},
                                     {"successes_lost", tally.successesLost}};
        std::cout << line.dump() << "\n";
        return;
    }
    if (request.policy == "retry") {
        std::cout << fmt::format("{} calls, {} failures: {} could have been retried, {} not\n",
                                 calls, tally.allowed + tally.refused, tally.allowed,
                                 tally.refused);
        return;
    }
    std::cout << fmt::format("{} calls: {} allowed, {} refused ({} failures avoided, {} successes "
                             "lost)\n",
                             calls, tally.allowed, tally.refused, tally.failuresAvoided,
                             tally.successesLost);
}

std::optional<std::string> wordsMissing(CallLogRequest const& request) {
    auto const listOf = [](std::vector<std::string> const& words) {
        std::string all;
        for (auto const& word : words)
            all += (all.empty() ? "" : ", ") + word;
        return all;
    };
    auto const policies = replay::policiesOfLogs();
    if (request.policy.empty())
        return "a table of calls needs --policy: one of " + listOf(policies);
    auto const dialects = replay::dialectsOfLogs(request.policy);
    if (dialects.empty())
        return "--policy takes " + listOf(policies) + ", not '" + request.policy + "'";
    bool const isKnown =
        request.dialect.empty()
        || std::find(dialects.begin(), dialects.end(), request.dialect) != dialects.end();
    if (!isKnown)
        return "--dialect of " + request.policy + " takes " + listOf(dialects) + ", not '"
               + request.dialect + "'";
    return std::nullopt;
}

} // namespace

Exit replayCallLog(CallLogRequest const& request, Common const& common) {
    if (auto const missing = wordsMissing(request)) {
        std::cerr << "shakedown: " << *missing << "\n";
        return Exit::Usage;
    }
    auto const refuse = [&common](Diagnostics const& findings) {
        std::cerr << showFindings(findings, colours(common, STDERR_FILENO));
        return Exit::InvalidScenario;
    };
    replay::LogPolicy policy{request.policy, request.dialect, vectors::Value::object()};
    if (!request.config.empty()) {
        auto config =
            readAs<vectors::Value>(request.config, reading::limits::fileBytes, vectors::readConfig);
        if (!config)
            return refuse(config.errors());
        policy.config = std::move(config).value();
    }
    auto const calls =
        readAs<std::vector<vectors::LoggedCall>>(request.table, tableBytes, vectors::readOutcomes);
    if (!calls)
        return refuse(calls.errors());
    TextLog text;
    auto const tally = replay::replayCalls(calls.value(), policy, [&](LogMoment const& moment) {
        if (common.json)
            printJson(moment);
        else if (!common.quiet)
            text.hear(moment);
    });
    if (!tally) {
        Diagnostics findings = tally.errors();
        for (auto& finding : findings)
            finding.place.file = request.config.empty() ? request.table : request.config;
        return refuse(findings);
    }
    text.endRefusals();
    printTally(tally.value(), request, calls.value().size(), common);
    return Exit::Ok;
}

} // namespace shakedown::cli
