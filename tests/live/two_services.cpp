#include "tests/live/two_services.hpp"

#include <catch2/catch.hpp>

#include <fstream>

#include <nlohmann/json.hpp>

#include <sys/stat.h>

#include "tests/chaos-agent/system/child.hpp"

namespace shakedown::tests {

TwoServices::TwoServices() : proxy_(freeAddress()), orders_(freeAddress()) {
    auto const target = orders_.target("orders");
    nlohmann::json const config{{"state_directory", (folder_ / "state").string()},
                                {"listen", {{"unix", (folder_ / "agent.sock").string()}}},
                                {"targets",
                                 {{"orders",
                                   {{"address", orders_.address()},
                                    {"pid_file", target.pidFile},
                                    {"proxy", proxy_},
                                    {"start", target.start},
                                    {"faults", {"all"}}}}}}};
    std::ofstream(folder_ / "agent.json") << config.dump(2);
    chmod((folder_ / "agent.json").c_str(), 0600);
    startAgent();
    front_ = std::make_unique<ServiceProcess>(freeAddress(), nullptr, proxy_);
}

TwoServices::~TwoServices() {
    agent_.reset();
    front_.reset();
}

void TwoServices::startAgent() {
    agent_.reset();
    agent_ = std::make_unique<Agent>(Arguments{"--config", (folder_ / "agent.json").string()});
    bool const answers = soon([&] { return status().find("faults") != std::string::npos; });
    INFO(agent_->output());
    REQUIRE(answers);
}

std::string TwoServices::scenario(std::string const& more, std::string const& runFor) const {
    std::string const url = "http://" + front_->address() + "/";
    return folder_.file("live.yaml",
                        "shakedown: 1\n"
                        "name: two services\n"
                        "run: { for: "
                            + runFor
                            + ", seed: 3 }\n"
                              "services:\n"
                              "  front: { endpoints: { page: [ work: 1ms, call: orders ] } }\n"
                              "  orders: { endpoints: { get: [ work: 1ms ] } }\n"
                              "calls:\n"
                              "  \"visitors -> front\": { timeout: 1s }\n"
                              "  \"front -> orders\": { timeout: 500ms }\n"
                              "load:\n"
                              "  visitors: { to: front/page, rate: 50/s }\n"
                              "live:\n"
                              "  agents: { here: \"unix:"
                            + (folder_ / "agent.sock").string()
                            + "\" }\n"
                              "  services: { orders: { agent: here } }\n"
                              "  probes: { front: { url: \""
                            + url
                            + "\", every: 200ms, timeout: 800ms } }\n"
                              "  load: { visitors: \""
                            + url + "\" }\n" + more);
}

Arguments TwoServices::words(std::string const& file, Arguments const& more) const {
    Arguments words{"inject", file, "-o", (folder_ / "run").string(), "--lease", "1s"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

Outcome TwoServices::inject(std::string const& file, Arguments more) const {
    return tests::shakedown(words(file, more), folder_.path());
}

std::string TwoServices::status() const {
    auto const outcome = tests::shakedown(
        {"agent", "--agent", "unix:" + (folder_ / "agent.sock").string(), "status", "--json"},
        folder_.path());
    return outcome.out;
}

int TwoServices::atWork() const {
    auto const json = nlohmann::json::parse(status(), nullptr, false);
    if (json.is_discarded()) {
        return -1;
    }
    int count = 0;
    for (auto const& fault : json.at("faults")) {
        std::string const state = fault.at("state");
        count += state == "reverted" || state == "failed" ? 0 : 1;
    }
    return count;
}

} // namespace shakedown::tests
