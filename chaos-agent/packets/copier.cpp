#include "chaos-agent/packets/copier.hpp"

#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

#include "chaos-agent/packets/ip_header.hpp"

namespace shakedown::packets {

namespace {

using system::Descriptor;

// IPPROTO_RAW takes packets with their headers, and receives none.
Descriptor rawSocket(int family) {
    Descriptor socket(::socket(family, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_RAW));
    int const on = 1;
    if (socket
        && (setsockopt(socket.number(), SOL_SOCKET, SO_MARK, &copyMark, sizeof copyMark) != 0
            || setsockopt(socket.number(), SOL_SOCKET, SO_BROADCAST, &on, sizeof on) != 0))
        socket.close();
    return socket;
}

bool isLocalToItsLink(in6_addr const& address) {
    return IN6_IS_ADDR_LINKLOCAL(&address) || IN6_IS_ADDR_MC_LINKLOCAL(&address);
}

} // namespace

system::Got<Copier> Copier::open(system::NetworkNamespace const& place) {
    Descriptor v4;
    Descriptor v6;
    int failed = 0;
    auto const entered = place.inside([&] {
        v4 = rawSocket(AF_INET);
        failed = v4 ? 0 : errno;
        v6 = rawSocket(AF_INET6);
    });
    if (entered)
        return *entered;
    if (failed != 0)
        return system::failureOf("a raw socket for copies in " + textOf(place.id()), failed);
    return Copier(std::move(v4), std::move(v6));
}

bool Copier::send(Packet const& packet) const {
    auto const destination = destinationOf(packet.bytes);
    sockaddr_storage to{};
    socklen_t size = 0;
    bool const isV4 = destination.size() == sizeof(in_addr);
    if (packet.bytes.size() < packet.length || destination.empty())
        return false;
    if (isV4) {
        auto& v4 = reinterpret_cast<sockaddr_in&>(to);
        v4.sin_family = AF_INET;
        std::memcpy(&v4.sin_addr, destination.data(), destination.size());
        size = sizeof v4;
    } else {
        auto& v6 = reinterpret_cast<sockaddr_in6&>(to);
        v6.sin6_family = AF_INET6;
        std::memcpy(&v6.sin6_addr, destination.data(), destination.size());
        if (isLocalToItsLink(v6.sin6_addr))
            v6.sin6_scope_id = packet.device;
        size = sizeof v6;
    }
    auto const& socket = isV4 ? v4_ : v6_;
    return socket
           && sendto(socket.number(), packet.bytes.data(), packet.length,
                     MSG_DONTWAIT | MSG_NOSIGNAL, reinterpret_cast<sockaddr const*>(&to), size)
                  == static_cast<ssize_t>(packet.length);
}

} // namespace shakedown::packets
