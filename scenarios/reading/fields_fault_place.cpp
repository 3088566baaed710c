#include "scenarios/reading/fault_tables.hpp"
#include "scenarios/reading/scalar_kinds.hpp"

namespace shakedown::reading {

using namespace model;

namespace {

// A fault with one key for its target, which must be there.
template <class F>
Alternative placeFault(std::string sentence, Field target, std::vector<Field> rows = {}) {
    target.presence = Presence::Required;
    return fault<F>(std::move(sentence), joined({std::move(target)}, std::move(rows)));
}

template <class F>
Alternative serviceFault(std::string sentence, std::vector<Field> rows = {}) {
    auto target = serviceTarget<&F::target>();
    target.front().presence = Presence::Required;
    return fault<F>(std::move(sentence), joined(std::move(target), std::move(rows)));
}

std::vector<Alternative> protocolFaults() {
    return {
        fault<Http>(
            "HTTP requests are disturbed.",
            joined(callTarget<&Http::target>(),
                   {field<&Http::abort>("abort", count({100, 599}),
                                        "Answered with this status at once."),
                    field<&Http::delay>("delay", varying(), "Held back so long."),
                    field<&Http::method>("method", text(), "Only requests with this method."),
                    field<&Http::path>("path", text(), "Only requests whose path begins so."),
                    field<&Http::header>("header", text(),
                                         "A header set in the answer, 'Name: value'."),
                    field<&Http::body>("body", text(), "The answer's body instead."),
                    field<&Http::share>("share", share(), "Share of requests."),
                    field<&Http::first>("first", count(atLeast(1)),
                                        "Only the first so many requests.")}),
            needsOneOf(callTargets())),
        fault<Grpc>("gRPC calls fail.",
                    joined(callTarget<&Grpc::target>(),
                           {field<&Grpc::status>("status", count({1, 16}),
                                                 "The gRPC status; 14 is UNAVAILABLE."),
                            field<&Grpc::share>("share", share(), "Share of calls.")}),
                    needsOneOf(callTargets())),
    };
}

std::vector<Alternative> outages() {
    using T = Target;
    return {
        placeFault<ZoneOutage>(
            "Everything in a zone is down.",
            field<&ZoneOutage::target, &T::zone>("zone", nameOf("zone"), "The zone.")),
        placeFault<HostDown>(
            "A host is down, with all that stands on it.",
            field<&HostDown::target, &T::host>("host", nameOf("host"), "The host.")),
        placeFault<LinkDown>(
            "A link of the platform is down.",
            field<&LinkDown::target, &T::link>("link", nameOf("link"), "The link.")),
        fault<BrownOut>("Hosts are slower than they should be, for all that stands on them.",
                        {field<&BrownOut::target, &T::host>("host", nameOf("host"), "The host."),
                         field<&BrownOut::target, &T::zone>("zone", nameOf("zone"),
                                                            "Every host of this zone instead."),
                         field<&BrownOut::speed>("speed", share(), "What is left of its speed.")},
                        needsOneOf({"host", "zone"})),
        serviceFault<Clock>(
            "Clocks go wrong.",
            {field<&Clock::skew>("skew", duration(NoneWord::Refused, anyNumber()),
                                 "How far ahead; negative is behind.", Presence::Required)}),
        serviceFault<ExpiredCertificate>("Its certificate has expired: new connections fail."),
        serviceFault<BadDeploy>(
            "A deployment brings a bad version.",
            {field<&BadDeploy::share>("share", share(), "Share of requests that fail."),
             field<&BadDeploy::factor>("factor", number(), "Scales its work."),
             field<&BadDeploy::action>("action", text(),
                                       "Live: an action named in the agent's configuration.")}),
    };
}

// `surge` without a number would do nothing.
void checkSurge(void*, Node const& map, Reading& reading) {
    if (map.find("factor") == nullptr && map.find("add") == nullptr) {
        reading.findings.error(codes::missingKey, map.place(), "'surge' needs 'factor:' or 'add:'",
                               "factor: 3");
    }
}

std::vector<Alternative> surges() {
    using T = Target;
    return {
        fault<Surge>("An open load asks more.",
                     {field<&Surge::target, &T::load>("load", nameOf("load"), "The load.",
                                                      Presence::Required),
                      field<&Surge::factor>("factor", number(), "Multiplies its rate."),
                      field<&Surge::add>("add", rate(), "Added to its rate.")},
                     checkSurge),
        placeFault<PoisonMessage>(
            "A message that no consumer can digest.",
            field<&PoisonMessage::target, &T::topic>("topic", nameOf("topic"), "The topic.")),
        serviceFault<LostHeartbeats>("Its heartbeats are lost, though it is well."),
    };
}

template <class T>
void append(std::vector<T>& list, std::vector<T> more) {
    std::move(more.begin(), more.end(), std::back_inserter(list));
}

} // namespace

std::vector<Alternative> otherFaults() {
    auto faults = protocolFaults();
    append(faults, outages());
    append(faults, surges());
    return faults;
}

std::vector<Alternative> joinedFaults() {
    auto faults = processFaults();
    append(faults, networkFaults());
    append(faults, otherFaults());
    return faults;
}

} // namespace shakedown::reading
