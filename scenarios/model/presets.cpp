#include "scenarios/model/presets.hpp"

#include <algorithm>

#include "scenarios/model/preset_rows.hpp"

namespace shakedown::model {

namespace {

CallPolicy madeOf(std::vector<PresetValue> const& values) {
    CallPolicy policy;
    for (auto const& value : values)
        value.set(policy);
    return policy;
}

std::vector<CallPolicy> eachMadeOf(std::vector<PresetValue> Preset::*list) {
    std::vector<CallPolicy> policies;
    for (auto const& preset : presets())
        policies.push_back(madeOf(preset.*list));
    return policies;
}

std::size_t indexOf(Dialect dialect) {
    return static_cast<std::size_t>(dialect);
}

} // namespace

std::vector<Preset> const& presets() {
    static std::vector<Preset> const all = [] {
        auto list = rows::joined(rows::joined(libraryPresets(), clientPresets()), meshPresets());
        std::sort(list.begin(), list.end(),
                  [](Preset const& a, Preset const& b) { return a.dialect < b.dialect; });
        return list;
    }();
    return all;
}

Preset const& presetOf(Dialect dialect) {
    return presets().at(indexOf(dialect));
}

CallPolicy const& alwaysOf(Dialect dialect) {
    static std::vector<CallPolicy> const policies = eachMadeOf(&Preset::always);
    return policies.at(indexOf(dialect));
}

CallPolicy const& publishedBy(Dialect dialect) {
    static std::vector<CallPolicy> const policies = eachMadeOf(&Preset::written);
    return policies.at(indexOf(dialect));
}

CallPolicy const& publishedOtherwise(Dialect dialect) {
    static std::vector<CallPolicy> const policies = eachMadeOf(&Preset::otherwise);
    return policies.at(indexOf(dialect));
}

} // namespace shakedown::model
