#include "sim/faults/fault.hpp"

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::faults {

namespace {

template <class F>
concept Simulated = requires(world::World& w, F const& f, Occurrence const& o) {
    { inject(w, f, o) } -> std::same_as<Undo>;
};

} // namespace

Undo inject(world::World& world, model::Fault const& fault, Occurrence const& occurrence) {
    return std::visit(
        [&](auto const& what) -> Undo {
            if constexpr (Simulated<std::decay_t<decltype(what)>>) {
                return inject(world, what, occurrence);
            } else {
                require(false, "checking refuses faults that are not simulated");
                return {};
            }
        },
        fault.what);
}

} // namespace shakedown::faults
