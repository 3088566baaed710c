#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "chaos-agent/proxy/address.hpp"

namespace shakedown::injectors {

/// One end of a packet: an IP address, and a port unless that is 0.
using End = proxy::Address;

/// Which packets a chain acts on, and how: "tcp dport 80 drop" for each of `verdicts`.
struct ChainRules {
    enum class Hook { Input, Output };
    Hook hook = Hook::Input;
    std::optional<End> own; // of the target; none is the whole namespace
    std::vector<End> peers; // empty is everybody
    std::vector<std::string> verdicts;
};

/// Text for nft: a table with the set `lease`, and chains that let pass what comes over the
/// loopback of a namespace of its own (`spareLoopback`), what belongs to a spared port, and
/// everything once the lease is over.
struct TableRules {
    std::set<std::uint16_t> sparedPorts;
    enum class Loopback { Spared, Meant };
    Loopback loopback = Loopback::Meant;
    std::optional<std::uint32_t> sparedMark; // packets with it pass too
    std::vector<std::string> emptyChains;    // more of them, that verdicts may jump to
    std::vector<ChainRules> chains;
};
std::string textOf(TableRules const& rules, std::string const& table);

} // namespace shakedown::injectors
