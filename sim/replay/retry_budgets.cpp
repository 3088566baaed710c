// Budgets of retries by deposits (Finagle, tower), and the client throttle of the SRE book.
#include "sim/replay/retry_players.hpp"
#include "sim/resilience/client_throttle.hpp"
#include "sim/resilience/finagle_budget.hpp"
#include "sim/resilience/tps_budget.hpp"

namespace shakedown::replay {

using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

template <class Budget>
class BudgetPlayer : public Player {
public:
    template <class Settings>
    explicit BudgetPlayer(Settings const& settings) : budget_(settings) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        if (step.verb == "advance")
            now_ = now_ + elapsed(args);
        args.refuseOthers();
        if (step.verb == "advance" || step.verb == "check")
            return seenNow();
        if (step.verb == "deposit") {
            for (int i = 0; i < step.times; ++i)
                budget_.deposit(now_);
            return seenNow();
        }
        if (step.verb == "withdraw") {
            bool allowed = true;
            for (int i = 0; i < step.times; ++i)
                allowed = budget_.tryWithdraw(now_);
            Value all = seenNow();
            all["allowed"] = allowed;
            return all;
        }
        if (step.verb == "deposit_then_withdraw")
            return depositThenWithdraw(step.times);
        refuseVerb(step);
    }
    bool repeats(std::string_view) const override { return true; }

private:
    static Duration elapsed(Arguments const& args) {
        for (auto const& [key, unit] : {std::pair{"ns", 1e-9}, {"ms", 1e-3}, {"s", 1.0}})
            if (args.has(key))
                return Duration::fromSeconds(args.number(key) * unit);
        throw Unplayable("'advance' says no time");
    }
    Value depositThenWithdraw(int n) {
        int granted = 0;
        for (int i = 0; i < n; ++i) {
            budget_.deposit(now_);
            while (budget_.tryWithdraw(now_))
                ++granted;
        }
        Value all = seenNow();
        all["retries_granted"] = granted;
        return all;
    }
    Value seenNow() { return {{"balance", budget_.balance(now_)}}; }

    Budget budget_;
    SimTime now_;
};

class ThrottlePlayer : public Player {
public:
    explicit ThrottlePlayer(Vector const& vector) {
        Arguments const config(vector.config, "config");
        k_ = config.number("K", config.number("k", 2));
        config.duration("window");
        config.refuseOthers();
    }
    Value play(Step const& step) override {
        if (step.verb != "reject_probability")
            refuseVerb(step);
        Arguments const args(step.args, "step 'reject_probability'");
        double const chance =
            resilience::ClientThrottle::chanceOf(args.number("requests"), args.number("accepts"),
                                                 args.number("k", args.number("K", k_)));
        args.refuseOthers();
        return {{"reject_probability", chance}, {"probability", chance}, {"p", chance}};
    }

private:
    double k_;
};

} // namespace

std::unique_ptr<Player> budgetOfFinagle(Vector const& vector) {
    Arguments const config(vector.config, "config");
    resilience::FinagleBudgetSettings s;
    s.ttl = config.duration("ttl", s.ttl);
    s.minRetriesPerSecond = config.number("minRetriesPerSec", s.minRetriesPerSecond);
    s.percentCanRetry = config.number("percentCanRetry", s.percentCanRetry);
    config.refuseOthers();
    bool const isWrong = s.ttl < Duration::seconds(1) || s.ttl > Duration::seconds(60)
                         || s.minRetriesPerSecond < 0 || s.percentCanRetry < 0
                         || s.percentCanRetry > 1000;
    if (isWrong)
        throw Refusal("invalid_config");
    return std::make_unique<BudgetPlayer<resilience::FinagleBudget>>(s);
}

std::unique_ptr<Player> budgetOfTower(Vector const& vector) {
    Arguments const config(vector.config, "config");
    resilience::TpsBudgetSettings s;
    s.ttl = config.duration("ttl", s.ttl);
    s.minPerSecond = config.number("min_per_sec", s.minPerSecond);
    s.retryPercent = config.number("retry_percent", s.retryPercent);
    config.refuseOthers();
    bool const isWrong = s.ttl < Duration::seconds(1) || s.ttl > Duration::seconds(60)
                         || s.minPerSecond < 0 || s.retryPercent < 0 || s.retryPercent > 1000;
    if (isWrong)
        throw Refusal("invalid_config");
    return std::make_unique<BudgetPlayer<resilience::TpsBudget>>(s);
}

std::unique_ptr<Player> throttleOfSre(Vector const& vector) {
    return std::make_unique<ThrottlePlayer>(vector);
}

} // namespace shakedown::replay
