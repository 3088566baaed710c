#include <algorithm>
#include <optional>

#include "sim/replay/suites.hpp"
#include "sim/resilience/average_cutoff.hpp"
#include "sim/resilience/hedge_race.hpp"

namespace shakedown::replay {

using resilience::AttemptEnd;
using resilience::HedgeDialect;
using resilience::HedgeRace;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

double millisecondsOf(SimTime at) {
    return static_cast<double>(at.count()) * 1e-6;
}

// One attempt as it would go if it were started.
struct Plan {
    double latencyMs = 0;
    std::string outcome;
    std::optional<double> pushbackMs;
};

class HedgingPlayer : public Player {
public:
    explicit HedgingPlayer(Vector const& vector) {
        Arguments const config(vector.config, "config");
        if (vector.dialect == "resilience4j")
            readResilience4j(config);
        else if (vector.dialect == "polly_v8")
            readPolly(config);
        else
            readGrpc(config, vector.dialect == "grpc_a6");
        config.refuseOthers();
    }

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        if (step.verb == "run")
            return run(args);
        if (step.verb == "observe")
            return observe(args);
        if (args.has("at_ms"))
            advance(SimTime::at(Duration::fromSeconds(args.number("at_ms") * 1e-3)));
        if (step.verb == "start") {
            race_.emplace(settings_, throttle());
            race_->begin(now_);
        } else if (step.verb == "attempt_result") {
            int const attempt = args.integer("attempt");
            std::string const status = args.text("status");
            std::optional<double> pushback;
            if (args.has("pushback_ms"))
                pushback = args.at("pushback_ms").is_number() ? args.number("pushback_ms") : -1;
            ofCall().onResult(now_, attempt, endOf(status), pushback);
            if (race_->isFinished() && result_.empty())
                result_ = status;
        } else if (step.verb == "headers_received") {
            ofCall().onHeaders(args.integer("attempt"));
        } else if (step.verb == "cancel_call") {
            ofCall().cancel(now_);
            result_ = "CANCELLED";
        } else if (step.verb == "throttle_failure") {
            needThrottle().onFailure();
        } else if (step.verb == "throttle_success") {
            needThrottle().onSuccess();
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        args.refuseOthers();
        return seen();
    }
    Tolerance tolerance(std::string_view key) const override {
        bool const isRealTime = settings_.dialect == HedgeDialect::Resilience4j
                                && (key == "finished_ms" || key == "starts_ms");
        return {1e-4, isRealTime ? 30.0 : 0.0};
    }
    Value seen() const override {
        Value all = Value::object();
        if (throttle_)
            all["tokens"] = throttle_->tokens();
        if (!race_)
            return all;
        auto inFlight = race_->inFlight();
        auto cancelled = race_->cancelled();
        std::sort(inFlight.begin(), inFlight.end());
        std::sort(cancelled.begin(), cancelled.end());
        all["in_flight"] = inFlight;
        all["cancelled"] = cancelled;
        all["pending_hedges"] = race_->nextDue() == SimTime::never() ? 0 : 1;
        all["call_finished"] = race_->isFinished();
        all["result"] = result_.empty() ? Value(nullptr) : Value(result_);
        all["winner"] = race_->winner();
        Value starts = Value::array();
        for (auto const at : race_->starts())
            starts.push_back(millisecondsOf(at));
        all["starts_ms"] = starts;
        return all;
    }

private:
    void readResilience4j(Arguments const& config) {
        settings_.dialect = HedgeDialect::Resilience4j;
        settings_.attempts = 2;
        settings_.delay = config.duration("delay", Duration());
        config.integer("concurrentHedges", 10);
        std::string const kind = config.text("duration", "PRECONFIGURED");
        if (kind != "PRECONFIGURED" && kind != "AVERAGE_PLUS")
            throw Unplayable("'" + kind + "' is no hedge duration");
        resilience::AverageCutoffSettings s;
        s.window = static_cast<std::size_t>(std::max(1, config.integer("window", 100)));
        s.measuresErrors = config.flag("measure_errors", false);
        if (config.has("factor_amount_ms")) {
            s.isPercentage = false;
            s.factor = config.number("factor_amount_ms");
        }
        for (char const* key : {"factor_percentage", "factor_percent", "factor"})
            s.factor = config.number(key, s.factor);
        if (kind == "AVERAGE_PLUS")
            cutoff_.emplace(s);
    }
    void readPolly(Arguments const& config) {
        settings_.dialect = HedgeDialect::Polly;
        settings_.startsNextOnFailure = true;
        int const most = config.integer("MaxHedgedAttempts", 1);
        settings_.attempts = 1 + most;
        Duration const delay = config.duration("Delay", Duration::seconds(2));
        settings_.delay = delay < Duration() ? std::nullopt : std::optional(delay);
        if (most < 1 || most > 10)
            throw Refusal("invalid_config");
    }
    void readGrpc(Arguments const& config, bool isProposal) {
        settings_.dialect = HedgeDialect::Grpc;
        settings_.startsNextOnFailure = isProposal;
        settings_.attempts = config.integer("maxAttempts", 5);
        if (isProposal)
            settings_.attempts = std::min(settings_.attempts, 5);
        settings_.delay = config.duration("hedgingDelay", Duration());
        if (config.has("nonFatalStatusCodes"))
            nonFatal_ = config.texts("nonFatalStatusCodes");
        if (config.has("maxTokens"))
            throttle_.emplace(resilience::RetryThrottleSettings{config.number("maxTokens"),
                                                                config.number("tokenRatio", 0.1)});
        config.says("tokenRatio");
        if (settings_.attempts < 2)
            throw Refusal("invalid_config");
    }

    resilience::RetryThrottle* throttle() { return throttle_ ? &*throttle_ : nullptr; }
    resilience::RetryThrottle& needThrottle() {
        if (!throttle_)
            throw Unplayable("no throttle is configured");
        return *throttle_;
    }
    HedgeRace& ofCall() {
        if (!race_)
            throw Unplayable("no call was started");
        return *race_;
    }
    void advance(SimTime to) {
        while (race_ && race_->nextDue() <= to)
            race_->onDue(race_->nextDue());
        now_ = to;
    }

    AttemptEnd endOf(std::string const& outcome) const {
        if (outcome == "success" || outcome == "OK" || outcome == "unhandled")
            return AttemptEnd::Good;
        if (outcome == "handled"
            || std::find(nonFatal_.begin(), nonFatal_.end(), outcome) != nonFatal_.end())
            return AttemptEnd::Soft;
        return AttemptEnd::Decisive;
    }

    static std::vector<Plan> plansOf(Value const& list) {
        std::vector<Plan> plans;
        for (auto const& one : list) {
            Arguments const args(one, "an attempt");
            Plan plan;
            plan.latencyMs = args.number("latency_ms");
            plan.outcome = args.has("status") ? args.text("status") : args.text("outcome");
            if (args.has("pushback_ms"))
                plan.pushbackMs =
                    args.at("pushback_ms").is_number() ? args.number("pushback_ms") : -1;
            args.refuseOthers();
            plans.push_back(std::move(plan));
        }
        if (plans.empty())
            throw Unplayable("a run has at least one attempt");
        return plans;
    }

    // Steps through what happens next: a hedge that is due, or the attempt that ends first. At one
    // instant timers are first.
    Value run(Arguments const& args) {
        auto const plans = plansOf(args.at("attempts"));
        args.refuseOthers();
        auto const planOf = [&](int i) -> Plan const& {
            return plans[std::min(static_cast<std::size_t>(i), plans.size() - 1)];
        };
        race_.emplace(settings_, throttle());
        result_.clear();
        SimTime const began = now_;
        race_->begin(now_);
        while (!race_->isFinished()) {
            SimTime next = race_->nextDue();
            int ended = -1;
            for (int const i : race_->inFlight()) {
                SimTime const at = race_->starts()[static_cast<std::size_t>(i)]
                                   + Duration::fromSeconds(planOf(i).latencyMs * 1e-3);
                if (at < next) {
                    next = at;
                    ended = i;
                }
            }
            if (next == SimTime::never())
                throw Unplayable("the call never ends");
            now_ = next;
            if (ended < 0)
                race_->onDue(next);
            else
                race_->onResult(next, ended, endOf(planOf(ended).outcome),
                                planOf(ended).pushbackMs);
        }
        result_ = race_->winner() >= 0 ? planOf(race_->winner()).outcome : "";
        return resultOf(began);
    }
    Value resultOf(SimTime began) {
        Value all = seen();
        Value starts = Value::array();
        for (auto const at : race_->starts())
            starts.push_back(millisecondsOf(at) - millisecondsOf(began));
        all["starts_ms"] = starts;
        all["winner"] = race_->winner();
        all["finished_ms"] = millisecondsOf(race_->finishedAt()) - millisecondsOf(began);
        bool const good = endOf(result_) == AttemptEnd::Good;
        bool const isPrimary = race_->winner() == 0;
        ++(isPrimary ? (good ? primaryGood_ : primaryBad_)
                     : (good ? secondaryGood_ : secondaryBad_));
        all["primary_success"] = primaryGood_;
        all["primary_failure"] = primaryBad_;
        all["secondary_success"] = secondaryGood_;
        all["secondary_failure"] = secondaryBad_;
        return all;
    }

    Value observe(Arguments const& args) {
        if (!cutoff_)
            throw Unplayable("'observe' needs duration: AVERAGE_PLUS");
        std::string const event = args.text("event");
        double const ms = args.number("ms");
        args.refuseOthers();
        if (event == "PRIMARY_SUCCESS" || event == "PRIMARY_FAILURE")
            cutoff_->observe(event == "PRIMARY_FAILURE", ms);
        else if (event != "SECONDARY_SUCCESS" && event != "SECONDARY_FAILURE")
            throw Unplayable("'" + event + "' is no event of a hedge");
        return {{"delay_ms", cutoff_->milliseconds()}};
    }

    resilience::HedgeRaceSettings settings_;
    std::vector<std::string> nonFatal_;
    std::optional<resilience::RetryThrottle> throttle_;
    std::optional<resilience::AverageCutoff> cutoff_;
    std::optional<HedgeRace> race_;
    std::string result_;
    SimTime now_;
    int primaryGood_ = 0;
    int primaryBad_ = 0;
    int secondaryGood_ = 0;
    int secondaryBad_ = 0;
};

} // namespace

std::unique_ptr<Player> hedgingPlayer(Vector const& vector) {
    bool const isOffered = vector.dialect == "resilience4j" || vector.dialect == "polly_v8"
                           || vector.dialect == "grpc_a6" || vector.dialect == "grpc_java";
    return isOffered ? std::make_unique<HedgingPlayer>(vector) : nullptr;
}

} // namespace shakedown::replay
