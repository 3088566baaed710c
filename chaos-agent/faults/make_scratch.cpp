#include "chaos-agent/faults/make_scratch.hpp"

namespace shakedown::injectors {

system::Failed applyScratch(MakeScratch const& make) {
    return system::makeScratch(make.scratch);
}

system::Failed revertScratch(MakeScratch const& make) {
    return system::removeScratch(make.scratch);
}

Verdict isScratchApplied(MakeScratch const& make) {
    auto const path = system::pathOf(make.scratch);
    if (auto const* failure = std::get_if<system::Failure>(&path))
        return {Verdict::Is::NotSo, failure->why};
    if (std::holds_alternative<system::Gone>(path))
        return {Verdict::Is::NotSo, make.scratch.name + " is not there"};
    return {};
}

Verdict isScratchReverted(MakeScratch const& make) {
    auto const path = system::pathOf(make.scratch);
    if (auto const* failure = std::get_if<system::Failure>(&path))
        return {Verdict::Is::NotSo, failure->why};
    if (auto const* there = std::get_if<std::string>(&path))
        return {Verdict::Is::NotSo, *there + " is still there"};
    return {};
}

protocol::PlannedStep wordsOfScratch(MakeScratch const& make) {
    std::string const path = make.scratch.folder.path + "/" + make.scratch.name;
    return {"make directory " + path, "remove " + path + " and all that is in it"};
}

} // namespace shakedown::injectors
