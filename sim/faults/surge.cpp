#include "sim/faults/fault.hpp"
#include "sim/faults/targets.hpp"

namespace shakedown::faults {

// More load than planned: the rate times `factor`, plus `add`.
Undo inject(world::World& world, model::Surge const& fault, Occurrence const& occurrence) {
    auto const& names = world.plan().names.loads;
    std::vector<std::uint32_t> loads;
    for (std::uint32_t i = 0; i < names.size(); ++i)
        if (fault.target.load.empty() || names[i] == fault.target.load)
            loads.push_back(i);
    for (auto const load : loads)
        world.addSurge(load, {occurrence.id, fault.factor, fault.add.perSecond()});
    return [loads, id = occurrence.id](world::World& w) {
        for (auto const load : loads)
            w.removeSurge(load, id);
    };
}

} // namespace shakedown::faults
