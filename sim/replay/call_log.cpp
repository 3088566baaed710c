#include "sim/replay/call_log.hpp"

#include <algorithm>
#include <map>
#include <queue>
#include <set>

#include "scenarios/reading/codes.hpp"
#include "sim/replay/suites.hpp"

namespace shakedown::replay {

using vectors::CallOutcome;
using vectors::LoggedCall;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

Vector vectorOf(LogPolicy const& policy) {
    Vector vector;
    vector.dialect = policy.dialect;
    vector.config = policy.config;
    return vector;
}

// Turns the calls of a log into the steps that a suite's players understand.
class Conductor {
public:
    explicit Conductor(std::unique_ptr<Player> player) : player_(std::move(player)) {
        if (player_ == nullptr)
            throw Unplayable("the dialect is not offered");
    }
    Conductor(Conductor const&) = delete;
    Conductor& operator=(Conductor const&) = delete;
    virtual ~Conductor() = default;

    /// `slot` is the call's own until it ends.
    virtual LogDecision begins(SimTime at, LoggedCall const& call, std::size_t slot) = 0;
    virtual LogDecision ends(SimTime at, LoggedCall const& call, std::size_t slot) = 0;
    std::string const& state() const { return state_; }

protected:
    Value play(std::string verb, Value args) {
        Step step;
        step.verb = std::move(verb);
        step.args = std::move(args);
        try {
            return player_->play(step);
        } catch (Refusal const& refusal) {
            Value seen = player_->seen();
            seen["error"] = refusal.what();
            return seen;
        }
    }
    void advance(SimTime to) {
        if (to > now_)
            play("advance", {{"ns", (to - now_).count()}});
        now_ = to;
    }
    void setState(std::string state) { state_ = std::move(state); }
    static std::string nameOf(std::size_t slot) { return "c" + std::to_string(slot); }
    static LogDecision decisionOf(bool isAllowed) {
        return isAllowed ? LogDecision::Allowed : LogDecision::Refused;
    }

private:
    std::unique_ptr<Player> player_;
    std::string state_;
    SimTime now_;
};

class BreakerConductor : public Conductor {
public:
    explicit BreakerConductor(LogPolicy const& policy)
        : Conductor(circuitBreakerPlayer(vectorOf(policy))),
          // Linkerd knows good and bad results alone
          ignored_(policy.dialect == "linkerd" ? "error_not_recorded" : "ignored") {
        note(play("check", Value::object()));
    }
    LogDecision begins(SimTime at, LoggedCall const&, std::size_t slot) override {
        advance(at);
        auto const seen = play("acquire", {{"id", nameOf(slot)}});
        note(seen);
        return decisionOf(seen.at("allowed").get<bool>());
    }
    LogDecision ends(SimTime at, LoggedCall const& call, std::size_t slot) override {
        advance(at);
        char const* const outcome = call.outcome == CallOutcome::Success   ? "success"
                                    : call.outcome == CallOutcome::Failure ? "failure"
                                                                           : ignored_;
        note(
            play("finish",
                 {{"id", nameOf(slot)}, {"outcome", outcome}, {"duration_ns", call.took.count()}}));
        return LogDecision::NotAsked;
    }

private:
    void note(Value const& seen) {
        if (seen.contains("state"))
            setState(seen.at("state").get<std::string>());
        else
            setState(seen.at("available") == true    ? "CLOSED"
                     : seen.at("available") == false ? "OPEN"
                                                     : "HALF_OPEN");
    }

    char const* ignored_;
};

class BulkheadConductor : public Conductor {
public:
    explicit BulkheadConductor(LogPolicy const& policy)
        : Conductor(bulkheadPlayer(vectorOf(policy))) {
        auto const seen = play("check", Value::object());
        if (seen.at("max_wait_ms").get<double>() > 0)
            throw Unplayable("a log cannot tell how long a call would have waited for its permit; "
                             "maxWaitDuration is 0 here");
        setState("FREE");
    }
    LogDecision begins(SimTime at, LoggedCall const&, std::size_t slot) override {
        advance(at);
        auto const seen = play("acquire", {{"call", nameOf(slot)}});
        note(seen);
        return decisionOf(seen.at("outcome") == "permitted");
    }
    LogDecision ends(SimTime at, LoggedCall const&, std::size_t slot) override {
        advance(at);
        note(play("finish", {{"call", nameOf(slot)}}));
        return LogDecision::NotAsked;
    }

private:
    void note(Value const& seen) {
        setState(seen.at("available").get<int>() > 0 ? "FREE" : "FULL");
    }
};

// The call may wait if the limiter's time limit lets it; waiting shifts nothing else.
class LimiterConductor : public Conductor {
public:
    explicit LimiterConductor(LogPolicy const& policy)
        : Conductor(rateLimiterPlayer(vectorOf(policy))), dialect_(policy.dialect) {}

    LogDecision begins(SimTime at, LoggedCall const& call, std::size_t) override {
        if (dialect_ == "resilience4j") {
            advance(at);
            return decisionOf(play("try_acquire", Value::object()).at("allowed").get<bool>());
        }
        if (dialect_ == "envoy_token_bucket")
            return decisionOf(play("consume", {{"at_ns", at.count()}}).at("consumed") == 1);
        if (dialect_ == "nginx_limit_req") {
            std::string const key = call.host.empty() ? "-" : call.host;
            auto const seen = play("request", {{"at_ns", at.count()}, {"key", key}});
            return decisionOf(seen.at("result") != "rejected");
        }
        return decisionOf(play("try_acquire", {{"at_ns", at.count()}}).at("allowed").get<bool>());
    }
    LogDecision ends(SimTime, LoggedCall const&, std::size_t) override {
        return LogDecision::NotAsked;
    }

private:
    std::string dialect_;
};

class OutlierConductor : public Conductor {
public:
    OutlierConductor(LogPolicy const& policy, std::vector<LoggedCall> const& calls)
        : Conductor(outlierDetectionPlayer(vectorOf(policy, calls))) {
        Arguments const config(policy.config, "config");
        interval_ = config.duration("interval", interval_);
        if (interval_ < Duration::milliseconds(1))
            throw Unplayable("'interval' is at least 1 ms here");
        nextSweep_ = SimTime() + interval_;
        setState("none");
    }
    LogDecision begins(SimTime at, LoggedCall const& call, std::size_t) override {
        sweepUntil(at);
        return decisionOf(!ejected_.contains(call.host));
    }
    LogDecision ends(SimTime at, LoggedCall const& call, std::size_t) override {
        sweepUntil(at);
        if (call.outcome == CallOutcome::Ignored)
            return LogDecision::NotAsked;
        int const plain = call.outcome == CallOutcome::Success ? 200 : 500;
        int const code = call.status == 0 ? plain : call.status;
        note(play("response", {{"at_ns", at.count()}, {"host", call.host}, {"code", code}}));
        return LogDecision::NotAsked;
    }

private:
    static Vector vectorOf(LogPolicy const& policy, std::vector<LoggedCall> const& calls) {
        std::set<std::string> hosts;
        for (auto const& call : calls)
            hosts.insert(call.host);
        if (hosts.contains(""))
            throw Unplayable("outlier detection compares hosts: the table needs a column 'host'");
        Vector vector = replay::vectorOf(policy);
        vector.start["hosts"] = hosts;
        return vector;
    }
    void sweepUntil(SimTime at) {
        for (; nextSweep_ <= at; nextSweep_ = nextSweep_ + interval_)
            note(play("sweep", {{"at_ns", nextSweep_.count()}}));
    }
    void note(Value const& seen) {
        ejected_ = seen.at("ejected").get<std::set<std::string>>();
        std::string all;
        for (auto const& host : ejected_)
            all += (all.empty() ? "" : " ") + host;
        setState(all.empty() ? "none" : "ejected: " + all);
    }

    Duration interval_ = Duration::seconds(10); // Envoy's and gRPC's default
    SimTime nextSweep_;
    std::set<std::string> ejected_;
};

// Every call pays into the budget; every failure asks for a retry.
class BudgetConductor : public Conductor {
public:
    explicit BudgetConductor(LogPolicy const& policy) : Conductor(retryPlayer(vectorOf(policy))) {}

    LogDecision begins(SimTime at, LoggedCall const&, std::size_t) override {
        advance(at);
        play("deposit", Value::object());
        return LogDecision::NotAsked;
    }
    LogDecision ends(SimTime at, LoggedCall const& call, std::size_t) override {
        advance(at);
        if (call.outcome != CallOutcome::Failure)
            return LogDecision::NotAsked;
        return decisionOf(play("withdraw", Value::object()).at("allowed").get<bool>());
    }
};

template <class Kind>
std::unique_ptr<Conductor> conductor(LogPolicy const& policy, std::vector<LoggedCall> const&) {
    return std::make_unique<Kind>(policy);
}

struct PolicyRow {
    std::string_view name;
    std::vector<std::string> dialects;
    std::unique_ptr<Conductor> (*make)(LogPolicy const&, std::vector<LoggedCall> const&);
};

std::vector<PolicyRow> const& policies() {
    static std::vector<PolicyRow> const rows = {
        {"circuit_breaker",
         {"resilience4j", "gobreaker", "polly_v8", "hystrix", "finagle_failure_accrual", "linkerd"},
         conductor<BreakerConductor>},
        {"bulkhead", {"resilience4j", "hystrix_semaphore"}, conductor<BulkheadConductor>},
        {"rate_limiter",
         {"resilience4j", "go_x_time_rate", "envoy_token_bucket", "botocore_token_bucket",
          "nginx_limit_req"},
         conductor<LimiterConductor>},
        {"outlier_detection",
         {"envoy"},
         [](LogPolicy const& policy,
            std::vector<LoggedCall> const& calls) -> std::unique_ptr<Conductor> {
             return std::make_unique<OutlierConductor>(policy, calls);
         }},
        {"retry", {"finagle_retry_budget", "tower_tps_budget"}, conductor<BudgetConductor>},
    };
    return rows;
}

PolicyRow const* rowOf(std::string_view name) {
    auto const found = std::find_if(policies().begin(), policies().end(),
                                    [&](PolicyRow const& row) { return row.name == name; });
    return found == policies().end() ? nullptr : &*found;
}

// The events of the log in order of time, and what is told of them.
class LogPlay {
public:
    LogPlay(std::vector<LoggedCall> const& calls, Conductor& conductor,
            std::function<void(LogMoment const&)> const& seen)
        : calls_(calls), conductor_(conductor), seen_(seen), state_(conductor.state()) {}

    LogTally play() {
        for (std::size_t i = 0; i < calls_.size(); ++i) {
            endUntil(calls_[i].begun);
            std::size_t const slot = takeSlot();
            auto const decision = conductor_.begins(calls_[i].begun, calls_[i], slot);
            tell(calls_[i].begun, calls_[i], decision);
            if (decision == LogDecision::Refused)
                freeSlots_.push_back(slot);
            else
                running_.push({calls_[i].begun + calls_[i].took, i, slot});
        }
        endUntil(SimTime::never());
        return tally_;
    }

private:
    struct Running {
        SimTime end;
        std::size_t call = 0;
        std::size_t slot = 0;
        friend bool operator>(Running const& a, Running const& b) {
            return std::tie(a.end, a.call) > std::tie(b.end, b.call);
        }
    };

    std::size_t takeSlot() {
        if (freeSlots_.empty())
            return slots_++;
        std::size_t const slot = freeSlots_.back();
        freeSlots_.pop_back();
        return slot;
    }
    void endUntil(SimTime now) {
        while (!running_.empty() && running_.top().end <= now) {
            Running const first = running_.top();
            running_.pop();
            auto const& call = calls_[first.call];
            tell(first.end, call, conductor_.ends(first.end, call, first.slot));
            freeSlots_.push_back(first.slot);
        }
    }
    void tell(SimTime at, LoggedCall const& call, LogDecision decision) {
        if (decision == LogDecision::Allowed)
            ++tally_.allowed;
        if (decision == LogDecision::Refused) {
            ++tally_.refused;
            tally_.failuresAvoided += call.outcome == CallOutcome::Failure ? 1U : 0U;
            tally_.successesLost += call.outcome == CallOutcome::Success ? 1U : 0U;
        }
        if (decision == LogDecision::NotAsked && conductor_.state() == state_)
            return;
        seen_({at, call.line, decision, conductor_.state(), state_});
        state_ = conductor_.state();
    }

    std::vector<LoggedCall> const& calls_;
    Conductor& conductor_;
    std::function<void(LogMoment const&)> const& seen_;
    std::string state_;
    std::priority_queue<Running, std::vector<Running>, std::greater<>> running_;
    std::vector<std::size_t> freeSlots_;
    std::size_t slots_ = 0;
    LogTally tally_;
};

Diagnostic wrong(char const* code, std::string message, std::string hint = {}) {
    return {Severity::Error, code, std::move(message), std::move(hint), {}};
}

std::string listOf(std::vector<std::string> const& words) {
    std::string all;
    for (auto const& word : words)
        all += (all.empty() ? "" : ", ") + word;
    return all;
}

} // namespace

std::vector<std::string> policiesOfLogs() {
    std::vector<std::string> names;
    for (auto const& row : policies())
        names.emplace_back(row.name);
    return names;
}

std::vector<std::string> dialectsOfLogs(std::string_view policy) {
    PolicyRow const* const row = rowOf(policy);
    return row == nullptr ? std::vector<std::string>() : row->dialects;
}

Result<LogTally> replayCalls(std::vector<LoggedCall> const& calls, LogPolicy const& policy,
                             std::function<void(LogMoment const&)> const& seen) {
    PolicyRow const* const row = rowOf(policy.name);
    if (row == nullptr)
        return wrong(reading::codes::unknownWord,
                     "a log cannot be put through the policy '" + policy.name + "'",
                     "there are " + listOf(policiesOfLogs()));
    LogPolicy full = policy;
    if (full.dialect.empty())
        full.dialect = row->dialects.front();
    if (std::find(row->dialects.begin(), row->dialects.end(), full.dialect) == row->dialects.end())
        return wrong(reading::codes::unknownWord,
                     "for " + policy.name + " there is no dialect '" + full.dialect + "'",
                     "there are " + listOf(row->dialects));
    try {
        auto const conductor = row->make(full, calls);
        return LogPlay(calls, *conductor, seen).play();
    } catch (Unplayable const& unplayable) {
        return wrong(reading::codes::outOfRange, unplayable.what());
    } catch (Refusal const& refusal) {
        return wrong(reading::codes::outOfRange,
                     std::string("the library refuses this configuration: ") + refusal.what());
    }
}

} // namespace shakedown::replay
