#include "reports/summary/summary.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "reports/record/digest.hpp"
#include "reports/verdict/conservation.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::summary {

namespace {

using measure::Outcome;
using verdict::Evidence;

constexpr double confidence = 0.95;

double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}
double ratio(std::uint64_t part, std::uint64_t whole) {
    return ratio(static_cast<double>(part), static_cast<double>(whole));
}

double mean(std::vector<double> const& values) {
    double sum = 0;
    for (double const v : values) {
        sum += v;
    }
    return ratio(sum, static_cast<double>(values.size()));
}

double lengthOf(Evidence const& e) {
    return static_cast<double>(e.windows.at(0).length.count()) / 1e9;
}

Latency latencyOf(measure::Histogram const& h) {
    return {h.mean(),         h.quantile(0.5),   h.quantile(0.9), h.quantile(0.95),
            h.quantile(0.99), h.quantile(0.999), h.max()};
}

void addInterval(LoadSummary& load, std::string of, std::vector<double> const& values) {
    if (auto const interval = measure::meanInterval(values, confidence)) {
        load.intervals.push_back({std::move(of), *interval});
    }
}

measure::Interval inMilliseconds(measure::Interval i) {
    return {i.mean * 1e3, i.low * 1e3, i.high * 1e3, i.method, i.freedom};
}

// The mean latency: over replications, or from batches of the only one.
void addLatencyInterval(LoadSummary& load, std::vector<double> const& means,
                        std::vector<measure::Batch> const* batches) {
    std::optional<measure::Interval> interval = measure::meanInterval(means, confidence);
    if (!interval && batches != nullptr) {
        interval = measure::batchMeansInterval(*batches, confidence);
    }
    if (interval) {
        load.intervals.push_back({"latency_ms.mean", inMilliseconds(*interval)});
    }
}

LoadSummary loadSummary(std::string name, std::size_t i,
                        std::vector<Evidence> const& replications) {
    measure::OutcomeTally all;
    std::vector<double> throughput;
    std::vector<double> goodput;
    std::vector<double> means;
    for (Evidence const& e : replications) {
        auto const& tally = e.loads.at(i).windows.at(0);
        std::uint64_t const answered = tally.of(Outcome::Ok) + tally.of(Outcome::Degraded);
        all.merge(tally);
        throughput.push_back(ratio(static_cast<double>(answered), lengthOf(e)));
        goodput.push_back(ratio(static_cast<double>(tally.good), lengthOf(e)));
        if (!tally.latency.empty()) {
            means.push_back(tally.latency.sumNanoseconds() * 1e-9
                            / static_cast<double>(tally.latency.count()));
        }
    }
    LoadSummary load;
    load.name = std::move(name);
    load.offered = all.offered;
    load.ok = all.of(Outcome::Ok);
    load.degraded = all.of(Outcome::Degraded);
    load.failed = all.of(Outcome::Failed);
    load.rejected = all.of(Outcome::Rejected);
    load.timedOut = all.of(Outcome::TimedOut);
    load.inFlight = all.inFlight();
    load.good = all.good;
    load.throughput = mean(throughput);
    load.goodput = mean(goodput);
    load.errors = ratio(load.failed + load.rejected + load.timedOut, all.ended());
    load.latency = latencyOf(all.latency);
    load.latency.mean = Duration::fromSeconds(mean(means));
    bool const onlyOne = replications.size() == 1 && i < replications[0].batches.size();
    addLatencyInterval(load, means, onlyOne ? &replications[0].batches[i] : nullptr);
    addInterval(load, "throughput_per_s", throughput);
    addInterval(load, "goodput_per_s", goodput);
    return load;
}

ServiceSummary serviceSummary(std::string name, std::size_t i,
                              std::vector<Evidence> const& replications) {
    ServiceSummary service;
    service.name = std::move(name);
    std::vector<double> utilisation;
    std::vector<double> queue;
    std::uint64_t waited = 0;
    for (Evidence const& e : replications) {
        auto const& c = e.windows.at(0).services.at(i);
        utilisation.push_back(ratio(c.busyArea, c.workerArea));
        queue.push_back(ratio(c.queueArea, lengthOf(e)));
        service.queueMax = std::max(service.queueMax, c.queueMax);
        service.arrived += c.arrived;
        service.started += c.started;
        service.finished += c.finished;
        service.failed += c.failed;
        service.rejected += c.rejected;
        service.dropped += c.dropped;
        waited += c.waited;
    }
    service.utilisation = mean(utilisation);
    service.queueMean = mean(queue);
    service.waitProbability = ratio(waited, service.started);
    return service;
}

CallSummary callSummary(std::string name, std::size_t i,
                        std::vector<Evidence> const& replications) {
    CallSummary call;
    call.name = std::move(name);
    double breakerSeconds = 0;
    for (Evidence const& e : replications) {
        auto const& c = e.windows.at(0).calls.at(i);
        call.requests += c.requests;
        call.attempts += c.attempts;
        call.retries += c.retries;
        call.hedges += c.hedges;
        call.timeouts += c.timeouts;
        call.errors += c.errors;
        call.refused += c.refused;
        call.cancelled += c.cancelled;
        call.opened += c.opened;
        call.openSeconds += c.openArea;
        breakerSeconds += c.breakerArea;
    }
    call.amplification = ratio(call.attempts, call.requests);
    call.openShare = ratio(call.openSeconds, breakerSeconds);
    return call;
}

HostSummary hostSummary(std::string name, std::size_t i, record::Names const& names,
                        std::vector<Evidence> const& replications) {
    HostSummary host;
    host.name = std::move(name);
    std::vector<double> utilisation;
    std::vector<double> wanted;
    std::vector<double> joules;
    std::vector<double> usedBy(names.services.size());
    double capacity = 0;
    for (Evidence const& e : replications) {
        auto const& c = e.windows.at(0).hosts.at(i);
        utilisation.push_back(ratio(c.used, c.capacity));
        wanted.push_back(ratio(c.wanted, lengthOf(e)));
        joules.push_back(c.joules);
        capacity += c.capacity;
        for (std::size_t s = 0; s < usedBy.size(); ++s) {
            usedBy[s] += c.usedBy.at(s);
        }
    }
    host.utilisation = mean(utilisation);
    host.wanted = mean(wanted);
    host.joules = mean(joules);
    for (std::size_t s = 0; s < usedBy.size(); ++s) {
        if (usedBy[s] > 0) {
            host.users.push_back({names.services[s], ratio(usedBy[s], capacity)});
        }
    }
    std::stable_sort(host.users.begin(), host.users.end(),
                     [](auto const& a, auto const& b) { return a.share > b.share; });
    return host;
}

LinkSummary linkSummary(std::string name, std::size_t i,
                        std::vector<Evidence> const& replications) {
    LinkSummary link;
    link.name = std::move(name);
    std::vector<double> utilisation;
    std::vector<double> rate;
    for (Evidence const& e : replications) {
        auto const& c = e.windows.at(0).links.at(i);
        utilisation.push_back(ratio(c.carried, c.capacity));
        rate.push_back(ratio(c.carried, lengthOf(e)));
    }
    link.utilisation = mean(utilisation);
    link.bytesPerSecond = mean(rate);
    return link;
}

void addRun(Summary& summary, std::vector<Evidence> const& replications,
            record::Names const& names) {
    std::vector<std::uint64_t> digests;
    for (Evidence const& e : replications) {
        summary.simulatedSeconds = std::max(summary.simulatedSeconds, e.ended.inSeconds());
        summary.events += e.events;
        summary.reason = std::max(summary.reason, e.reason);
        digests.push_back(e.digest);
        for (std::string& fault : verdict::conservationFaults(e, names)) {
            summary.contradictions.push_back(std::move(fault));
        }
    }
    summary.digest = record::combineDigests(digests);
}

// What another run can be compared with.
void keepFigures(Summary& summary, std::vector<Evidence> const& replications) {
    std::size_t const kept = keptReplications(replications.size(), summary.loads.size());
    for (std::size_t r = 0; r < kept; ++r) {
        Evidence const& e = replications[r];
        summary.kept.push_back({e.seed, e.replication});
        for (std::size_t i = 0; i < summary.loads.size(); ++i) {
            summary.loads[i].replications.push_back(
                loadReplication(e.loads.at(i).windows.at(0), lengthOf(e)));
        }
    }
}

} // namespace

Summary summarise(model::Scenario const& scenario, record::Names const& names,
                  verdict::Demand const& demand, std::vector<Evidence> const& replications,
                  std::string platform) {
    require(!replications.empty(), "a run has at least one replication");
    Summary summary;
    summary.scenario = scenario.name;
    summary.file = scenario.file;
    summary.scenarioDigest = scenario.digest;
    summary.about = scenario.about;
    summary.platform = std::move(platform);
    summary.seed = replications.front().seed;
    summary.replications = replications.size();
    addRun(summary, replications, names);
    for (std::size_t i = 0; i < names.loads.size(); ++i) {
        summary.loads.push_back(loadSummary(names.loads[i], i, replications));
        summary.loads.back().tail = tailOf(i, demand, replications);
    }
    keepFigures(summary, replications);
    for (std::size_t i = 0; i < names.services.size(); ++i) {
        summary.services.push_back(serviceSummary(names.services[i], i, replications));
    }
    for (std::size_t i = 0; i < names.calls.size(); ++i) {
        summary.calls.push_back(callSummary(names.calls[i], i, replications));
    }
    for (std::size_t i = 0; i < names.hosts.size(); ++i) {
        summary.hosts.push_back(hostSummary(names.hosts[i], i, names, replications));
    }
    for (std::size_t i = 0; i < names.links.size(); ++i) {
        summary.links.push_back(linkSummary(names.links[i], i, replications));
    }
    summary.expectations = verdict::evaluate(scenario, names, demand, replications);
    summary.cascade = verdict::whatBrokeFirst(replications.front(), names);
    return summary;
}

} // namespace shakedown::summary
