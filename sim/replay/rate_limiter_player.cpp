#include <cmath>
#include <map>

#include "sim/replay/suites.hpp"
#include "sim/resilience/rate_limiter.hpp"

namespace shakedown::replay {

using namespace resilience;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

class CyclePlayer : public Player {
public:
    explicit CyclePlayer(Vector const& vector) : limiter_(settingsOf(vector.config)) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Value all = Value::object();
        std::int64_t const permits = args.integer("permits", 1);
        if (step.verb == "advance") {
            now_ = now_
                   + Duration::nanoseconds(static_cast<std::int64_t>(
                       std::llround(args.number("ns", args.number("ms", 0) * 1e6))));
        } else if (step.verb == "reserve") {
            auto const wait = limiter_.reserve(now_, permits, limiter_.settings().timeout);
            all["wait_ns"] = wait ? wait->count() : -1;
        } else if (step.verb == "try_acquire") {
            auto const wait = limiter_.reserve(now_, permits, limiter_.settings().timeout);
            all["allowed"] = wait.has_value();
            all["wait_ns"] = wait ? wait->count() : -1;
        } else if (step.verb == "drain") {
            all["drained"] = limiter_.drain(now_);
        } else if (step.verb == "set_limit") {
            limiter_.setLimit(now_, args.integer("limitForPeriod"));
        } else if (step.verb == "set_timeout") {
            limiter_.setTimeout(args.duration("timeoutDuration", Duration()));
        } else if (step.verb == "configure") {
            limiter_ = CycleLimiter(settingsOf(args.at("config")));
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        args.refuseOthers();
        all["available"] = limiter_.available(now_);
        all["next_permission_ns"] = limiter_.nextPermission(now_).count();
        return all;
    }

private:
    static CycleLimiterSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        CycleLimiterSettings s;
        s.limitForPeriod = c.integer("limitForPeriod", 50);
        s.limitRefreshPeriod = c.duration("limitRefreshPeriod", s.limitRefreshPeriod);
        s.timeout = c.duration("timeoutDuration", s.timeout);
        c.refuseOthers();
        bool const isWrong =
            s.limitForPeriod < 1 || s.limitRefreshPeriod <= Duration() || s.timeout < Duration();
        if (isWrong)
            throw Refusal("invalid_config");
        return s;
    }

    CycleLimiter limiter_;
    SimTime now_;
};

class GoPlayer : public Player {
public:
    explicit GoPlayer(Vector const& vector) : bucket_(settingsOf(vector.config)) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        now_ = args.instant(now_);
        Value all = Value::object();
        all["tokens_before"] = bucket_.tokensAt(now_);
        int const permits = args.integer("permits", 1);
        if (step.verb == "reserve") {
            Duration const most = args.duration("max_wait", Duration::none());
            auto const reservation = bucket_.reserve(now_, permits, most);
            all["ok"] = reservation.has_value();
            all["wait_ms"] =
                reservation ? Value((reservation->act - now_).inMilliseconds()) : Value(nullptr);
            if (reservation)
                reservations_[args.text("id", "")] = *reservation;
            args.text("id", "");
        } else if (step.verb == "try_acquire") {
            all["allowed"] = bucket_.reserve(now_, permits, Duration()).has_value();
        } else if (step.verb == "cancel") {
            bucket_.cancel(now_, reservations_[args.text("id")]);
        } else if (step.verb == "set_rate") {
            bucket_.setRate(now_, args.number("rate_per_s", args.number("rate", 0)));
        } else if (step.verb == "set_burst") {
            bucket_.setBurst(now_, args.integer("burst"));
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        args.refuseOthers();
        all["tokens"] = bucket_.tokensAt(now_);
        return all;
    }

private:
    static ReservationBucketSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        ReservationBucketSettings s;
        s.burst = c.integer("burst", 1);
        bool const isWord = c.has("rate_per_s") && c.at("rate_per_s").is_string();
        s.isUnlimited = isWord || c.flag("unlimited", false);
        s.perSecond = isWord ? 1 : c.number("rate_per_s", 1);
        c.refuseOthers();
        return s;
    }

    ReservationBucket bucket_;
    std::map<std::string, ReservationBucket::Reservation> reservations_;
    SimTime now_;
};

class EnvoyPlayer : public Player {
public:
    explicit EnvoyPlayer(Vector const& vector) : bucket_(settingsOf(vector.config)) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        now_ = args.instant(now_);
        Value all = Value::object();
        if (step.verb == "consume") {
            all["consumed"] =
                bucket_.consume(now_, args.integer("tokens", 1), args.flag("allow_partial", false));
        } else if (step.verb == "reset") {
            bucket_.reset(args.number("tokens"));
        } else if (step.verb != "check" && step.verb != "advance") {
            refuseVerb(step);
        }
        if (step.verb == "advance")
            now_ = now_ + Duration::fromSeconds(args.number("ms", 0) * 1e-3);
        args.refuseOthers();
        all["next_token_ms"] = bucket_.nextToken().inMilliseconds();
        return all;
    }

private:
    static WholeTokenBucketSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        WholeTokenBucketSettings s{c.number("max_tokens", 1), c.number("fill_rate_per_s", 1)};
        c.refuseOthers();
        return s;
    }

    WholeTokenBucket bucket_;
    SimTime now_;
};

class BotocorePlayer : public Player {
public:
    explicit BotocorePlayer(Vector const& vector) : bucket_(settingsOf(vector.config)) {
        bucket_.available(SimTime());
    }

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        now_ = args.instant(now_);
        Value all = Value::object();
        if (step.verb == "try_acquire")
            all["allowed"] = bucket_.tryAcquire(now_, args.number("permits", 1));
        else if (step.verb == "set_rate")
            bucket_.setRate(now_, args.number("max_rate", args.number("rate", 0)));
        else if (step.verb != "check")
            refuseVerb(step);
        args.refuseOthers();
        all["available"] = bucket_.available(now_);
        all["max_capacity"] = bucket_.capacity();
        all["capacity"] = bucket_.capacity();
        all["max_rate"] = bucket_.rate();
        all["rate"] = bucket_.rate();
        return all;
    }

private:
    static SendRateBucketSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        SendRateBucketSettings s;
        s.maxRate = c.number("max_rate", s.maxRate);
        s.minRate = c.number("min_rate", s.minRate);
        c.refuseOthers();
        return s;
    }

    SendRateBucket bucket_;
    SimTime now_;
};

class NginxPlayer : public Player {
public:
    explicit NginxPlayer(Vector const& vector) : settings_(settingsOf(vector.config)) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        now_ = args.instant(now_);
        if (step.verb != "request")
            refuseVerb(step);
        std::string const key = args.text("key", "-");
        args.refuseOthers();
        if (key.empty()) // not limited
            return {{"result", "accepted"}, {"delay_ms", 0}};
        auto const delay = buckets_.try_emplace(key, settings_).first->second.request(now_);
        if (!delay)
            return {{"result", "rejected"}, {"status", 503}};
        return {{"result", *delay > Duration() ? "delayed" : "accepted"},
                {"delay_ms", delay->inMilliseconds()}};
    }

private:
    static LeakyBucketSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        LeakyBucketSettings s;
        s.perSecond = c.number("rate_per_s", c.number("rate_per_minute", 60) / 60);
        s.burst = c.integer("burst", 0);
        s.noDelay = c.flag("nodelay", false);
        s.delay = c.integer("delay", 0);
        c.refuseOthers();
        return s;
    }

    LeakyBucketSettings settings_;
    std::map<std::string, LeakyBucket> buckets_;
    SimTime now_;
};

} // namespace

std::unique_ptr<Player> rateLimiterPlayer(Vector const& vector) {
    if (vector.dialect == "resilience4j")
        return std::make_unique<CyclePlayer>(vector);
    if (vector.dialect == "go_x_time_rate")
        return std::make_unique<GoPlayer>(vector);
    if (vector.dialect == "envoy_token_bucket")
        return std::make_unique<EnvoyPlayer>(vector);
    if (vector.dialect == "botocore_token_bucket")
        return std::make_unique<BotocorePlayer>(vector);
    if (vector.dialect == "nginx_limit_req")
        return std::make_unique<NginxPlayer>(vector);
    return nullptr;
}

} // namespace shakedown::replay
