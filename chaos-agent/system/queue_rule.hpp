#pragma once

#include <cstdint>
#include <string>

#include "chaos-agent/system/failure.hpp"
#include "chaos-agent/system/network_namespace.hpp"

/// The one rule that nft cannot write everywhere: kernels may lack its statement `queue` and still
/// have the target NFQUEUE of xtables, which nf_tables takes by its expression `target`.
namespace shakedown::system {

/// Adds a rule to the end of a chain of a table of family inet: every packet goes to the queue, and
/// on its way if nobody reads there (NFQUEUE --queue-bypass, iptables-extensions(8)).
Failed addQueueRule(NetworkNamespace const& place, std::string const& table,
                    std::string const& chain, std::uint16_t queue);

/// Whether the chain has rules.
Got<bool> hasRules(NetworkNamespace const& place, std::string const& table,
                   std::string const& chain);

/// Whether the kernel would take such a rule, and has queues: it looks at it and changes nothing.
Failed checkQueueRule(NetworkNamespace const& place);

} // namespace shakedown::system
