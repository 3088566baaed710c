#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/scalar_kinds.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

void onlyOneOf(std::string const& a, std::string const& b, Node const& map, Reading& reading) {
    if (map.find(a) != nullptr && map.find(b) != nullptr) {
        reading.findings.error(codes::contradictingKeys, map.entry(b)->key.place(),
                               "'" + a + "' and '" + b + "' say the same", "keep one of them");
    }
}

Of<QueueRules> queueKind() {
    return record<QueueRules>(
        {"queue",
         "Where requests wait for a worker. A bare number is the capacity.",
         {field<&QueueRules::capacity>(
              "capacity", orWord(count(), "unbounded"),
              "Waiting places, the requests in service not counted; 0 means none. "
              "Unbounded if not said."),
          field<&QueueRules::order>("order", word<QueueOrder>(), "Which of the waiting goes next."),
          field<&QueueRules::maxWait>("max_wait", duration(NoneWord::Allowed),
                                      "A request that has waited so long is refused."),
          field<&QueueRules::drop>(
              "drop", word<Drop>(),
              "What is thrown away when its turn comes: what is past its deadline "
              "(expired), or also what cannot finish in time (hopeless)."),
          field<&QueueRules::target>("target", duration(), "CoDel: the waiting time it aims at."),
          field<&QueueRules::interval>(
              "interval", duration(),
              "CoDel and adaptive_lifo: how long the queue must stay long.")},
         "capacity",
         {},
         nullptr});
}

Of<Endpoint> endpointKind() {
    return record<Endpoint>(
        {"endpoint",
         "What a service offers. A bare list is its steps.",
         {field<&Endpoint::idempotent>("idempotent", flag(),
                                       "Whether it may be tried again without harm."),
          field<&Endpoint::priority>("priority", count(anyNumber()),
                                     "Higher goes first where the queue's order is priority."),
          field<&Endpoint::steps>("steps", stepsKind(), "What a request does, in order.")},
         "steps",
         {},
         nullptr});
}

Of<std::vector<Endpoint>> endpointsKind() {
    return namedMap<&Endpoint::name>(nameOf("endpoint"), endpointKind(), "endpoints");
}

Of<Version> versionKind() {
    return record<Version>(
        {"version",
         "One of several versions of a service that run side by side.",
         {field<&Version::share>("share", share(), "Its share of the traffic."),
          field<&Version::endpoints>("endpoints", endpointsKind(),
                                     "Endpoints that differ from the service's own."),
          field<&Version::speaks>("speaks", listOf(text(), "contract versions", Single::Allowed),
                                  "Contract versions it answers."),
          field<&Version::understands>("understands",
                                       listOf(text(), "contract versions", Single::Allowed),
                                       "Contract versions it can call.")},
         "",
         {},
         nullptr});
}

Of<Shards> shardsKind() {
    return record<Shards>(
        {"shards",
         "How the service's data is partitioned by key.",
         {field<&Shards::by>("by", word<ShardKind>(), "By hash or by ranges of keys."),
          field<&Shards::count>("count", count(atLeast(1)), "How many, by hash."),
          field<&Shards::ranges>("ranges", listOf(text(), "ranges"),
                                 "Ranges such as a-m and n-z.")},
         "",
         {},
         nullptr});
}

Of<HealthCheck> healthCheckKind() {
    return record<HealthCheck>(
        {"health check",
         "How it is found out whether a replica is well.",
         {field<&HealthCheck::every>("every", duration(), "Time between two checks."),
          field<&HealthCheck::timeout>("timeout", duration(),
                                       "A check without an answer by then has failed."),
          field<&HealthCheck::unhealthyAfter>("unhealthy_after", count(atLeast(1)),
                                              "Failures in a row until it counts as ill."),
          field<&HealthCheck::healthyAfter>("healthy_after", count(atLeast(1)),
                                            "Successes in a row until it counts as well."),
          field<&HealthCheck::check>("check", stepsKind(),
                                     "What the check does; a call in it makes it deep.")},
         "",
         {},
         nullptr});
}

Of<Health> healthKind() {
    return record<Health>({"health",
                           "Liveness and readiness checks.",
                           {field<&Health::liveness>("liveness", healthCheckKind(),
                                                     "A replica that fails it is restarted."),
                            field<&Health::readiness>("readiness", healthCheckKind(),
                                                      "A replica that fails it gets no requests.")},
                           "",
                           {},
                           nullptr});
}

Of<Autoscale> autoscaleKind() {
    return record<Autoscale>(
        {"autoscale",
         "Replicas follow the load, by the formula of Kubernetes.",
         {field<&Autoscale::utilisation>("utilisation", share(),
                                         "The busy share of workers it aims at."),
          field<&Autoscale::concurrency>("concurrency", number(),
                                         "The requests in service per replica it aims at."),
          field<&Autoscale::min>("min", count(), "Fewest replicas."),
          field<&Autoscale::max>("max", count(atLeast(1)), "Most replicas."),
          field<&Autoscale::every>("every", duration(), "Time between two decisions."),
          field<&Autoscale::tolerance>("tolerance", share(),
                                       "A smaller deviation from the aim changes nothing."),
          field<&Autoscale::stabilisationUp>("stabilisation_up", duration(),
                                             "Scaling up takes the lowest wish of this time."),
          field<&Autoscale::stabilisationDown>(
              "stabilisation_down", duration(),
              "Scaling down takes the highest wish of this time.")},
         "",
         {},
         nullptr});
}

Of<FunctionRules> functionKind() {
    return record<FunctionRules>(
        {"function",
         "A serverless function: instances come with the requests.",
         {field<&FunctionRules::coldStart>("cold_start", varying(),
                                           "Time until a new instance serves."),
          field<&FunctionRules::idleTimeout>("idle_timeout", duration(NoneWord::Allowed),
                                             "An instance idle for so long is removed."),
          field<&FunctionRules::maxConcurrency>("max_concurrency", count(atLeast(1)),
                                                "Most instances at once."),
          field<&FunctionRules::burst>("burst", count(atLeast(1)),
                                       "Instances that may start at once.")},
         "",
         {},
         nullptr});
}

Of<ServerLimit> limitKind() {
    return record<ServerLimit>(
        {"limit",
         "Protection on the server's side.",
         {field<&ServerLimit::rate>("rate", rate(), "Requests above this rate are refused."),
          field<&ServerLimit::burst>("burst", count(atLeast(1)),
                                     "Requests let through at once before the rate counts."),
          field<&ServerLimit::concurrency>("concurrency", word<ConcurrencyLimit>(),
                                           "How the limit of requests in service is found."),
          field<&ServerLimit::limit>("limit", count(atLeast(1)), "The limit, or where it begins."),
          field<&ServerLimit::priorities>("priorities", listOf(count(anyNumber()), "priorities"),
                                          "Priorities in the order they are shed.")},
         "",
         {},
         nullptr});
}

Of<ApiKey> apiKeyKind() {
    return record<ApiKey>(
        {"api key",
         "What a gateway lets one API key do.",
         {field<&ApiKey::rate>("rate", rate(), "Most requests of this key."),
          field<&ApiKey::quota>("quota", count(), "Requests of this key in the whole run.")},
         "",
         {},
         nullptr});
}

// `zone: a` is short for `zones: [a]`; it is never written.
class ZoneKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        std::string zone;
        inner_.kind->read(node, &zone, reading);
        *static_cast<std::vector<std::string>*>(value) = {zone};
    }
    std::optional<Node> write(void const*) const override { return std::nullopt; }
    Json schema(Definitions& definitions) const override {
        return inner_.kind->schema(definitions);
    }
    std::string name() const override { return inner_.kind->name(); }

private:
    Of<std::string> inner_ = nameOf("zone");
};

} // namespace

Of<Service> serviceKind() {
    static Of<Service> const kind = record<Service>(
        {"service",
         "One part of the system, in one or more replicas.",
         {field<&Service::kind>("kind", word<ServiceKind>(),
                                "What it is, for pictures and defaults."),
          field<&Service::replicas>("replicas", count({0, 100'000}),
                                    "Copies that run, each with its own queue and workers."),
          field<&Service::workers>("workers", count({1, 1'000'000}),
                                   "Requests in service at once, per replica (a thread each)."),
          field<&Service::cores>("cores", count({1, 1'000'000}),
                                 "Own work shares these cores; one per worker if not said."),
          field<&Service::async>("async", flag(),
                                 "Whether a worker is given back while a call is awaited."),
          field<&Service::queue>("queue", queueKind(), "Where requests wait for a worker."),
          field<&Service::endpoints>(
              "endpoints", endpointsKind(),
              "What it offers. A service with one endpoint can be called by its name alone."),
          field<&Service::versions>(
              "versions", namedMap<&Version::name>(nameOf("version"), versionKind(), "versions"),
              "Versions that run side by side."),
          field<&Service::shards>("shards", shardsKind(), "Partition by key."),
          field<&Service::zones>("zone", Of<std::vector<std::string>>{std::make_shared<ZoneKind>()},
                                 "Where all its replicas stand."),
          field<&Service::zones>("zones", listOf(nameOf("zone"), "zones"),
                                 "Where its replicas stand, in turn."),
          field<&Service::owner>("owner", text(), "The team that answers for it."),
          field<&Service::about>("about", text(), "What it is for."),
          field<&Service::runbook>("runbook", text(), "The page a person reads when it fails."),
          field<&Service::start>("start", varying(), "Time until a started replica is ready."),
          field<&Service::stop>("stop", duration(NoneWord::Allowed),
                                "Grace period on a stop: what it holds may finish."),
          field<&Service::health>("health", healthKind(), "Liveness and readiness."),
          field<&Service::autoscale>("autoscale", autoscaleKind(),
                                     "Replicas that follow the load."),
          field<&Service::function>("function", functionKind(),
                                    "Serverless: instances that come with requests."),
          field<&Service::limit>("limit", limitKind(), "Protection on the server's side."),
          field<&Service::keys>(
              "keys", namedMap<&ApiKey::name>(nameOf("api key"), apiKeyKind(), "API keys"),
              "A gateway's rate and quota per API key.")},
         "",
         [](void*, Node const& map, Reading& reading) { onlyOneOf("zone", "zones", map, reading); },
         nullptr});
    return kind;
}

} // namespace shakedown::reading
