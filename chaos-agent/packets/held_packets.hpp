#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "chaos-agent/proxy/instant.hpp"

namespace shakedown::packets {

/// What is held at most at once, by the kernel for us.
struct HeldAtMost {
    std::size_t packets = 16'384;
    std::size_t bytes = std::size_t{32} << 20;
};

/// Packets that wait for their time; the kernel has them, we know them by number. Those that are
/// due at the same time go in the order in which they came.
class HeldPackets {
public:
    explicit HeldPackets(HeldAtMost most) : most_(most) {}

    /// False if there is no room: then it is not held.
    bool hold(std::uint32_t id, std::size_t length, proxy::Instant due);
    /// The next one that is due.
    std::optional<std::uint32_t> next(proxy::Instant now);
    /// When the next one is; `never` if none is held.
    proxy::Instant wakeAt() const;
    std::size_t count() const { return waiting_.size(); }
    std::size_t bytes() const { return bytes_; }

private:
    struct Waiting {
        proxy::Instant due;
        std::uint64_t order;
        std::size_t length;
        std::uint32_t id;
    };
    struct Later {
        bool operator()(Waiting const& a, Waiting const& b) const {
            return a.due != b.due ? a.due > b.due : a.order > b.order;
        }
    };
    HeldAtMost most_;
    std::priority_queue<Waiting, std::vector<Waiting>, Later> waiting_;
    std::uint64_t came_ = 0;
    std::size_t bytes_ = 0;
};

} // namespace shakedown::packets
