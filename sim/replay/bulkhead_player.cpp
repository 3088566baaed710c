#include <algorithm>
#include <deque>

#include "sim/replay/breaker_players.hpp"
#include "sim/replay/suites.hpp"
#include "sim/resilience/permit_pool.hpp"
#include "sim/resilience/thread_pool.hpp"

namespace shakedown::replay {

using resilience::PermitPool;
using resilience::PermitPoolSettings;
using resilience::ThreadPool;
using resilience::ThreadPoolSettings;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

class SemaphorePlayer : public Player {
public:
    explicit SemaphorePlayer(Vector const& vector)
        : pool_(settingsOf(vector.config, vector.dialect == "resilience4j"
                                              ? PermitPoolSettings{}
                                              : PermitPoolSettings{10, {}})) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Value decision = Value::object();
        if (step.verb == "acquire") {
            auto const call = numberOf(args.text("call"));
            decision["outcome"] = wordOf(pool_.acquire(now_, call));
        } else if (step.verb == "finish") {
            pool_.finish(known(args.text("call")));
        } else if (step.verb == "release") {
            args.text("call", "");
            pool_.release();
        } else if (step.verb == "configure") {
            configure(args);
        } else if (step.verb == "advance") {
            now_ = now_ + elapsedOf(args);
            pool_.advance(now_);
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        args.refuseOthers();
        Value all = seen();
        all.update(decision);
        return all;
    }
    Value seen() const override {
        Value calls = Value::object();
        for (std::size_t i = 0; i < names_.size(); ++i)
            calls[names_[i]] = wordOf(pool_.state(i));
        return {{"calls", calls},
                {"available", pool_.available()},
                {"max_concurrent", pool_.settings().maxConcurrentCalls},
                {"max_wait_ms", pool_.settings().maxWait.inMilliseconds()},
                {"config_pending", pool_.isResizing()},
                {"permitted_events", pool_.permitted()},
                {"rejected_events", pool_.rejected()},
                {"finished_events", pool_.finished()}};
    }

private:
    static char const* wordOf(PermitPool::State state) {
        switch (state) {
        case PermitPool::State::Permitted:
            return "permitted";
        case PermitPool::State::Waiting:
            return "waiting";
        case PermitPool::State::Rejected:
            return "rejected";
        case PermitPool::State::Finished:
            return "finished";
        }
        return "";
    }
    std::size_t numberOf(std::string const& name) {
        auto const found = std::find(names_.begin(), names_.end(), name);
        if (found != names_.end())
            return static_cast<std::size_t>(found - names_.begin());
        names_.push_back(name);
        return names_.size() - 1;
    }
    std::size_t known(std::string const& name) const {
        auto const found = std::find(names_.begin(), names_.end(), name);
        if (found == names_.end())
            throw Unplayable("no call '" + name + "' was made");
        return static_cast<std::size_t>(found - names_.begin());
    }
    void configure(Arguments const& args) {
        if (args.has("config"))
            return pool_.resize(settingsOf(args.at("config"), pool_.settings()));
        PermitPoolSettings s = pool_.settings();
        s.maxConcurrentCalls = args.integer("maxConcurrentCalls", s.maxConcurrentCalls);
        s.maxWait = args.duration("maxWaitDuration", s.maxWait);
        pool_.resize(s);
    }
    static PermitPoolSettings settingsOf(Value const& map, PermitPoolSettings s) {
        Arguments const c(map, "config");
        for (char const* key :
             {"maxConcurrentCalls", "maxConcurrentRequests",
              "executionSemaphoreMaxConcurrentRequests", "fallbackSemaphoreMaxConcurrentRequests"})
            s.maxConcurrentCalls = c.integer(key, s.maxConcurrentCalls);
        s.maxWait = c.duration("maxWaitDuration", s.maxWait);
        c.flag("fairCallHandlingEnabled", true);
        c.refuseOthers();
        if (s.maxConcurrentCalls < 0 || s.maxWait < Duration())
            throw Refusal("invalid_config");
        return s;
    }

    PermitPool pool_;
    std::vector<std::string> names_;
    SimTime now_;
};

class ThreadsPlayer : public Player {
public:
    explicit ThreadsPlayer(Vector const& vector)
        : isHystrix_(vector.dialect == "hystrix_threadpool"), pool_(settingsOf(vector.config)) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Value decision = Value::object();
        if (step.verb == "submit") {
            std::string const call = args.text("call");
            auto const answer = pool_.submit();
            begin(call, answer);
            decision["outcome"] = calls_[call];
        } else if (step.verb == "finish") {
            finish(args.text("call"));
        } else if (step.verb == "advance") {
            if (elapsedOf(args) >= keepAlive_)
                pool_.trim();
        } else if (step.verb == "configure") {
            settingsOf(args.at("config"));
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        args.refuseOthers();
        Value all = seen();
        all.update(decision);
        return all;
    }
    Value seen() const override {
        int const capacity = pool_.settings().queueCapacity;
        return {{"calls", calls_},
                {"started", started_},
                {"threads", pool_.threads()},
                {"active", pool_.active()},
                {"queue_depth", pool_.queued()},
                {"queue_remaining", capacity - pool_.queued()},
                {"permitted_events", permitted_},
                {"rejected_events", rejected_},
                {"finished_events", finished_}};
    }

private:
    void begin(std::string const& call, ThreadPool::Answer answer) {
        ++(answer == ThreadPool::Answer::Rejected ? rejected_ : permitted_);
        switch (answer) {
        case ThreadPool::Answer::Running:
            calls_[call] = "running";
            started_.push_back(call);
            return;
        case ThreadPool::Answer::Queued:
            calls_[call] = "queued";
            line_.push_back(call);
            return;
        case ThreadPool::Answer::Rejected:
            calls_[call] = "rejected";
            return;
        }
    }
    void finish(std::string const& call) {
        if (!calls_.contains(call) || calls_[call] != "running")
            throw Unplayable("the call '" + call + "' does not run");
        calls_[call] = "finished";
        ++finished_;
        if (!pool_.finish())
            return;
        calls_[line_.front()] = "running";
        started_.push_back(line_.front());
        line_.pop_front();
    }
    ThreadPoolSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        ThreadPoolSettings s;
        if (isHystrix_) {
            s.core = c.integer("coreSize", 10);
            int const most = c.integer("maximumSize", 10);
            bool const diverges = c.flag("allowMaximumSizeToDivergeFromCoreSize", false);
            s.max = diverges ? std::max(most, s.core) : s.core;
            s.queueCapacity = std::max(0, c.integer("maxQueueSize", -1));
            s.rejectionThreshold = c.integer("queueSizeRejectionThreshold", 5);
            keepAlive_ = c.duration("keepAlive", Duration::seconds(60));
        } else {
            s.max = c.integer("maxThreadPoolSize", 4);
            s.core = c.integer("coreThreadPoolSize", std::max(1, std::min(s.max, 3)));
            s.queueCapacity = c.integer("queueCapacity", 100);
            keepAlive_ = c.duration("keepAliveDuration", Duration::milliseconds(20));
        }
        c.refuseOthers();
        bool const isWrong = s.core < 1 || s.max < 1 || s.core > s.max || s.queueCapacity < 0
                             || keepAlive_ < Duration();
        if (isWrong)
            throw Refusal("invalid_config");
        return s;
    }

    bool isHystrix_;
    Duration keepAlive_;
    ThreadPool pool_;
    Value calls_ = Value::object();
    Value started_ = Value::array();
    std::deque<std::string> line_;
    int permitted_ = 0;
    int rejected_ = 0;
    int finished_ = 0;
};

} // namespace

std::unique_ptr<Player> bulkheadPlayer(Vector const& vector) {
    if (vector.dialect == "resilience4j" || vector.dialect == "hystrix_semaphore")
        return std::make_unique<SemaphorePlayer>(vector);
    if (vector.dialect == "resilience4j_threadpool" || vector.dialect == "hystrix_threadpool")
        return std::make_unique<ThreadsPlayer>(vector);
    return nullptr;
}

} // namespace shakedown::replay
