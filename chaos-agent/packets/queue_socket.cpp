#include "chaos-agent/packets/queue_socket.hpp"

#include <array>
#include <cerrno>

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <linux/netlink.h>
#include <sys/socket.h>

namespace shakedown::packets {

namespace {

constexpr std::size_t headersSeen = 128; // of a packet of which only that is seen
constexpr std::size_t wholeSeen = 0xffff;
constexpr std::size_t around = 1024; // what the kernel tells beside the bytes
constexpr std::size_t readAtOnce = 32;
constexpr int readsAtOnce = 16;
constexpr std::size_t toldAtOnce = 16 * 1024;
constexpr int bufferBytes = 32 << 20; // of the socket: bursts wait there

nlmsghdr* messageAt(std::byte* where, int type, int flags, std::uint16_t queue) {
    auto* message = mnl_nlmsg_put_header(where);
    message->nlmsg_type = static_cast<std::uint16_t>(NFNL_SUBSYS_QUEUE << 8 | type);
    message->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
    auto* header = static_cast<nfgenmsg*>(mnl_nlmsg_put_extra_header(message, sizeof(nfgenmsg)));
    header->nfgen_family = AF_UNSPEC;
    header->version = NFNETLINK_V0;
    header->res_id = htons(queue);
    return message;
}

std::span<std::byte const> bytesOf(nlmsghdr const* message) {
    return {reinterpret_cast<std::byte const*>(message), message->nlmsg_len};
}

system::Failed bind(system::NetfilterSocket const& netlink, std::uint16_t queue) {
    std::array<std::byte, around> buffer{};
    auto* message = messageAt(buffer.data(), NFQNL_MSG_CONFIG, NLM_F_ACK, queue);
    nfqnl_msg_config_cmd command{};
    command.command = NFQNL_CFG_CMD_BIND;
    mnl_attr_put(message, NFQA_CFG_CMD, sizeof command, &command);
    return netlink.ask(bytesOf(message), "queue " + std::to_string(queue));
}

system::Failed configure(system::NetfilterSocket const& netlink, std::uint16_t queue,
                         std::size_t seen, std::size_t holds) {
    std::array<std::byte, around> buffer{};
    auto* message = messageAt(buffer.data(), NFQNL_MSG_CONFIG, NLM_F_ACK, queue);
    nfqnl_msg_config_params params{};
    params.copy_mode = NFQNL_COPY_PACKET;
    params.copy_range = htonl(static_cast<std::uint32_t>(seen));
    mnl_attr_put(message, NFQA_CFG_PARAMS, sizeof params, &params);
    mnl_attr_put_u32(message, NFQA_CFG_QUEUE_MAXLEN, htonl(static_cast<std::uint32_t>(holds)));
    mnl_attr_put_u32(message, NFQA_CFG_MASK, htonl(NFQA_CFG_F_FAIL_OPEN));
    mnl_attr_put_u32(message, NFQA_CFG_FLAGS, htonl(NFQA_CFG_F_FAIL_OPEN));
    return netlink.ask(bytesOf(message), "queue " + std::to_string(queue));
}

// A burst that does not fit passes; so a small buffer does no harm.
void widen(int socket) {
    int const on = 1;
    if (setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &bufferBytes, sizeof bufferBytes) != 0)
        (void)setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bufferBytes, sizeof bufferBytes);
    (void)setsockopt(socket, SOL_NETLINK, NETLINK_NO_ENOBUFS, &on, sizeof on);
}

std::uint32_t wordOf(nlattr const* attribute) {
    return ntohl(mnl_attr_get_u32(attribute));
}

struct Told {
    Packet packet;
    bool isPacket = false;
};

int onAttribute(nlattr const* attribute, void* into) {
    auto& [packet, isPacket] = *static_cast<Told*>(into);
    switch (mnl_attr_get_type(attribute)) {
    case NFQA_PACKET_HDR: {
        auto const* about =
            static_cast<nfqnl_msg_packet_hdr const*>(mnl_attr_get_payload(attribute));
        packet.id = ntohl(about->packet_id);
        packet.lane = about->hook == NF_INET_LOCAL_OUT ? Lane::Out : Lane::In;
        isPacket = true;
        break;
    }
    case NFQA_IFINDEX_OUTDEV:
        packet.device = wordOf(attribute);
        break;
    case NFQA_CAP_LEN:
        packet.length = wordOf(attribute);
        break;
    case NFQA_PAYLOAD:
        packet.bytes = {static_cast<std::byte const*>(mnl_attr_get_payload(attribute)),
                        mnl_attr_get_payload_len(attribute)};
        break;
    default:
        break;
    }
    return MNL_CB_OK;
}

} // namespace

system::Got<QueueSocket> QueueSocket::open(system::NetworkNamespace const& place,
                                           std::uint16_t number, Sight sight, std::size_t holds) {
    auto netlink = system::NetfilterSocket::open(place);
    if (auto* failure = std::get_if<system::Failure>(&netlink))
        return std::move(*failure);
    auto& socket = std::get<system::NetfilterSocket>(netlink);
    widen(socket.number());
    auto failed = bind(socket, number);
    if (!failed)
        failed = configure(socket, number, sight == Sight::Whole ? wholeSeen : headersSeen, holds);
    if (failed)
        return *failed;
    return QueueSocket(std::move(socket), number, sight);
}

QueueSocket::QueueSocket(system::NetfilterSocket netlink, std::uint16_t number, Sight sight)
    : netlink_(std::move(netlink)), queue_(number),
      room_(NLMSG_ALIGN(around + (sight == Sight::Whole ? wholeSeen : headersSeen))),
      incoming_(room_ * readAtOnce), verdicts_(toldAtOnce + around + wholeSeen) {}

bool QueueSocket::read(std::function<void(Packet const&)> const& each) {
    std::array<iovec, readAtOnce> pieces{};
    std::array<mmsghdr, readAtOnce> messages{};
    for (std::size_t i = 0; i < readAtOnce; ++i) {
        pieces[i] = {incoming_.data() + i * room_, room_};
        messages[i].msg_hdr.msg_iov = &pieces[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    bool any = false;
    for (int i = 0; i < readsAtOnce; ++i) {
        int const got =
            recvmmsg(netlink_.number(), messages.data(), readAtOnce, MSG_DONTWAIT, nullptr);
        for (int one = 0; one < got; ++one) {
            auto const at = static_cast<std::size_t>(one);
            any = readOne({incoming_.data() + at * room_, messages[at].msg_len}, each) || any;
        }
        if (got < static_cast<int>(readAtOnce))
            break;
    }
    return any;
}

bool QueueSocket::readOne(std::span<std::byte const> message,
                          std::function<void(Packet const&)> const& each) {
    auto const* header = reinterpret_cast<nlmsghdr const*>(message.data());
    if (!mnl_nlmsg_ok(header, static_cast<int>(message.size()))
        || header->nlmsg_type != (NFNL_SUBSYS_QUEUE << 8 | NFQNL_MSG_PACKET))
        return false; // an answer to a verdict on a packet that is gone with its device
    Told told;
    if (mnl_attr_parse(header, sizeof(nfgenmsg), onAttribute, &told) < 0 || !told.isPacket)
        return false;
    auto& packet = told.packet;
    if (packet.length == 0) // it was not cut short
        packet.length = packet.bytes.size();
    missed_ += packet.id - lastId_ - 1;
    lastId_ = packet.id;
    each(packet);
    return true;
}

void QueueSocket::decide(std::uint32_t id, std::uint32_t verdict,
                         std::span<std::byte const> bytes) {
    auto* message = messageAt(verdicts_.data() + gathered_, NFQNL_MSG_VERDICT, 0, queue_);
    nfqnl_msg_verdict_hdr decision{};
    decision.verdict = htonl(verdict);
    decision.id = htonl(id);
    mnl_attr_put(message, NFQA_VERDICT_HDR, sizeof decision, &decision);
    if (!bytes.empty())
        mnl_attr_put(message, NFQA_PAYLOAD, bytes.size(), bytes.data());
    gathered_ += NLMSG_ALIGN(message->nlmsg_len);
    if (gathered_ >= toldAtOnce)
        flush();
}

void QueueSocket::pass(std::uint32_t id) {
    decide(id, NF_ACCEPT, {});
}

void QueueSocket::lose(std::uint32_t id) {
    decide(id, NF_DROP, {});
}

void QueueSocket::passChanged(std::uint32_t id, std::span<std::byte const> bytes) {
    decide(id, NF_ACCEPT, bytes);
}

void QueueSocket::passTo(std::uint16_t queue, std::uint32_t id, std::span<std::byte const> bytes) {
    decide(id, NF_QUEUE_NR(static_cast<std::uint32_t>(queue)) | NF_VERDICT_FLAG_QUEUE_BYPASS,
           bytes);
}

void QueueSocket::flush() {
    if (gathered_ > 0)
        (void)netlink_.send(std::span(verdicts_).first(gathered_));
    gathered_ = 0;
}

void QueueSocket::passAll() {
    flush();
    // Numbers are compared around the end of 32 bits; what was not read yet is within this of it.
    constexpr std::uint32_t ahead = 1U << 30;
    std::array<std::byte, around> buffer{};
    auto* message = messageAt(buffer.data(), NFQNL_MSG_VERDICT_BATCH, 0, queue_);
    nfqnl_msg_verdict_hdr decision{};
    decision.verdict = htonl(NF_ACCEPT);
    decision.id = htonl(lastId_ + ahead);
    mnl_attr_put(message, NFQA_VERDICT_HDR, sizeof decision, &decision);
    (void)netlink_.send(bytesOf(message));
}

} // namespace shakedown::packets
