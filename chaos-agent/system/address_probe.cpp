#include "chaos-agent/system/address_probe.hpp"

#include <cerrno>
#include <memory>

#include <netdb.h>
#include <sys/socket.h>

namespace shakedown::system {

namespace {

using Resolved = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Resolved find(std::string const& address) {
    addrinfo wanted{};
    wanted.ai_flags = AI_NUMERICHOST;
    wanted.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(address.c_str(), nullptr, &wanted, &found) != 0)
        found = nullptr;
    return {found, &freeaddrinfo};
}

Got<AddressProbe> probeHere(addrinfo const& address) {
    Descriptor const socket(::socket(address.ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return failureOf("a socket", errno);
    if (bind(socket.number(), address.ai_addr, address.ai_addrlen) != 0) {
        if (errno == EADDRNOTAVAIL)
            return AddressProbe::NotThere;
        return failureOf("an address", errno);
    }
    sockaddr_storage own{};
    socklen_t size = sizeof own;
    if (getsockname(socket.number(), reinterpret_cast<sockaddr*>(&own), &size) != 0)
        return failureOf("an address", errno);
    bool const sent =
        sendto(socket.number(), "?", 1, MSG_DONTWAIT, reinterpret_cast<sockaddr const*>(&own), size)
        == 1;
    return !sent && errno == EPERM ? AddressProbe::Forbidden : AddressProbe::Ours;
}

} // namespace

Got<AddressProbe> probe(NetworkNamespace const& place, std::string const& address) {
    auto const found = find(address);
    if (!found)
        return Failure{"'" + address + "' is no IP address"};
    Got<AddressProbe> probed = AddressProbe::Ours;
    if (auto const failed = place.inside([&] { probed = probeHere(*found); }))
        return *failed;
    return probed;
}

} // namespace shakedown::system
