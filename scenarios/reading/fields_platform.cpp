#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/profile_file.hpp"
#include "scenarios/reading/scalar_kinds.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

// `to: service/endpoint` fills two members.
class ConsumerTargetKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        EndpointName name;
        endpointName().kind->read(node, &name, reading);
        auto& consumer = *static_cast<Consumer*>(value);
        consumer.service = name.service;
        consumer.endpoint = name.endpoint;
    }
    std::optional<Node> write(void const* value) const override {
        auto const& consumer = *static_cast<Consumer const*>(value);
        return Node::scalar(toText(EndpointName{consumer.service, consumer.endpoint}));
    }
    Json schema(Definitions& definitions) const override {
        return endpointName().kind->schema(definitions);
    }
    std::string name() const override { return endpointName().kind->name(); }
};

Of<Consumer> consumerKind() {
    return record<Consumer>(
        {"consumer",
         "Who takes messages from a topic. A bare text is `to`.",
         {wholeField<Consumer>("to", Of<Consumer>{std::make_shared<ConsumerTargetKind>()},
                               "The service, or service/endpoint.", Presence::Required),
          field<&Consumer::concurrency>("concurrency", count(atLeast(1)),
                                        "Messages in work at once."),
          field<&Consumer::prefetch>("prefetch", count(atLeast(1)), "Messages fetched ahead.")},
         "to",
         {},
         nullptr});
}

Of<Projection> projectionKind() {
    return record<Projection>(
        {"projection",
         "A view built from the events of a topic.",
         {field<&Projection::service>("service", nameOf("service"), "The service that serves it.",
                                      Presence::Required),
          field<&Projection::rebuildRate>("rebuild_rate", rate(),
                                          "Events a second when it is built again.")},
         "",
         {},
         nullptr});
}

// A file below the scenario's folder; null, and a finding, if it is not there.
std::optional<std::filesystem::path> resolved(Node const& node, Reading& reading) {
    if (!node.isScalar()) {
        reportShape(node, "a file", reading);
        return std::nullopt;
    }
    auto real = reading.sources.resolve(node.text(), node.file() ? *node.file() : "");
    if (!real) {
        reading.findings.errorIn(node, real.errors().front());
        return std::nullopt;
    }
    return std::move(real).value();
}

class ProfileKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        auto const real = resolved(node, reading);
        if (!real) {
            return;
        }
        std::string const name = reading.sources.nameFromFolder(*real);
        auto profile = readProfile(*real, name);
        if (!profile) {
            reading.findings.errorIn(node, profile.errors().front());
            return;
        }
        *static_cast<Profile*>(value) = std::move(profile).value();
    }
    std::optional<Node> write(void const* value) const override {
        auto const& profile = *static_cast<Profile const*>(value);
        return profile.file.empty() ? std::nullopt : std::optional(Node::scalar(profile.file));
    }
    Json schema(Definitions&) const override { return {{"type", "string"}}; }
    std::string name() const override { return "file"; }
};

Of<Profile> profile() {
    return {std::make_shared<ProfileKind>()};
}

// SimGrid's own file is read by SimGrid; here it must be there.
class PlatformFileKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        auto const real = resolved(node, reading);
        if (!real) {
            return;
        }
        auto& platform = *static_cast<PlatformSection*>(value);
        platform.file = reading.sources.nameFromFolder(*real);
        platform.fileAt = real->string();
    }
    std::optional<Node> write(void const* value) const override {
        auto const& platform = *static_cast<PlatformSection const*>(value);
        return platform.file.empty() ? std::nullopt : std::optional(Node::scalar(platform.file));
    }
    Json schema(Definitions&) const override { return {{"type", "string"}}; }
    std::string name() const override { return "file"; }
};

Of<Host> hostKind() {
    return record<Host>(
        {"host",
         "A machine.",
         {field<&Host::zone>("zone", nameOf("zone"), "Where it stands."),
          field<&Host::speed>("speed", number({1e-6, 1e6}), "1: a second of work takes a second."),
          field<&Host::cores>("cores", count({1, 10'000}), "Its cores."),
          field<&Host::idleWatts>("idle_watts", number({0, 1e6}), "What it draws when idle."),
          field<&Host::busyWatts>("busy_watts", number({0, 1e6}),
                                  "What it draws with all cores busy."),
          field<&Host::speedProfile>("speed_profile", profile(),
                                     "Factors of its speed over time, 'SECONDS FACTOR' a line."),
          field<&Host::stateProfile>("state_profile", profile(),
                                     "When it is down (0) and up (1), 'SECONDS STATE' a line.")},
         "",
         {},
         nullptr});
}

Of<Link> linkKind() {
    return record<Link>(
        {"link",
         "A network link.",
         {field<&Link::between>("between", listOf(nameOf("host or zone"), "hosts or zones"),
                                "What it joins.", Presence::Required),
          field<&Link::bandwidth>("bandwidth", bandwidth(), "What it carries.", Presence::Required),
          field<&Link::latency>("latency", duration(), "Time to cross it, one way."),
          field<&Link::shared>("shared", flag(), "Whether both directions share it."),
          field<&Link::stateProfile>("state_profile", profile(),
                                     "When it is down (0) and up (1), 'SECONDS STATE' a line.")},
         "",
         {},
         nullptr});
}

Of<PlacementRule> placementRuleKind() {
    return record<PlacementRule>(
        {"placement",
         "Where the replicas of one service stand, or where a load comes from. A bare list is "
         "`hosts`.",
         {field<&PlacementRule::hosts>("hosts", listOf(nameOf("host"), "hosts", Single::Allowed),
                                       "The hosts, in turn.", Presence::Required)},
         "hosts",
         {},
         nullptr});
}

} // namespace

Of<Topic> topicKind() {
    static Of<Topic> const kind = record<Topic>(
        {"topic",
         "A queue or stream of messages.",
         {field<&Topic::partitions>("partitions", count({1, 100'000}),
                                    "Parts that are consumed independently."),
          field<&Topic::consumers>("consumers", listOf(consumerKind(), "consumers"),
                                   "Who takes the messages."),
          field<&Topic::visibilityTimeout>(
              "visibility_timeout", duration(NoneWord::Allowed),
              "A message not acknowledged by then is delivered again."),
          field<&Topic::maxDeliveries>("max_deliveries", count(atLeast(1)),
                                       "Deliveries until it is put aside."),
          field<&Topic::deadLetters>("dead_letters", nameOf("topic"),
                                     "The topic for messages put aside."),
          field<&Topic::retention>("retention", duration(NoneWord::Allowed),
                                   "How long messages are kept."),
          field<&Topic::orderByKey>("order_by_key", flag(),
                                    "Whether messages of one key keep their order."),
          field<&Topic::projections>(
              "projections",
              namedMap<&Projection::name>(nameOf("projection"), projectionKind(), "projections"),
              "Views built from it, if it is an event store.")},
         "",
         {},
         nullptr});
    return kind;
}

Of<Discovery> discoveryKind() {
    static Of<Discovery> const kind = record<Discovery>(
        {"discovery",
         "How callers learn which replicas there are.",
         {field<&Discovery::heartbeat>("heartbeat", duration(),
                                       "Time between two signs of life of a replica."),
          field<&Discovery::expiry>("expiry", duration(),
                                    "A replica silent for so long is struck off."),
          field<&Discovery::propagation>("propagation", duration(),
                                         "Time until the registry's change is known everywhere."),
          field<&Discovery::clientCache>("client_cache", duration(),
                                         "How long a caller believes what it knows."),
          field<&Discovery::staleCost>("stale_cost", duration(),
                                       "What a call to a replica that is gone costs.")},
         "",
         {},
         nullptr});
    return kind;
}

Of<PlatformSection> platformKind() {
    static Of<PlatformSection> const kind = record<PlatformSection>(
        {"platform",
         "Machines and networks, simulated by SimGrid.",
         {wholeField<PlatformSection>(
              "file", Of<PlatformSection>{std::make_shared<PlatformFileKind>()},
              "SimGrid's own XML instead of hosts and links; there 1Gf is speed 1."),
          field<&PlatformSection::hosts>(
              "hosts", namedMap<&Host::name>(nameOf("host"), hostKind(), "hosts"), "The machines."),
          field<&PlatformSection::links>(
              "links", namedMap<&Link::name>(nameOf("link"), linkKind(), "links"), "The network."),
          field<&PlatformSection::placement>("placement", word<Placement>(),
                                             "How replicas are placed."),
          field<&PlatformSection::explicitly>(
              "explicitly",
              namedMap<&PlacementRule::service>(nameOf("service or load"), placementRuleKind(),
                                                "placements"),
              "Services and loads whose hosts are named. A load "
              "that is not named comes from outside: its "
              "messages cross no link."),
          field<&PlatformSection::energy>("energy", flag(), "Whether energy is measured.")},
         "",
         {},
         nullptr});
    return kind;
}

} // namespace shakedown::reading
