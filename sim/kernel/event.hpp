#pragma once

#include <cstdint>

namespace shakedown::kernel {

/// At one instant timers go first, then completions and messages, then new arrivals
/// (SEMANTICS: rule 8); within a class the order of scheduling decides.
enum class EventClass : std::uint8_t { Timer, Completion, Arrival };

/// What shall happen; the meaning of `kind` and of the numbers is the owner's. Kind 0 is reserved
/// for events taken back.
struct Event {
    std::uint16_t kind = 0;
    std::uint16_t small = 0;
    std::uint32_t index = 0;
    std::uint32_t generation = 0;
    std::uint32_t extra = 0;
};
inline constexpr std::uint16_t cancelledKind = 0;

/// Names a scheduled event; stale once the event has happened or was cancelled.
struct Handle {
    std::uint32_t slot = ~std::uint32_t{0};
    std::uint32_t generation = 0;
    bool valid() const { return slot != ~std::uint32_t{0}; }
    friend bool operator==(Handle, Handle) = default;
};

} // namespace shakedown::kernel
