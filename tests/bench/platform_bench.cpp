// A request on hosts and links: our adapter beside the ideal platform, and beside the same model
// written for SimGrid alone with an actor a request.
#include <cstdio>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <simgrid/s4u.hpp>

#include "reports/summary/summary.hpp"
#include "scenarios/reading/reader.hpp"
#include "sim/run/simulate.hpp"
#include "tests/bench/measured.hpp"

using namespace shakedown;
using namespace shakedown::bench;

namespace s4u = simgrid::s4u;

namespace {

constexpr int hosts = 10;
constexpr int cores = 4;
constexpr double rate = 2000; // a second; half of what ten hosts with four cores can do
constexpr double meanWork = 0.01;
constexpr std::uint64_t requestBytes = 2'000;
constexpr std::uint64_t answerBytes = 20'000;

struct Model {
    bool onMachines = true;
    bool hasSizes = false;
    double seconds = 50;
};

std::string scenarioOf(Model const& model) {
    std::string text = fmt::format(
        "shakedown: 1\nrun: {{ for: {}s, seed: 1 }}\n"
        "services: {{ s: {{ replicas: {}, workers: {}, endpoints: {{ e: [ work: exponential(10ms) "
        "] }} }} }}\n"
        "load: {{ l: {{ to: s, rate: {}/s }} }}\n",
        model.seconds, hosts, model.onMachines ? 1000 : cores, rate);
    if (model.hasSizes)
        text += fmt::format("calls: {{ l -> s: {{ request_size: {}B, response_size: {}B }} }}\n",
                            requestBytes, answerBytes);
    if (!model.onMachines)
        return text;
    text += "platform:\n  hosts:\n    client: { zone: room, cores: 1 }\n";
    std::string placed;
    for (int h = 0; h < hosts; ++h) {
        text += fmt::format("    h{}: {{ zone: room, cores: {} }}\n", h, cores);
        placed += fmt::format("{}h{}", h == 0 ? "" : ", ", h);
    }
    text += "  links: { uplink: { between: [client, room], bandwidth: 10Gbps, latency: 0.1ms } }\n";
    return text + fmt::format("  explicitly: {{ l: [client], s: [{}] }}\n", placed);
}

Done ours(Model const& model) {
    auto read = reading::readText(scenarioOf(model), "bench.yaml");
    if (!read.scenario)
        throw std::runtime_error(read.findings.front().message);
    auto const compiled = run::compileScenario(*read.scenario);
    if (!compiled)
        throw std::runtime_error(compiled.errors().front().message);
    auto const evidence = run::simulate(*read.scenario, compiled.value(), {});
    auto const& plan = compiled.value().plan;
    auto const summary = summary::summarise(*read.scenario, plan.names, compiled.value().demand,
                                            {evidence}, "bench");
    auto const& load = summary.loads.front();
    return {load.offered, evidence.events, load.latency.mean.inMilliseconds(),
            load.latency.p99.inMilliseconds()};
}

// One actor a request, as a SimGrid user would write it.
Done actors(Model const& model) {
    std::vector<std::string> arguments{"bench", "--cfg=network/model:CM02",
                                       "--cfg=network/crosstraffic:no",
                                       "--log=root.thres:critical"};
    std::vector<char*> argv;
    for (auto& argument : arguments)
        argv.push_back(argument.data());
    int argc = static_cast<int>(arguments.size());
    argv.push_back(nullptr);
    s4u::Engine engine(&argc, argv.data());
    auto* const zone = s4u::create_star_zone("room");
    std::vector<s4u::Host*> servers;
    for (int h = 0; h < hosts; ++h)
        servers.push_back(
            zone->create_host("h" + std::to_string(h), 1e9)->set_core_count(cores)->seal());
    auto* const client = zone->create_host("client", 1e9)->seal();
    auto* const link = zone->create_link("uplink", 1.25e9)->set_latency(1e-4)->seal();
    zone->add_route(client->get_netpoint(), nullptr, nullptr, nullptr, {s4u::LinkInRoute(link)},
                    true);
    for (auto* const server : servers) {
        auto* const port = zone->create_link(server->get_name() + " port", 1e15);
        port->seal();
        zone->add_route(server->get_netpoint(), nullptr, nullptr, nullptr, {s4u::LinkInRoute(port)},
                        true);
    }
    zone->seal();

    std::mt19937_64 random(1);
    std::exponential_distribution<double> between(rate);
    std::exponential_distribution<double> work(1 / meanWork);
    Done done;
    double sum = 0;
    s4u::Actor::create("source", client, [&] {
        for (std::uint64_t i = 0; s4u::Engine::get_clock() < model.seconds; ++i) {
            s4u::this_actor::sleep_for(between(random));
            auto* const server = servers[i % servers.size()];
            double const amount = work(random) * 1e9;
            s4u::Actor::create("request", client, [&, server, amount] {
                double const begun = s4u::Engine::get_clock();
                if (model.hasSizes)
                    s4u::Comm::sendto(client, server, requestBytes);
                s4u::Exec::init()->set_flops_amount(amount)->set_host(server)->start()->wait();
                if (model.hasSizes)
                    s4u::Comm::sendto(server, client, answerBytes);
                sum += s4u::Engine::get_clock() - begun;
                ++done.requests;
            });
        }
    });
    engine.run();
    done.events = done.requests;
    done.meanMilliseconds = sum / static_cast<double>(done.requests) * 1e3;
    return done;
}

Cost best(std::function<Done()> const& work) {
    Cost cost = measured(work);
    for (int i = 0; i < 2; ++i)
        cost = cheaper(cost, measured(work));
    return cost;
}

void compare(char const* name, bool hasSizes) {
    auto const ideal = best([&] { return ours({false, hasSizes, 50}); });
    auto const simgrid = best([&] { return ours({true, hasSizes, 50}); });
    auto const alone = best([&] { return actors({true, hasSizes, 50}); });
    auto const line = [&](char const* what, double value, char const* unit) {
        report(fmt::format("{}.{}", name, what).c_str(), value, unit);
    };
    line("ideal", ideal.microsecondsARequest(), "us/request");
    line("simgrid", simgrid.microsecondsARequest(), "us/request");
    line("actors", alone.microsecondsARequest(), "us/request");
    line("actors_over_simgrid", alone.microsecondsARequest() / simgrid.microsecondsARequest(), "x");
    line("simgrid_mean", simgrid.done.meanMilliseconds, "ms");
    line("actors_mean", alone.done.meanMilliseconds, "ms");
}

} // namespace

int main() {
    compare("platform_work", false);
    compare("platform_messages", true);
    return 0;
}
