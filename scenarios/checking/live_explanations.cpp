#include "scenarios/checking/explanations.hpp"

namespace shakedown::checking {

std::vector<Explanation> liveExplanations() {
    return {
        {"E701", "No section `live`",
         "A live run must know where the services of the scenario are found, which agents stand "
         "beside them, and what shows that all is well.",
         "live:\n  agents: { staging: \"https://staging.example:8476\" }\n"
         "  services: { orders: { agent: staging } }\n"
         "  probes: { front: { url: \"http://front.example/health\" } }"},
        {"E702", "Cannot be done live",
         "The scenario has a fault or an operation that no agent can do: it is inside a service, "
         "it "
         "concerns more than services, or agents of this release do not do it. Nothing is done "
         "until it is left out by name.",
         "shakedown inject scenario.yaml --skip autos-slow"},
        {"E703", "Where is this service?",
         "A fault names a service, and the section `live` does not say on which agent's host it "
         "is, "
         "or names an agent that is not there. The name of the target in the agent's own "
         "configuration is the name of the service.",
         "live:\n  services: { orders: { agent: staging } }"},
        {"E704", "Not a URL",
         "Probes and live loads ask a URL that begins with http:// or https://. It holds no user "
         "and no password: a scenario is no place for secrets.",
         "url: \"http://127.0.0.1:8080/health\""},
        {"E705", "A live load is a rate",
         "Live load is open: requests are sent when they are due, whether or not earlier ones were "
         "answered. A load of a number of users has no rate by itself.",
         "live:\n  load: { visitors: { url: \"http://front.example/\", rate: 20/s } }"},
        {"E706", "A probe that never asks, or never waits",
         "A probe asks `every` so often and waits `timeout` for an answer; both are above 0.", ""},
        {"E707", "Nothing would be seen",
         "Without a probe and without a load a live run would disturb a system and learn nothing.",
         "live:\n  probes: { front: { url: \"http://front.example/health\" } }"},
        {"E708", "Beyond the limits of the blast",
         "`live.limits` says what the run may touch at most: targets and faults at once, the "
         "length "
         "of a fault. The scenario wants more, so nothing is started.",
         "live:\n  limits: { max_targets: 1, max_duration: 2m, max_faults: 1 }"},
    };
}

} // namespace shakedown::checking
