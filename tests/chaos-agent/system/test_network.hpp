#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "chaos-agent/system/network_namespace.hpp"

namespace shakedown::tests {

// Two network namespaces with a wire between them, which go with their owner:
// client 10.77.0.1 and 10.77.0.3, service 10.77.0.2.
class TestNetwork {
public:
    // Nothing, with a WARN that says why, where this host does not let us.
    static std::unique_ptr<TestNetwork> make();
    ~TestNetwork();
    TestNetwork(TestNetwork const&) = delete;
    TestNetwork& operator=(TestNetwork const&) = delete;

    static constexpr char const* clientAddress = "10.77.0.1";
    static constexpr char const* strangerAddress = "10.77.0.3"; // in the client's namespace too
    static constexpr char const* serviceAddress = "10.77.0.2";

    // Addresses of IPv6 too; false where this host has none.
    bool addIpv6() const;
    static constexpr char const* clientAddress6 = "fd77::1";
    static constexpr char const* serviceAddress6 = "fd77::2";

    std::string clientName() const { return name_ + "c"; }
    std::string serviceName() const { return name_ + "s"; }
    system::NetworkNamespace client() const;
    system::NetworkNamespace service() const;

private:
    explicit TestNetwork(std::string name) : name_(std::move(name)) {}
    std::string name_;
};

// A socket in a namespace; its descriptor is closed with it. Reads wait 300 ms at most.
class TestSocket {
public:
    enum class Kind { Udp, Tcp, Tcp6 };
    TestSocket(system::NetworkNamespace const& place, Kind kind);
    explicit TestSocket(int descriptor);
    ~TestSocket();
    TestSocket(TestSocket&& other) noexcept;

    void bindTo(std::string const& host, int port);
    void listen();
    TestSocket accept();
    // 0, or errno; ETIMEDOUT if nothing came of it within 300 ms.
    int connectTo(std::string const& host, int port);
    bool send(std::string const& bytes);
    // 0 and bytes, or errno; ETIMEDOUT if nothing came, ENOTCONN at the end of the stream.
    int receive(std::string& bytes);

private:
    int descriptor_ = -1;
};

} // namespace shakedown::tests
