#include "chaos-agent/system/queue_rule.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <linux/netfilter/xt_NFQUEUE.h>

#include "chaos-agent/system/netfilter_socket.hpp"

namespace shakedown::system {

namespace {

constexpr std::size_t textAtMost = 4096;
constexpr std::uint32_t revision = 3; // of the target: the first with flags

/// Messages one after another, as netlink takes them in one transaction.
class Batch {
public:
    nlmsghdr* add(int type, int flags, std::uint8_t family, std::uint16_t resource = 0) {
        auto* message = mnl_nlmsg_put_header(bytes_.data() + size_);
        message->nlmsg_type = static_cast<std::uint16_t>(type);
        message->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
        message->nlmsg_seq = ++sequence_;
        auto* header =
            static_cast<nfgenmsg*>(mnl_nlmsg_put_extra_header(message, sizeof(nfgenmsg)));
        header->nfgen_family = family;
        header->version = NFNETLINK_V0;
        header->res_id = htons(resource);
        return message;
    }
    // Once its attributes are there.
    void close(nlmsghdr const* message) {
        size_ += mnl_nlmsg_size(message->nlmsg_len - MNL_NLMSG_HDRLEN);
    }
    std::span<std::byte const> bytes() const { return std::span(bytes_).first(size_); }

private:
    std::array<std::byte, textAtMost> bytes_{};
    std::size_t size_ = 0;
    std::uint32_t sequence_ = 0;
};

constexpr int ofTables(int message) {
    return NFNL_SUBSYS_NFTABLES << 8 | message;
}

void begin(Batch& batch) {
    batch.close(batch.add(NFNL_MSG_BATCH_BEGIN, 0, AF_UNSPEC, NFNL_SUBSYS_NFTABLES));
}
void commit(Batch& batch) {
    batch.close(batch.add(NFNL_MSG_BATCH_END, 0, AF_UNSPEC, NFNL_SUBSYS_NFTABLES));
}

void addRule(Batch& batch, std::string const& table, std::string const& chain,
             std::uint16_t queue) {
    auto* rule =
        batch.add(ofTables(NFT_MSG_NEWRULE), NLM_F_CREATE | NLM_F_APPEND | NLM_F_ACK, NFPROTO_INET);
    mnl_attr_put_strz(rule, NFTA_RULE_TABLE, table.c_str());
    mnl_attr_put_strz(rule, NFTA_RULE_CHAIN, chain.c_str());
    auto* expressions = mnl_attr_nest_start(rule, NFTA_RULE_EXPRESSIONS);
    auto* element = mnl_attr_nest_start(rule, NFTA_LIST_ELEM);
    mnl_attr_put_strz(rule, NFTA_EXPR_NAME, "target");
    auto* data = mnl_attr_nest_start(rule, NFTA_EXPR_DATA);
    mnl_attr_put_strz(rule, NFTA_TARGET_NAME, "NFQUEUE");
    mnl_attr_put_u32(rule, NFTA_TARGET_REV, htonl(revision));
    xt_NFQ_info_v3 info{};
    info.queuenum = queue;
    info.queues_total = 1;
    info.flags = NFQ_FLAG_BYPASS;
    std::array<std::byte, 8> padded{}; // to the kernel's alignment
    static_assert(sizeof info <= padded.size());
    std::memcpy(padded.data(), &info, sizeof info);
    mnl_attr_put(rule, NFTA_TARGET_INFO, padded.size(), padded.data());
    mnl_attr_nest_end(rule, data);
    mnl_attr_nest_end(rule, element);
    mnl_attr_nest_end(rule, expressions);
    batch.close(rule);
}

void addTable(Batch& batch, std::string const& table, std::string const& chain) {
    auto* made = batch.add(ofTables(NFT_MSG_NEWTABLE), NLM_F_CREATE | NLM_F_ACK, NFPROTO_INET);
    mnl_attr_put_strz(made, NFTA_TABLE_NAME, table.c_str());
    batch.close(made);
    auto* with = batch.add(ofTables(NFT_MSG_NEWCHAIN), NLM_F_CREATE | NLM_F_ACK, NFPROTO_INET);
    mnl_attr_put_strz(with, NFTA_CHAIN_TABLE, table.c_str());
    mnl_attr_put_strz(with, NFTA_CHAIN_NAME, chain.c_str());
    batch.close(with);
}

// Binding to a family does nothing since Linux 3.8, but is answered by who has queues.
void askForQueues(Batch& batch) {
    auto* asked = batch.add(NFNL_SUBSYS_QUEUE << 8 | NFQNL_MSG_CONFIG, NLM_F_ACK, AF_UNSPEC);
    nfqnl_msg_config_cmd command{};
    command.command = NFQNL_CFG_CMD_PF_BIND;
    command.pf = htons(AF_INET);
    mnl_attr_put(asked, NFQA_CFG_CMD, sizeof command, &command);
    batch.close(asked);
}

} // namespace

Failed addQueueRule(NetworkNamespace const& place, std::string const& table,
                    std::string const& chain, std::uint16_t queue) {
    auto const socket = NetfilterSocket::open(place);
    if (auto const* failure = std::get_if<Failure>(&socket))
        return *failure;
    Batch batch;
    begin(batch);
    addRule(batch, table, chain, queue);
    commit(batch);
    return std::get<NetfilterSocket>(socket).ask(batch.bytes(), "target NFQUEUE in table " + table);
}

Got<bool> hasRules(NetworkNamespace const& place, std::string const& table,
                   std::string const& chain) {
    auto const socket = NetfilterSocket::open(place);
    if (auto const* failure = std::get_if<Failure>(&socket))
        return *failure;
    Batch batch;
    auto* asked = batch.add(ofTables(NFT_MSG_GETRULE), NLM_F_DUMP, NFPROTO_INET);
    mnl_attr_put_strz(asked, NFTA_RULE_TABLE, table.c_str());
    mnl_attr_put_strz(asked, NFTA_RULE_CHAIN, chain.c_str());
    batch.close(asked);
    bool found = false;
    auto const failed = std::get<NetfilterSocket>(socket).ask(
        batch.bytes(), "rules of table " + table, [&](int type, std::span<std::byte const>) {
            found = found || type == ofTables(NFT_MSG_NEWRULE);
        });
    if (failed && failed->error != ENOENT)
        return *failed;
    return found;
}

Failed checkQueueRule(NetworkNamespace const& place) {
    auto const socket = NetfilterSocket::open(place);
    if (auto const* failure = std::get_if<Failure>(&socket))
        return *failure;
    auto const& kernel = std::get<NetfilterSocket>(socket);
    Batch queues;
    askForQueues(queues);
    if (auto failed = kernel.ask(queues.bytes(), "queues of packets (module nfnetlink_queue)"))
        return failed;
    // Without its end a transaction is looked at, and forgotten.
    Batch batch;
    begin(batch);
    addTable(batch, "shakedown_doctor", "held");
    addRule(batch, "shakedown_doctor", "held", 0);
    return kernel.ask(batch.bytes(),
                      "target NFQUEUE in nf_tables (modules nft_compat and xt_NFQUEUE)");
}

} // namespace shakedown::system
