#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "scenarios/checking/codes.hpp"
#include "scenarios/checking/rules.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

class Platforms {
public:
    Platforms(Scenario const& scenario, Report& report) : scenario_(scenario), report_(report) {}

    void check() const {
        if (scenario_.platform) {
            check(*scenario_.platform);
        }
        for (auto const& rule : scenario_.calls) {
            checkSizes(rule);
        }
    }

private:
    void check(PlatformSection const& platform) const {
        bool const hasFile = !platform.file.empty();
        if (!hasFile && platform.hosts.empty()) {
            impossible(platform.place, "the platform has no hosts",
                       "write 'hosts: { a: { cores: 4 } }' or 'file: platform.xml'");
        }
        if (hasFile && !(platform.hosts.empty() && platform.links.empty())) {
            impossible(platform.place, "a platform has a file or hosts and links, not both");
        }
        std::set<std::string> zones;
        for (auto const& host : platform.hosts) {
            zones.insert(host.zone);
        }
        for (auto const& host : platform.hosts) {
            if (zones.contains(host.name)) {
                impossible(host.place, "'" + host.name + "' is a host and a zone",
                           "links name both, so the names must differ");
            }
        }
        for (auto const& link : platform.links) {
            check(link);
        }
        checkPairs(platform.links);
        for (auto const& service : scenario_.services) {
            check(service, zones, hasFile);
        }
    }

    void check(Link const& link) const {
        std::set<std::string> const ends(link.between.begin(), link.between.end());
        if (ends.size() < 2) {
            impossible(link.place, "the link '" + link.name + "' joins nothing",
                       "'between' names at least two hosts or zones");
        }
    }

    void checkPairs(std::vector<Link> const& links) const {
        std::map<std::pair<std::string, std::string>, std::string> joined;
        for (auto const& link : links) {
            std::set<std::string> const ends(link.between.begin(), link.between.end());
            for (auto a = ends.begin(); a != ends.end(); ++a) {
                for (auto b = std::next(a); b != ends.end(); ++b) {
                    auto const [first, isNew] = joined.try_emplace({*a, *b}, link.name);
                    if (!isNew) {
                        impossible(link.place,
                                   "'" + link.name + "' joins '" + *a + "' and '" + *b
                                       + "', and so does '" + first->second + "'",
                                   "messages take one way; give one of the two another end, or the "
                                   "bandwidth of both to one");
                    }
                }
            }
        }
    }

    void check(Service const& service, std::set<std::string> const& zones, bool hasFile) const {
        if (service.cores) {
            impossible(service.place,
                       "'" + service.name + "' has cores, and so have the hosts it stands on",
                       "with a platform the replicas of a host share its cores; leave 'cores' of "
                       "the service out");
        }
        for (auto const& zone : service.zones) {
            if (!hasFile && !zones.contains(zone)) {
                impossible(service.place, "'" + service.name + "' stands in zone '" + zone
                                              + "', where the platform has no host");
            }
        }
    }

    void checkSizes(CallRule const& rule) const {
        CallPolicy const& policy = rule.policy;
        bool const hasSize = policy.requestSize || policy.responseSize;
        bool const isCarried = scenario_.platform || anyBandwidth();
        if (hasSize && !isCarried) {
            report_.add(codes::sizeWithoutWay, rule.place,
                        "the sizes of '" + toText(rule.name) + "' change nothing here",
                        "give the call a 'bandwidth:', or the scenario a 'platform:'");
        }
    }

    // Rules merge, and a fault may limit the way, so any bandwidth will do.
    bool anyBandwidth() const {
        return std::any_of(scenario_.calls.begin(), scenario_.calls.end(),
                           [](CallRule const& r) { return r.policy.bandwidth.has_value(); })
               || std::any_of(scenario_.faults.begin(), scenario_.faults.end(), [](Fault const& f) {
                      return std::holds_alternative<BandwidthFault>(f.what);
                  });
    }

    void impossible(Place const& place, std::string message, std::string hint = {}) const {
        report_.add(codes::impossiblePlatform, place, std::move(message), std::move(hint));
    }

    Scenario const& scenario_;
    Report& report_;
};

} // namespace

void checkPlatform(Scenario const& scenario, Report& report) {
    Platforms(scenario, report).check();
}

} // namespace shakedown::checking
