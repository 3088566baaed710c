#include "tests/chaos-agent/faults/numbered_datagrams.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstring>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "chaos-agent/system/descriptor.hpp"

namespace shakedown::tests {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int quietMs = 500;
constexpr unsigned char filling = 0x5a;

// Numbers are sent three times, so that a turned bit does not change which it is.
struct Head {
    std::array<std::uint32_t, 3> number;
    std::array<std::int64_t, 3> sentAt;
};

template <class T>
T agreed(std::array<T, 3> const& votes) {
    return (votes[0] & votes[1]) | (votes[1] & votes[2]) | (votes[0] & votes[2]);
}

sockaddr_storage addressOf(DatagramEnd const& end, socklen_t& size) {
    sockaddr_storage address{};
    auto& v4 = reinterpret_cast<sockaddr_in&>(address);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(address);
    auto const port = htons(static_cast<std::uint16_t>(end.port));
    if (inet_pton(AF_INET, end.host.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = port;
        size = sizeof v4;
        return address;
    }
    inet_pton(AF_INET6, end.host.c_str(), &v6.sin6_addr);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = port;
    size = sizeof v6;
    return address;
}

system::Descriptor socketAt(DatagramEnd const& end) {
    socklen_t size = 0;
    auto const address = addressOf(end, size);
    system::Descriptor socket;
    auto const failed = end.place.inside([&] {
        socket = system::Descriptor(::socket(address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    });
    int const large = 64 << 20; // whoever reads may have to wait for a processor
    if (failed || !socket
        || bind(socket.number(), reinterpret_cast<sockaddr const*>(&address), size) != 0) {
        throw std::runtime_error("no socket at " + end.host);
    }
    setsockopt(socket.number(), SOL_SOCKET, SO_RCVBUFFORCE, &large, sizeof large);
    setsockopt(socket.number(), SOL_SOCKET, SO_SNDBUFFORCE, &large, sizeof large);
    return socket;
}

std::vector<unsigned char> datagram(std::uint32_t number, std::size_t bytes) {
    auto const now = Clock::now().time_since_epoch().count();
    Head const head{{number, number, number}, {now, now, now}};
    std::vector<unsigned char> data(bytes, filling);
    std::memcpy(data.data(), &head, sizeof head);
    return data;
}

Arrival arrivalOf(std::vector<unsigned char> const& data) {
    auto const now = Clock::now();
    Head head{};
    std::memcpy(&head, data.data(), sizeof head);
    auto const number = agreed(head.number);
    auto const sentAt = agreed(head.sentAt);
    int turned = 0;
    for (auto const one : head.number) {
        turned += std::popcount(one ^ number);
    }
    for (auto const one : head.sentAt) {
        turned += std::popcount(static_cast<std::uint64_t>(one ^ sentAt));
    }
    for (std::size_t i = sizeof head; i < data.size(); ++i) {
        turned += std::popcount(static_cast<unsigned>(data[i] ^ filling));
    }
    return {number, Duration::nanoseconds(now.time_since_epoch().count() - sentAt), now, turned};
}

void receive(system::Descriptor const& socket, std::size_t bytes, std::atomic<bool> const& isSent,
             std::vector<Arrival>& arrivals) {
    constexpr std::size_t more = 64; // to see what became longer
    std::vector<unsigned char> data(bytes + more);
    for (;;) {
        pollfd wait{socket.number(), POLLIN, 0};
        if (poll(&wait, 1, quietMs) != 1) {
            if (isSent) {
                return;
            }
            continue;
        }
        data.resize(bytes + more);
        auto const got = recv(socket.number(), data.data(), data.size(), 0);
        if (got == static_cast<ssize_t>(bytes)) {
            data.resize(bytes);
            arrivals.push_back(arrivalOf(data));
        }
    }
}

} // namespace

std::vector<Arrival> arrivalsOf(DatagramEnd const& from, DatagramEnd const& to,
                                DatagramStream const& stream) {
    auto const sender = socketAt(from);
    auto const receiver = socketAt(to);
    socklen_t size = 0;
    auto const there = addressOf(to, size);
    if (connect(sender.number(), reinterpret_cast<sockaddr const*>(&there), size) != 0) {
        throw std::runtime_error("no way to " + to.host);
    }
    int const on = 1;
    if (stream.checksum == DatagramStream::Checksum::None) {
        setsockopt(sender.number(), SOL_SOCKET, SO_NO_CHECK, &on, sizeof on);
    }
    std::vector<Arrival> arrivals;
    std::atomic<bool> isSent = false;
    std::thread reading([&] { receive(receiver, stream.bytes, isSent, arrivals); });
    auto due = Clock::now();
    for (int i = 0; i < stream.count; ++i) {
        std::this_thread::sleep_until(due);
        auto const data = datagram(static_cast<std::uint32_t>(i), stream.bytes);
        (void)!send(sender.number(), data.data(), data.size(), MSG_NOSIGNAL);
        due += std::chrono::nanoseconds(stream.gap.count());
    }
    isSent = true;
    reading.join();
    return arrivals;
}

Duration quantileOf(std::vector<Arrival> const& arrivals, double q) {
    std::vector<Duration> took;
    for (auto const& one : arrivals) {
        took.push_back(one.took);
    }
    std::sort(took.begin(), took.end());
    return took.at(static_cast<std::size_t>(q * static_cast<double>(took.size() - 1)));
}

} // namespace shakedown::tests
