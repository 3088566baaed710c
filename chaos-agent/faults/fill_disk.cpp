#include "chaos-agent/faults/fill_disk.hpp"

#include "chaos-agent/system/fill_file.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::injectors {

namespace {

system::FillFile fileOf(FillDisk const& fill) {
    return {fill.folder, fill.file, fill.owner};
}

std::string pathOf(FillDisk const& fill) {
    return fill.folder.path + "/" + fill.file;
}

} // namespace

system::Failed applyFill(FillDisk const& fill) {
    return system::makeFill(fileOf(fill), fill.most, fill.leave);
}

system::Failed revertFill(FillDisk const& fill) {
    return system::removeFill(fileOf(fill));
}

Verdict isFillApplied(FillDisk const& fill) {
    auto const room = system::roomOf(fileOf(fill));
    if (auto const* failure = std::get_if<system::Failure>(&room))
        return {Verdict::Is::NotSo, failure->why};
    auto const* taken = std::get_if<Bytes>(&room);
    if (taken == nullptr)
        return {Verdict::Is::NotSo, pathOf(fill) + " is not there"};
    if (*taken == Bytes())
        return {Verdict::Is::NotSo, pathOf(fill) + " takes no room"};
    return {};
}

Verdict isFillReverted(FillDisk const& fill) {
    auto const room = system::roomOf(fileOf(fill));
    if (auto const* failure = std::get_if<system::Failure>(&room))
        return {Verdict::Is::NotSo, failure->why};
    if (std::holds_alternative<Bytes>(room))
        return {Verdict::Is::NotSo, pathOf(fill) + " is still there"};
    return {};
}

protocol::PlannedStep wordsOfFill(FillDisk const& fill) {
    return {"fallocate " + pathOf(fill) + " until " + toText(fill.leave)
                + " are free on filesystem " + system::deviceText(fill.folder.device) + ", "
                + toText(fill.most) + " at most",
            "remove " + pathOf(fill)};
}

} // namespace shakedown::injectors
