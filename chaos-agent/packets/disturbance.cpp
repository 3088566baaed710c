#include "chaos-agent/packets/disturbance.hpp"

#include "chaos-agent/packets/corrupt.hpp"
#include "chaos-agent/packets/delay.hpp"
#include "chaos-agent/packets/duplicate.hpp"
#include "chaos-agent/packets/rate.hpp"
#include "chaos-agent/packets/reorder.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::packets {

Sight sightOf(Disturbance const& what) {
    return std::visit(Overloaded{[](Delay const&) { return Sight::Header; },
                                 [](Duplicate const&) { return Sight::Whole; },
                                 [](Reorder const&) { return Sight::Header; },
                                 [](Corrupt const&) { return Sight::Whole; },
                                 [](Rate const&) { return Sight::Header; }},
                      what);
}

std::unique_ptr<Decider> makeDecider(Disturbance const& what, chance::Stream stream) {
    using Made = std::unique_ptr<Decider>;
    return std::visit(
        Overloaded{
            [&](Delay const& one) -> Made { return std::make_unique<DelayDecider>(one, stream); },
            [&](Duplicate const& one) -> Made {
                return std::make_unique<DuplicateDecider>(one, stream);
            },
            [&](Reorder const& one) -> Made {
                return std::make_unique<ReorderDecider>(one, stream);
            },
            [&](Corrupt const& one) -> Made {
                return std::make_unique<CorruptDecider>(one, stream);
            },
            [](Rate const& one) -> Made { return std::make_unique<RateDecider>(one); }},
        what);
}

} // namespace shakedown::packets
