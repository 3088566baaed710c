#include "gui/inspector/knobs.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::gui {

namespace {

constexpr double widest = 1000; // from the value to the end of its slider
constexpr int digits = 3;

double rounded(double value) {
    if (value == 0)
        return 0;
    double const unit = std::pow(10, std::floor(std::log10(std::abs(value))) - (digits - 1));
    return std::round(value / unit) * unit;
}

// Collects knobs under one path.
class Collector {
public:
    explicit Collector(bool onlySet) : onlySet_(onlySet) {}

    void under(QString path, QString prefix) {
        path_ = std::move(path);
        prefix_ = std::move(prefix);
    }
    void time(QString const& key, QString const& label, std::optional<Duration> value,
              Duration unset, QString const& about) {
        bool const isSet = value && !value->isNone();
        add(key, label, about, Measure::Seconds, (isSet ? *value : unset).inSeconds(), 0.001,
            isSet);
    }
    void count(QString const& key, QString const& label, std::optional<int> value, int unset,
               QString const& about) {
        add(key, label, about, Measure::Count, value.value_or(unset), 1, value.has_value());
    }
    void share(QString const& key, QString const& label, std::optional<Ratio> value, double unset,
               QString const& about) {
        add(key, label, about, Measure::Share, value ? value->value() : unset, 0.01,
            value.has_value());
    }
    void rate(QString const& key, QString const& label, double perSecond, QString const& about) {
        add(key, label, about, Measure::PerSecond, perSecond, 0.1, true);
    }
    std::vector<Knob> take() { return std::move(knobs_); }

private:
    void add(QString const& key, QString const& label, QString const& about, Measure measure,
             double value, double least, bool isSet) {
        if (onlySet_ && !isSet)
            return;
        bool const isShare = measure == Measure::Share;
        double const most =
            isShare ? std::max(1.0, value)
                    : std::max(value * (measure == Measure::Count ? 10 : 30), least * 10);
        knobs_.push_back({path_ + "." + key, prefix_ + label, about, measure, value,
                          std::max(std::min(least, value), isShare ? 0 : most / widest / widest),
                          most, isSet});
    }

    bool onlySet_;
    QString path_;
    QString prefix_;
    std::vector<Knob> knobs_;
};

void addCall(Collector& to, model::CallPolicy const& policy) {
    to.time("timeout", "timeout", policy.timeout, Duration::seconds(30),
            "how long one attempt may take");
    if (policy.deadline && !policy.deadline->isNone())
        to.time("deadline", "deadline", policy.deadline, Duration::seconds(60),
                "how long all attempts together may take");
    auto const retry = policy.retry.value_or(model::Retry{});
    to.count("retry.attempts", "attempts", retry.off ? std::nullopt : retry.attempts, 1,
             "attempts, the first included");
    if (retry.backoff && retry.backoff->initial)
        to.time("retry.backoff.initial", "first wait", retry.backoff->initial,
                Duration::milliseconds(100), "before the first retry");
    if (retry.budget && retry.budget->ratio)
        to.share("retry.budget.ratio", "retry budget", retry.budget->ratio, 0.2,
                 "retries for each request, over ten seconds");
    if (policy.circuitBreaker && !policy.circuitBreaker->off) {
        auto const& breaker = *policy.circuitBreaker;
        to.share("circuit_breaker.failure_rate", "breaker opens at", breaker.failureRate, 0.5,
                 "share of failed calls from which the breaker opens");
        to.time("circuit_breaker.open_for", "breaker stays open", breaker.openFor,
                Duration::seconds(60), "before it lets a few calls through to look");
    }
    if (policy.bulkhead && !policy.bulkhead->off) {
        if (policy.bulkhead->threads)
            to.count("bulkhead.threads", "bulkhead threads", policy.bulkhead->threads, 10,
                     "threads that this call may hold");
        else
            to.count("bulkhead.max_concurrent", "bulkhead", policy.bulkhead->maxConcurrent, 25,
                     "calls under way at once");
    }
    if (policy.rateLimit && !policy.rateLimit->off && policy.rateLimit->rate)
        to.rate("rate_limit.rate", "rate limit", policy.rateLimit->rate->perSecond(),
                "calls a second that are let through");
    if (policy.hedge && !policy.hedge->off && policy.hedge->after)
        if (auto const* after = std::get_if<Duration>(&*policy.hedge->after))
            to.time("hedge.after", "hedge after", *after, *after,
                    "a second attempt is sent when the first takes so long");
}

void addService(Collector& to, model::Service const& service) {
    to.count("replicas", "replicas", service.replicas, 1, "instances");
    to.count("workers", "workers", service.workers, 16, "requests that a replica serves at once");
    to.count("queue.capacity", "queue", service.queue.capacity, 100, "waiting places of a replica");
    if (!service.queue.maxWait.isNone())
        to.time("queue.max_wait", "longest wait", service.queue.maxWait, Duration::seconds(1),
                "in the queue, before a request is refused");
}

void addLoad(Collector& to, model::Load const& load) {
    if (load.rate)
        if (auto const* constant = std::get_if<model::ConstantRate>(&*load.rate))
            to.rate("rate", "rate", constant->rate.perSecond(), "requests a second");
    if (load.users)
        to.count("users", "users", load.users, 1, "who ask again when they were answered");
}

} // namespace

std::vector<Knob> knobsOf(model::Scenario const& scenario, QString const& subject) {
    bool const isAll = subject.isEmpty();
    Collector collector(isAll);
    auto const prefix = [&](std::string const& name) {
        return isAll ? QString::fromStdString(name) + ": " : QString();
    };
    for (auto const& load : scenario.loads) {
        if (!isAll && subject.toStdString() != load.name)
            continue;
        collector.under("load." + QString::fromStdString(load.name), prefix(load.name));
        addLoad(collector, load);
    }
    if (isAll) {
        for (auto const& rule : scenario.calls) {
            collector.under("calls." + QString::fromStdString(model::toText(rule.name)),
                            prefix(model::toText(rule.name)));
            addCall(collector, rule.policy);
        }
    } else if (auto const arrow = subject.indexOf(" -> "); arrow > 0) {
        std::string const caller = subject.left(arrow).toStdString();
        bool const isLoad = model::findLoad(scenario, caller) != nullptr;
        collector.under("calls." + subject, {});
        addCall(collector, model::resolveCall(scenario.calls, caller, isLoad,
                                              {subject.mid(arrow + 4).toStdString(), {}}, {}));
    }
    for (auto const& service : scenario.services) {
        if (!isAll && subject.toStdString() != service.name)
            continue;
        collector.under("services." + QString::fromStdString(service.name), prefix(service.name));
        addService(collector, service);
    }
    return collector.take();
}

int placeOf(Knob const& knob, double value, int steps) {
    double const clamped = std::clamp(value, knob.least, knob.most);
    double const share = knob.measure == Measure::Share
                             ? (clamped - knob.least) / (knob.most - knob.least)
                             : std::log(clamped / knob.least) / std::log(knob.most / knob.least);
    return static_cast<int>(std::lround(share * steps));
}

double valueAt(Knob const& knob, int place, int steps) {
    double const share = std::clamp(place / static_cast<double>(steps), 0.0, 1.0);
    if (knob.measure == Measure::Share)
        return std::round((knob.least + share * (knob.most - knob.least)) * 100) / 100;
    double const value = knob.least * std::pow(knob.most / knob.least, share);
    return knob.measure == Measure::Count ? std::max(1.0, std::round(value)) : rounded(value);
}

QString textOf(Measure measure, double value) {
    auto const number = [](double x) { return QString::number(x, 'g', 6); };
    switch (measure) {
    case Measure::Seconds:
        return value >= 1      ? number(value) + "s"
               : value >= 1e-3 ? number(value * 1e3) + "ms"
                               : number(value * 1e6) + "us";
    case Measure::Count:
        return QString::number(std::llround(value));
    case Measure::Share:
        return number(value * 100) + "%";
    case Measure::PerSecond:
        break;
    }
    return number(value) + "/s";
}

} // namespace shakedown::gui
