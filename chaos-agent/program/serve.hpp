#pragma once

#include <cstdint>
#include <string>

namespace shakedown::agent {

/// What the command line asks for.
struct Settings {
    std::string toxiproxy = "127.0.0.1:8474"; // where the Toxiproxy-compatible API listens
    std::uint64_t seed = 1;
};

/// Why the settings are refused, empty if they are fine: an address that cannot be read, or one
/// that other hosts could reach.
std::string refusalOf(Settings const& settings);

/// Serves until SIGTERM or SIGINT; the exit code.
int serve(Settings const& settings);

} // namespace shakedown::agent
