#include "chaos-agent/faults/transparent_sockets.hpp"

#include <cerrno>

#include <netinet/in.h>
#include <sys/socket.h>

namespace shakedown::injectors {

namespace {

using proxy::error_code;
using system::Descriptor;

constexpr int madeAtOnce = 16;

error_code errorOf(int number) {
    return {number, boost::system::system_category()};
}

Descriptor socketOf(proxy::Tcp const& protocol) {
    return Descriptor(::socket(protocol.family(), SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP));
}

bool isMadeTransparent(Descriptor const& socket, proxy::Tcp const& protocol) {
    int const on = 1;
    return protocol == proxy::Tcp::v6()
               ? setsockopt(socket.number(), IPPROTO_IPV6, IPV6_TRANSPARENT, &on, sizeof on) == 0
               : setsockopt(socket.number(), IPPROTO_IP, IP_TRANSPARENT, &on, sizeof on) == 0;
}

bool isMarked(Descriptor const& socket) {
    return setsockopt(socket.number(), SOL_SOCKET, SO_MARK, &ourMark, sizeof ourMark) == 0;
}

} // namespace

error_code TransparentSockets::open(proxy::Tcp const& protocol, proxy::Tcp::acceptor& listener) {
    Descriptor socket;
    int failed = 0;
    auto const entered = place_.inside([&] {
        socket = socketOf(protocol);
        if (!socket || !isMadeTransparent(socket, protocol))
            failed = errno;
    });
    if (entered || failed != 0)
        return errorOf(entered ? EPERM : failed);
    error_code error;
    listener.assign(protocol, socket.number(), error);
    if (!error)
        socket.release();
    return error;
}

error_code TransparentSockets::refill(proxy::Tcp const& protocol) {
    int failed = 0;
    auto const entered = place_.inside([&] {
        for (int i = 0; i < madeAtOnce; ++i) {
            Descriptor socket = socketOf(protocol);
            if (!socket || !isMarked(socket)) {
                failed = errno;
                return;
            }
            ready_.push_back(std::move(socket));
        }
    });
    if (entered)
        return errorOf(EAGAIN);
    return ready_.empty() ? errorOf(failed) : error_code();
}

error_code TransparentSockets::open(proxy::Tcp const& protocol, proxy::Tcp::socket& toServer) {
    if (ready_.empty())
        if (auto const error = refill(protocol))
            return error;
    error_code error;
    toServer.assign(protocol, ready_.back().number(), error);
    if (error)
        return error;
    ready_.back().release();
    ready_.pop_back();
    return error;
}

} // namespace shakedown::injectors
