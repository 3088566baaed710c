#include "tests/sim/platform/simgrid/plain_simgrid.hpp"

#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

#include <simgrid/Exception.hpp>
#include <simgrid/s4u.hpp>

namespace shakedown::tests::plain {

namespace s4u = simgrid::s4u;

namespace {

using Times = std::vector<double>;

// SimGrid has one engine a process.
Times apart(std::size_t count, std::function<void(Times&)> const& program) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const out(std::tmpfile(), &std::fclose);
    std::fflush(nullptr);
    pid_t const child = fork();
    Times times(count, never);
    if (child == 0) {
        program(times);
        std::fwrite(times.data(), sizeof(double), count, out.get());
        std::fflush(out.get());
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    std::rewind(out.get());
    bool const isWhole = std::fread(times.data(), sizeof(double), count, out.get()) == count;
    if (status != 0 || !isWhole)
        throw std::runtime_error("the plain SimGrid program failed");
    return times;
}

std::unique_ptr<s4u::Engine> engine() {
    static std::vector<std::string> arguments{"plain", "--cfg=network/model:CM02",
                                              "--cfg=network/crosstraffic:no",
                                              "--log=root.thres:critical"};
    static std::vector<char*> argv;
    for (auto& argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);
    int argc = static_cast<int>(arguments.size());
    return std::make_unique<s4u::Engine>(&argc, argv.data());
}

s4u::Host* aHost(s4u::NetZone* zone, char const* name, int cores, double speed) {
    return zone->create_host(name, speed * 1e9)->set_core_count(cores)->seal();
}

} // namespace

Times sharedHost(int cores, double speed, std::vector<Request> const& requests) {
    return apart(requests.size(), [&](Times& times) {
        auto const e = engine();
        auto* const zone = s4u::create_full_zone("zone");
        auto* const host = aHost(zone, "host", cores, speed);
        zone->seal();
        for (std::size_t i = 0; i < requests.size(); ++i)
            s4u::Actor::create("request", host, [&, i] {
                s4u::this_actor::sleep_until(requests[i].at);
                s4u::this_actor::execute(requests[i].work * 1e9);
                times[i] = s4u::Engine::get_clock();
            });
        e->run();
    });
}

Times failingHost(int cores, std::vector<Request> const& requests, double off, double on) {
    return apart(requests.size(), [&](Times& times) {
        auto const e = engine();
        auto* const zone = s4u::create_full_zone("zone");
        auto* const outside = aHost(zone, "outside", 1000, 1);
        auto* const host = aHost(zone, "host", cores, 1);
        zone->seal();
        for (std::size_t i = 0; i < requests.size(); ++i)
            s4u::Actor::create("request", outside, [&, i] {
                s4u::this_actor::sleep_until(requests[i].at);
                if (!host->is_on())
                    return;
                try {
                    s4u::Exec::init()
                        ->set_flops_amount(requests[i].work * 1e9)
                        ->set_host(host)
                        ->start()
                        ->wait();
                    times[i] = s4u::Engine::get_clock();
                } catch (simgrid::HostFailureException const&) {
                }
            });
        s4u::Actor::create("switch", outside, [&] {
            s4u::this_actor::sleep_until(off);
            host->turn_off();
            s4u::this_actor::sleep_until(on);
            host->turn_on();
        });
        e->run();
    });
}

Times sharedLink(Line const& line, std::vector<Request> const& requests, double changesAt,
                 double then) {
    return apart(requests.size(), [&](Times& times) {
        auto const e = engine();
        auto* const zone = s4u::create_full_zone("zone");
        auto* const client = aHost(zone, "client", 1000, 1);
        auto* const server = aHost(zone, "server", 1000, 1);
        auto* const link =
            zone->create_link("link", line.bytesPerSecond)->set_latency(line.latency)->seal();
        zone->add_route(client->get_netpoint(), server->get_netpoint(), nullptr, nullptr,
                        {s4u::LinkInRoute(link)}, true);
        zone->seal();
        for (std::size_t i = 0; i < requests.size(); ++i)
            s4u::Actor::create("request", client, [&, i] {
                s4u::this_actor::sleep_until(requests[i].at);
                s4u::Comm::sendto(client, server, line.requestBytes);
                s4u::this_actor::execute(requests[i].work * 1e9);
                s4u::Comm::sendto(server, client, line.answerBytes);
                times[i] = s4u::Engine::get_clock();
            });
        s4u::Actor::create("change", client, [&] {
            s4u::this_actor::sleep_until(changesAt);
            link->set_bandwidth(then);
        });
        e->run();
    });
}

} // namespace shakedown::tests::plain
