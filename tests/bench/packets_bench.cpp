// What a queue of packets costs: datagrams over the loopback of a network namespace of this
// process's own, straight, and through a queue that delays none, coming in and going out, in turns.
// Ratios are the queue's to the straight way, the median of the rounds.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>

#include "chaos-agent/faults/planner.hpp"
#include "chaos-agent/faults/threaded_queues.hpp"
#include "chaos-agent/system/program.hpp"
#include "tests/bench/measured.hpp"

using namespace shakedown;
using bench::report;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int rounds = 7;
constexpr std::uint16_t port = 8080;
constexpr std::size_t datagramBytes = 64;

void require(bool holds, char const* what) {
    if (!holds) {
        throw std::runtime_error(what);
    }
}

double median(std::vector<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// Two connected ends, of which the service is what faults aim at.
class Ends {
public:
    Ends() : service_(socketAt(port)), caller_(socketAt(port + 1)) {
        connectTo(service_, port + 1);
        connectTo(caller_, port);
    }
    int service() const { return service_.number(); }
    int caller() const { return caller_.number(); }

private:
    static sockaddr_in addressOf(std::uint16_t number) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(number);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    static system::Descriptor socketAt(std::uint16_t number) {
        system::Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        auto const address = addressOf(number);
        int const large = 8 << 20;
        require(bind(socket.number(), reinterpret_cast<sockaddr const*>(&address), sizeof address)
                    == 0,
                "no socket");
        setsockopt(socket.number(), SOL_SOCKET, SO_RCVBUFFORCE, &large, sizeof large);
        return socket;
    }
    static void connectTo(system::Descriptor const& socket, std::uint16_t number) {
        auto const address = addressOf(number);
        require(
            connect(socket.number(), reinterpret_cast<sockaddr const*>(&address), sizeof address)
                == 0,
            "no way");
    }
    system::Descriptor service_;
    system::Descriptor caller_;
};

// Datagrams a second, at most so many of them on the way.
double flood(int from, int to) {
    constexpr int count = 100'000;
    constexpr int onTheWay = 256;
    std::atomic<int> got = 0;
    std::thread reading([&] {
        std::array<char, datagramBytes> bytes{};
        pollfd wait{to, POLLIN, 0};
        while (got < count && poll(&wait, 1, 1000) == 1) {
            while (recv(to, bytes.data(), bytes.size(), MSG_DONTWAIT) > 0) {
                ++got;
            }
        }
    });
    std::array<char, datagramBytes> const bytes{};
    auto const begin = Clock::now();
    for (int sent = 0; sent < count;) {
        if (sent - got >= onTheWay) {
            std::this_thread::yield();
            require(secondsSince(begin) < 60, "a datagram is lost");
            continue;
        }
        sent += send(from, bytes.data(), bytes.size(), 0) > 0 ? 1 : 0;
    }
    reading.join();
    require(got == count, "a datagram is lost");
    return count / secondsSince(begin);
}

double floodIn(Ends const& ends) {
    return flood(ends.caller(), ends.service());
}
double floodOut(Ends const& ends) {
    return flood(ends.service(), ends.caller());
}

// The median time of a datagram to the service and back, in microseconds.
double echo(Ends const& ends) {
    constexpr int echoes = 4000;
    std::array<char, datagramBytes> bytes{};
    std::vector<double> times;
    for (int i = 0; i < echoes; ++i) {
        auto const begin = Clock::now();
        require(send(ends.caller(), bytes.data(), bytes.size(), 0) > 0
                    && recv(ends.service(), bytes.data(), bytes.size(), 0) > 0
                    && send(ends.service(), bytes.data(), bytes.size(), 0) > 0
                    && recv(ends.caller(), bytes.data(), bytes.size(), 0) > 0,
                "a datagram is lost");
        times.push_back(secondsSince(begin) * 1e6);
    }
    return median(std::move(times));
}

// A delay of nothing, while it lives.
class Queued {
public:
    Queued(injectors::ThreadedQueues& queues, protocol::Way way) {
        tools_.queues = &queues;
        injectors::Targets targets;
        targets["bench"].name = "bench";
        targets["bench"].address = proxy::Address{"127.0.0.1", port};
        protocol::FaultRequest request;
        request.what = protocol::Delay{};
        request.target = "bench";
        request.way = way;
        request.duration = Duration::seconds(60);
        auto const planned = injectors::planOf(request, targets, {});
        if (auto const* failure = std::get_if<system::Failure>(&planned)) {
            throw std::runtime_error(failure->why);
        }
        plan_ = std::get<injectors::Plan>(planned);
        for (auto const& step : plan_.steps) {
            require(!injectors::apply(step, Duration::seconds(60), tools_), "no queue");
        }
    }
    ~Queued() {
        for (auto step = plan_.steps.rbegin(); step != plan_.steps.rend(); ++step) {
            (void)injectors::revert(*step, tools_);
        }
    }
    Queued(Queued const&) = delete;
    Queued& operator=(Queued const&) = delete;

private:
    injectors::Tools tools_;
    injectors::Plan plan_;
};

struct Path {
    std::string name;
    std::optional<protocol::Way> way;
};

void compare(std::string const& what, char const* unit, double (*measure)(Ends const&),
             std::vector<Path> const& paths) {
    Ends const ends;
    injectors::ThreadedQueues queues(1);
    std::map<std::string, std::vector<double>> values;
    std::map<std::string, std::vector<double>> ratios;
    for (int round = 0; round <= rounds; ++round) {
        for (auto const& path : paths) {
            std::optional<Queued> queued;
            if (path.way) {
                queued.emplace(queues, *path.way);
            }
            double const value = measure(ends);
            if (round > 0) { // the first warms up
                values[path.name].push_back(value);
                ratios[path.name].push_back(value / values["straight"].back());
            }
        }
    }
    for (auto const& path : paths) {
        std::string const name = "packets/" + what + "/" + path.name;
        report(name.c_str(), median(values[path.name]), unit);
        if (path.way) {
            report((name + "-to-straight").c_str(), median(ratios[path.name]), "x");
        }
    }
}

// Before there is a second thread: all of them belong to it then.
bool entersOwnNetwork() {
    if (unshare(CLONE_NEWNET) != 0) {
        std::fprintf(stderr, "bench: skipped, no network namespace can be made here: %s\n",
                     std::strerror(errno));
        return false;
    }
    auto const up =
        system::run({"/usr/sbin/ip", "link", "set", "lo", "up"}, "", Duration::seconds(5));
    auto const* finished = std::get_if<system::Finished>(&up);
    require(finished != nullptr && finished->status == 0, "no loopback");
    return true;
}

} // namespace

int main() {
    try {
        if (!entersOwnNetwork()) {
            return 0;
        }
        using protocol::Way;
        compare("flood-64B-to-service", "1/s", floodIn, {{"straight", {}}, {"in", Way::In}});
        compare("flood-64B-from-service", "1/s", floodOut, {{"straight", {}}, {"out", Way::Out}});
        compare("echo-64B-p50", "us", echo,
                {{"straight", {}}, {"in", Way::In}, {"out", Way::Out}, {"both", Way::Both}});
        return 0;
    } catch (std::exception const& e) {
        std::fprintf(stderr, "bench: %s\n", e.what());
        return 1;
    }
}
