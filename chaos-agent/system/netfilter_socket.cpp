#include "chaos-agent/system/netfilter_socket.hpp"

#include <cerrno>
#include <vector>

#include <libmnl/libmnl.h>
#include <linux/netfilter/nfnetlink.h>
#include <sys/socket.h>

namespace shakedown::system {

namespace {

constexpr std::size_t answerAtMost = 32 * 1024; // netlink(7): no list comes in larger pieces
constexpr int answersAtMost = 1000;

} // namespace

Got<NetfilterSocket> NetfilterSocket::open(NetworkNamespace const& place) {
    Descriptor socket;
    int failed = 0;
    auto const entered = place.inside([&] {
        socket = Descriptor(
            ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_NETFILTER));
        sockaddr_nl any{};
        any.nl_family = AF_NETLINK;
        if (!socket
            || bind(socket.number(), reinterpret_cast<sockaddr const*>(&any), sizeof any) != 0)
            failed = errno;
    });
    if (entered)
        return *entered;
    if (failed != 0)
        return failureOf("netlink in " + textOf(place.id()), failed);
    return NetfilterSocket(std::move(socket));
}

Failed NetfilterSocket::send(std::span<std::byte const> messages) const {
    sockaddr_nl kernel{};
    kernel.nl_family = AF_NETLINK;
    auto const sent = sendto(socket_.number(), messages.data(), messages.size(), 0,
                             reinterpret_cast<sockaddr const*>(&kernel), sizeof kernel);
    if (sent != static_cast<ssize_t>(messages.size()))
        return failureOf("netlink", sent < 0 ? errno : EMSGSIZE);
    return {};
}

Failed
NetfilterSocket::ask(std::span<std::byte const> messages, std::string const& what,
                     std::function<void(int, std::span<std::byte const>)> const& eachAnswer) const {
    if (auto failed = send(messages))
        return Failure{what + ": " + failed->why, failed->error};
    Failed found;
    std::vector<std::byte> answer(answerAtMost);
    for (int i = 0; i < answersAtMost; ++i) {
        auto const got = recv(socket_.number(), answer.data(), answer.size(), 0);
        if (got < 0)
            return errno == EAGAIN ? found : failureOf(what, errno);
        int left = static_cast<int>(got);
        auto const* message = reinterpret_cast<nlmsghdr const*>(answer.data());
        for (; mnl_nlmsg_ok(message, left); message = mnl_nlmsg_next(message, &left)) {
            if (message->nlmsg_type == NLMSG_ERROR) {
                auto const* error = static_cast<nlmsgerr const*>(mnl_nlmsg_get_payload(message));
                if (error->error != 0 && !found)
                    found = failureOf(what, -error->error);
            } else if (message->nlmsg_type != NLMSG_DONE && eachAnswer) {
                eachAnswer(message->nlmsg_type,
                           {static_cast<std::byte const*>(mnl_nlmsg_get_payload(message)),
                            mnl_nlmsg_get_payload_len(message)});
            }
        }
    }
    return found;
}

} // namespace shakedown::system
