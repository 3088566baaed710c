#include <cmath>

#include "scenarios/checking/call_sites.hpp"
#include "scenarios/checking/codes.hpp"
#include "scenarios/checking/rules.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

constexpr double aboveAll =
    1 + 1e-9; // shares that were written as percents may miss 1 by a rounding

std::string sumText(double sum) {
    return toText(Ratio::of(std::round(sum * 1e6) / 1e6));
}

class Numbers {
public:
    explicit Numbers(Report& report) : report_(report) {}

    void checkRun(RunRules const& run) const {
        if (run.lasts <= Duration()) {
            impossible(run.place, "the run lasts " + toText(run.lasts));
        }
        if (run.warmup >= run.lasts) {
            impossible(run.place,
                       "the warm-up (" + toText(run.warmup) + ") leaves nothing of the run ("
                           + toText(run.lasts) + ")",
                       "nothing would be measured; make 'run.for' longer or 'run.warmup' shorter");
        }
        if (run.replications < 1) {
            impossible(run.place, "there is at least one replication");
        }
    }

    void checkService(Service const& service) const {
        std::string const name = "'" + service.name + "'";
        if (service.workers < 1) {
            impossible(service.place, name + " needs at least one worker");
        }
        if (service.replicas < 0 || (service.cores && *service.cores < 1)) {
            impossible(service.place,
                       name + " cannot have "
                           + (service.replicas < 0 ? "fewer than 0 replicas" : "0 cores"));
        }
        if (service.queue.capacity && *service.queue.capacity < 0) {
            impossible(service.place, "the queue of " + name + " cannot have a negative capacity",
                       "0 means no waiting place");
        }
        checkVersions(service);
        if (service.autoscale && service.autoscale->min > service.autoscale->max) {
            impossible(service.place, "autoscale of " + name + ": min is above max");
        }
        forEachStep(service, [this](Step const& step) {
            std::visit([&](auto const& what) { checkStep(what, step.place); }, step.what);
        });
    }

    void checkLoad(Load const& load) const {
        if (!load.rate && !load.users) {
            report_.add(codes::loadWithoutRate, load.place,
                        "the load '" + load.name + "' asks nothing: 'rate:' or 'users:' is missing",
                        "write 'rate: 100/s', or 'users: 50' and 'think: 1s'");
        }
        double weights = 0;
        for (auto const& entry : load.mix) {
            weights += entry.weight;
        }
        if (!(weights > 0)) {
            impossible(load.place, "the weights of the load '" + load.name + "' add up to 0");
        }
    }

    void checkFault(Fault const& fault, Scenario const& scenario) const {
        auto const* const surge = std::get_if<Surge>(&fault.what);
        Load const* const load =
            surge == nullptr ? nullptr : findLoad(scenario, surge->target.load);
        if (load != nullptr && load->users) {
            impossible(placeOf(load->name, fault.mentions, fault.place),
                       "'surge' changes the rate of an open load; '" + load->name + "' has users",
                       "give the load a rate");
        }
    }

    void checkPolicy(CallPolicy const& policy, std::string const& call, Place const& place) const {
        bool const isLimitUseless = policy.timeout && policy.deadline && !policy.timeout->isNone()
                                    && *policy.timeout > *policy.deadline;
        if (isLimitUseless) {
            report_.add(codes::uselessLimit, place,
                        "'" + call + "': the timeout of one attempt (" + toText(*policy.timeout)
                            + ") is longer than the deadline of all (" + toText(*policy.deadline)
                            + ")",
                        "the timeout never comes into play; make it shorter");
        }
        bool const hasBackoff = policy.retry && policy.retry->backoff;
        if (hasBackoff && policy.retry->backoff->initial && policy.retry->backoff->max
            && *policy.retry->backoff->max < *policy.retry->backoff->initial) {
            impossible(place, "'" + call + "': the longest backoff is below the initial one",
                       "exchange 'max' and 'initial'?");
        }
    }

private:
    void impossible(Place const& place, std::string message, std::string hint = {}) const {
        report_.add(codes::impossibleNumber, place, std::move(message), std::move(hint));
    }

    void checkVersions(Service const& service) const {
        double sum = 0;
        for (auto const& version : service.versions) {
            sum += version.share.value();
        }
        if (sum > aboveAll) {
            impossible(service.place, "the versions of '" + service.name + "' share " + sumText(sum)
                                          + " of the traffic");
        }
    }

    void checkStep(Parallel const& parallel, Place const& place) const {
        int const branches = static_cast<int>(parallel.branches.size());
        if (branches == 0) {
            impossible(place, "'parallel' has no branches");
        } else if (parallel.need && *parallel.need > branches) {
            impossible(place, "'need' is " + std::to_string(*parallel.need)
                                  + ", but there are only " + std::to_string(branches)
                                  + " branches");
        }
    }
    void checkStep(Choose const& choose, Place const& place) const {
        double sum = 0;
        for (auto const& option : choose.options) {
            sum += option.p.value();
        }
        if (sum > aboveAll) {
            impossible(place, "the options of 'choose' add up to " + sumText(sum),
                       "at most 100%; what is left does nothing");
        }
    }
    template <class S>
    void checkStep(S const&, Place const&) const {}

    Report& report_;
};

} // namespace

void checkNumbers(Scenario const& scenario, Report& report) {
    Numbers const numbers(report);
    numbers.checkRun(scenario.run);
    for (auto const& service : scenario.services) {
        numbers.checkService(service);
    }
    for (auto const& load : scenario.loads) {
        numbers.checkLoad(load);
    }
    for (auto const& fault : scenario.faults) {
        numbers.checkFault(fault, scenario);
    }
    for (auto const& rule : scenario.calls) {
        numbers.checkPolicy(rule.policy, toText(rule.name), rule.place);
    }
    for (auto const& site : callSitesOf(scenario)) {
        numbers.checkPolicy(*site.inlined, site.caller + " -> " + site.callee.service, site.place);
    }
}

} // namespace shakedown::checking
