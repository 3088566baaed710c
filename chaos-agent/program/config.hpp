#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "chaos-agent/control/native_settings.hpp"
#include "chaos-agent/faults/target.hpp"
#include "chaos-agent/proxy/address.hpp"
#include "chaos-agent/safety/guard.hpp"

namespace shakedown::agent {

/// What the configuration file of an agent says (docs/reference/agent.md).
struct Config {
    std::string stateDirectory = "/var/lib/shakedown-agent"; // empty: nothing is kept
    std::optional<proxy::Address> toxiproxy; // the Toxiproxy-compatible API; none: nowhere
    std::uint64_t seed = 1;
    control::NativeSettings native;
    safety::Caps caps;
    std::vector<std::uint16_t> protectedPorts;
    std::optional<Bytes> keptMemory; // stays available whatever is asked for
    injectors::Targets targets;
};

/// Every reason why a file is none, each with its place.
using ConfigErrors = std::vector<std::string>;

/// JSON, in which comments may stand. Unknown fields are errors: a misspelt cap is not a missing
/// one. All errors are told at once.
std::variant<Config, ConfigErrors> parseConfig(std::string const& text);

/// Reads a file of at most 1 MiB. It names programs that the agent runs, so nobody but root and
/// the agent's own user may be able to write it.
std::variant<Config, ConfigErrors> readConfig(std::string const& path);

/// Without a configuration: a Toxiproxy-compatible API, no native one, and nothing is kept.
Config configOf(proxy::Address const& toxiproxy, std::uint64_t seed);

} // namespace shakedown::agent
