#include "tests/chaos-agent/system/test_network.hpp"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "chaos-agent/system/packet_filter.hpp"
#include "chaos-agent/system/program.hpp"

namespace shakedown::tests {

namespace {

constexpr int patienceMs = 300;

std::string ipProgram() {
    for (auto const* path : {"/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip"}) {
        if (access(path, X_OK) == 0) {
            return path;
        }
    }
    return "";
}

// Empty if it went well.
std::string ip(system::Words words) {
    words.insert(words.begin(), ipProgram());
    auto const got = system::run(words, "", Duration::seconds(10));
    if (auto const* failure = std::get_if<system::Failure>(&got)) {
        return failure->why;
    }
    auto const& finished = std::get<system::Finished>(got);
    return finished.status == 0 ? "" : finished.errors + "(ip failed)";
}

// An IPv4 address has the same beginning.
sockaddr_in6 addressOf(std::string const& host, int port) {
    sockaddr_in6 address{};
    auto& v4 = reinterpret_cast<sockaddr_in&>(address);
    if (inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(static_cast<std::uint16_t>(port));
        return address;
    }
    address.sin6_family = AF_INET6;
    inet_pton(AF_INET6, host.c_str(), &address.sin6_addr);
    address.sin6_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

system::NetworkNamespace named(std::string const& name) {
    auto got = system::NetworkNamespace::named(name);
    if (auto const* failure = std::get_if<system::Failure>(&got)) {
        throw std::runtime_error(failure->why);
    }
    return std::get<system::NetworkNamespace>(std::move(got));
}

} // namespace

std::unique_ptr<TestNetwork> TestNetwork::make() {
    static int made = 0;
    if (ipProgram().empty() || system::packetFilterProgram().empty()) {
        WARN("skipped: no ip (iproute2) or no nft (nftables) on this host");
        return nullptr;
    }
    std::unique_ptr<TestNetwork> network(
        new TestNetwork("sd" + std::to_string(getpid()) + "-" + std::to_string(++made)));
    std::string const c = network->clientName();
    std::string const s = network->serviceName();
    std::string const wire = "sd" + std::to_string(getpid());
    for (auto const& words : std::initializer_list<system::Words>{
             {"netns", "add", c},
             {"netns", "add", s},
             {"-n", c, "link", "add", "wire", "type", "veth", "peer", "name", "wire", "netns", s},
             {"-n", c, "addr", "add", std::string(clientAddress) + "/24", "dev", "wire"},
             {"-n", c, "addr", "add", std::string(strangerAddress) + "/24", "dev", "wire"},
             {"-n", s, "addr", "add", std::string(serviceAddress) + "/24", "dev", "wire"},
             {"-n", c, "link", "set", "wire", "up"},
             {"-n", s, "link", "set", "wire", "up"},
             {"-n", c, "link", "set", "lo", "up"},
             {"-n", s, "link", "set", "lo", "up"}}) {
        if (auto const why = ip(words); !why.empty()) {
            WARN("skipped: this host does not let us make network namespaces: " << why);
            return nullptr;
        }
    }
    return network;
}

TestNetwork::~TestNetwork() {
    ip({"netns", "del", clientName()});
    ip({"netns", "del", serviceName()});
}

bool TestNetwork::addIpv6() const {
    // Without a look for others of the same address, which takes a second.
    auto const added = [](std::string const& name, std::string const& address) {
        return ip({"-n", name, "addr", "add", address + "/64", "dev", "wire", "nodad"}).empty();
    };
    return added(clientName(), clientAddress6) && added(serviceName(), serviceAddress6);
}

system::NetworkNamespace TestNetwork::client() const {
    return named(clientName());
}

system::NetworkNamespace TestNetwork::service() const {
    return named(serviceName());
}

TestSocket::TestSocket(system::NetworkNamespace const& place, Kind kind) {
    auto const failed = place.inside([&] {
        descriptor_ = socket(kind == Kind::Tcp6 ? AF_INET6 : AF_INET,
                             (kind == Kind::Udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC, 0);
    });
    if (failed || descriptor_ < 0) {
        throw std::runtime_error("no socket in the namespace");
    }
}

TestSocket::TestSocket(int descriptor) : descriptor_(descriptor) {}

TestSocket::~TestSocket() {
    if (descriptor_ >= 0) {
        close(descriptor_);
    }
}

TestSocket::TestSocket(TestSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

void TestSocket::bindTo(std::string const& host, int port) {
    int const on = 1;
    setsockopt(descriptor_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    auto const address = addressOf(host, port);
    if (bind(descriptor_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) {
        throw std::runtime_error("cannot bind to " + host);
    }
}

void TestSocket::listen() {
    ::listen(descriptor_, 16);
}

TestSocket TestSocket::accept() {
    pollfd wait{descriptor_, POLLIN, 0};
    if (poll(&wait, 1, 10 * patienceMs) != 1) {
        throw std::runtime_error("nobody connects");
    }
    return TestSocket(accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC));
}

int TestSocket::connectTo(std::string const& host, int port) {
    fcntl(descriptor_, F_SETFL, O_NONBLOCK);
    auto const address = addressOf(host, port);
    int error = 0;
    if (connect(descriptor_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) {
        error = errno;
    }
    if (error == EINPROGRESS) {
        pollfd wait{descriptor_, POLLOUT, 0};
        socklen_t size = sizeof error;
        error = ETIMEDOUT;
        if (poll(&wait, 1, patienceMs) == 1) {
            getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size);
        }
    }
    fcntl(descriptor_, F_SETFL, 0);
    return error;
}

bool TestSocket::send(std::string const& bytes) {
    return ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL)
           == static_cast<ssize_t>(bytes.size());
}

int TestSocket::receive(std::string& bytes) {
    pollfd wait{descriptor_, POLLIN, 0};
    if (poll(&wait, 1, patienceMs) != 1) {
        return ETIMEDOUT;
    }
    std::array<char, 4096> piece{};
    auto const got = recv(descriptor_, piece.data(), piece.size(), 0);
    if (got < 0) {
        return errno;
    }
    bytes.assign(piece.data(), static_cast<std::size_t>(got));
    return got == 0 ? ENOTCONN : 0;
}

} // namespace shakedown::tests
