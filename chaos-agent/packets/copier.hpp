#pragma once

#include <cstdint>

#include "chaos-agent/packets/packet.hpp"
#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/failure.hpp"
#include "chaos-agent/system/network_namespace.hpp"

namespace shakedown::packets {

/// On every copy that we send, so that none is queued again.
inline constexpr std::uint32_t copyMark = 0x53686b32; // "Shk2"

/// Sends whole IP packets once more, from inside of their network namespace (raw(7)). One that came
/// in is sent to its own address there, so its copy arrives over the loopback.
class Copier {
public:
    static system::Got<Copier> open(system::NetworkNamespace const& place);
    /// Never waits; false if it was not sent.
    bool send(Packet const& packet) const;

private:
    Copier(system::Descriptor v4, system::Descriptor v6) : v4_(std::move(v4)), v6_(std::move(v6)) {}
    system::Descriptor v4_;
    system::Descriptor v6_; // none where the host has no IPv6
};

} // namespace shakedown::packets
