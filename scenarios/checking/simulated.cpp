#include "scenarios/checking/simulated.hpp"

#include <algorithm>
#include <array>

#include "scenarios/checking/call_sites.hpp"
#include "scenarios/checking/codes.hpp"
#include "scenarios/checking/rules.hpp"
#include "scenarios/model/pattern_order.hpp"
#include "scenarios/model/verbs.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

using Places = std::vector<Place>;

template <class T, class Uses>
Places among(std::vector<T> const& list, Uses const& uses) {
    Places places;
    for (auto const& one : list) {
        if (uses(one)) {
            places.push_back(one.place);
        }
    }
    return places;
}

template <class Uses>
Places services(Scenario const& scenario, Uses const& uses) {
    return among(scenario.services, uses);
}

// Whether a call has something only because of its preset.
template <class Uses>
bool isBroughtByPreset(Scenario const& scenario, CallSite const& site, Uses const& uses) {
    CallPolicy const policy = policyAt(scenario, site);
    if (!policy.preset.value_or(std::nullopt)) {
        return false;
    }
    CallPolicy inlined = *site.inlined;
    inlined.preset = PresetChoice();
    CallSite bare = site;
    bare.inlined = &inlined;
    return uses(completed(policy)) && !uses(completed(policyAt(scenario, bare)));
}

bool hasPresets(Scenario const& scenario) {
    auto const says = [](CallPolicy const& p) { return p.preset.has_value(); };
    auto const sites = callSitesOf(scenario);
    return std::any_of(scenario.calls.begin(), scenario.calls.end(),
                       [&](CallRule const& rule) { return says(rule.policy); })
           || std::any_of(sites.begin(), sites.end(),
                          [&](CallSite const& site) { return says(*site.inlined); });
}

// Policies of rules and of call steps, and what presets make of them.
template <class Uses>
Places policies(Scenario const& scenario, Uses const& uses) {
    Places places = among(scenario.calls, [&](CallRule const& rule) { return uses(rule.policy); });
    bool const mayBeBrought = hasPresets(scenario);
    for (auto const& site : callSitesOf(scenario)) {
        bool const isBrought = mayBeBrought && isBroughtByPreset(scenario, site, uses);
        if (uses(*site.inlined) || isBrought) {
            places.push_back(site.place);
        }
    }
    return places;
}

template <class S, class Uses>
Places steps(Scenario const& scenario, Uses const& uses) {
    Places places;
    for (auto const& service : scenario.services) {
        forEachStep(service, [&](Step const& step) {
            auto const* const what = std::get_if<S>(&step.what);
            if (what != nullptr && uses(*what)) {
                places.push_back(step.place);
            }
        });
    }
    return places;
}

template <class F>
Places faults(Scenario const& scenario) {
    return among(scenario.faults,
                 [](Fault const& fault) { return std::holds_alternative<F>(fault.what); });
}

template <class O>
Places operations(Scenario const& scenario) {
    return among(scenario.operations,
                 [](Operation const& one) { return std::holds_alternative<O>(one.what); });
}

Places conditionsWithLag(Scenario const& scenario) {
    return among(scenario.expect, [](Condition const& condition) {
        auto const* const metric = std::get_if<MetricCondition>(&condition.what);
        return metric != nullptr && metric->metric == Metric::Lag;
    });
}

Places resetsOfLinks(Scenario const& scenario) {
    return among(scenario.faults, [](Fault const& fault) {
        auto const* const reset = std::get_if<Reset>(&fault.what);
        return reset != nullptr && !reset->target.link.empty();
    });
}

Places sectionPlace(bool isThere, Place const& place) {
    return isThere ? Places{place} : Places{};
}

using S = Scenario const&;

constexpr std::array table = {
    // Services.
    Unsimulated{
        "E601", "'versions:' of a service",
        [](S s) { return services(s, [](Service const& x) { return !x.versions.empty(); }); }},
    Unsimulated{
        "E603", "'health:' of a service",
        [](S s) { return services(s, [](Service const& x) { return x.health.has_value(); }); }},
    Unsimulated{
        "E604", "'autoscale:' of a service",
        [](S s) { return services(s, [](Service const& x) { return x.autoscale.has_value(); }); }},
    Unsimulated{
        "E605", "'function:' of a service",
        [](S s) { return services(s, [](Service const& x) { return x.function.has_value(); }); }},
    Unsimulated{"E607", "'keys:' of a gateway",
                [](S s) { return services(s, [](Service const& x) { return !x.keys.empty(); }); }},
    Unsimulated{
        "E609", "'api_key:' of a load",
        [](S s) { return among(s.loads, [](Load const& x) { return !x.apiKey.empty(); }); }},
    // Sections and steps.
    Unsimulated{"E610", "a topic",
                [](S s) { return among(s.topics, [](Topic const&) { return true; }); }},
    Unsimulated{"E611", "the step 'publish'",
                [](S s) { return steps<Publish>(s, [](Publish const&) { return true; }); }},
    Unsimulated{
        "E612", "a cache by size and ttl ('hit: 90%' is simulated)",
        [](S s) { return steps<Cache>(s, [](Cache const& x) { return !x.hit.has_value(); }); }},
    Unsimulated{"E613", "'discovery:'",
                [](S s) {
                    return sectionPlace(s.discovery.has_value(),
                                        s.discovery ? s.discovery->place : Place());
                }},
    Unsimulated{"E615", "the metric 'lag'", conditionsWithLag},
    // Patterns of calls.
    Unsimulated{"E628", "this 'order:' of patterns",
                [](S s) {
                    return policies(s, [](CallPolicy const& p) {
                        return p.order && impossibleOrder(*p.order).has_value();
                    });
                }},
    // Targets of faults.
    Unsimulated{"E643", "the fault 'reset' of a link", resetsOfLinks},
    // Faults.
    Unsimulated{"E650", "the fault 'leak'", faults<Leak>},
    Unsimulated{"E651", "the fault 'memory'", faults<Memory>},
    Unsimulated{"E652", "the fault 'io'", faults<Io>},
    Unsimulated{"E653", "the fault 'disk'", faults<Disk>},
    Unsimulated{"E654", "the fault 'cold'", faults<Cold>},
    Unsimulated{"E655", "the fault 'file_descriptors'", faults<FileDescriptors>},
    Unsimulated{"E656", "the fault 'duplicate'", faults<Duplicate>},
    Unsimulated{"E657", "the fault 'reorder'", faults<Reorder>},
    Unsimulated{"E658", "the fault 'corrupt'", faults<Corrupt>},
    Unsimulated{"E660", "the fault 'reject'", faults<Reject>},
    Unsimulated{"E661", "the fault 'slow_close'", faults<SlowClose>},
    Unsimulated{"E662", "the fault 'slice'", faults<Slice>},
    Unsimulated{"E663", "the fault 'limit_data'", faults<LimitData>},
    Unsimulated{"E664", "the fault 'dns'", faults<Dns>},
    Unsimulated{"E665", "the fault 'http'", faults<Http>},
    Unsimulated{"E666", "the fault 'grpc'", faults<Grpc>},
    Unsimulated{"E670", "the fault 'clock'", faults<Clock>},
    Unsimulated{"E671", "the fault 'expired_certificate'", faults<ExpiredCertificate>},
    Unsimulated{"E672", "the fault 'bad_deploy'", faults<BadDeploy>},
    Unsimulated{"E673", "the fault 'poison_message'", faults<PoisonMessage>},
    Unsimulated{"E674", "the fault 'lost_heartbeats'", faults<LostHeartbeats>},
    // Operations.
    Unsimulated{"E680", "the operation 'deploy'", operations<Deploy>},
    Unsimulated{"E681", "the operation 'repave'", operations<Repave>},
    Unsimulated{"E682", "the operation 'rotate'", operations<Rotate>},
    Unsimulated{"E683", "the operation 'replay'", operations<ReplayEvents>},
};

} // namespace

std::span<Unsimulated const> unsimulated() {
    return table;
}

void checkSimulated(Scenario const& scenario, Report& report) {
    for (auto const& row : unsimulated()) {
        for (auto const& place : row.uses(scenario)) {
            report.add(row.code, place, std::string(row.feature) + " is not simulated yet",
                       "the file is right, but this release cannot run it; leave it out, or check "
                       "it only");
        }
    }
    if (scenario.loads.empty()) {
        report.add(codes::nothingToRun, {scenario.file, 1, 1},
                   "nobody asks anything: the scenario has no load",
                   "write 'load: { visitors: { to: SERVICE, rate: 100/s } }'");
    }
}

} // namespace shakedown::checking
