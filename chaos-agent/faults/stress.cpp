#include "chaos-agent/faults/stress.hpp"

#include <algorithm>
#include <cerrno>

#include "chaos-agent/system/group_memory.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::injectors {

namespace {

// A process that was killed ends at once, unless it waits for a disk.
constexpr Duration forEnding = Duration::seconds(1);

std::string joined(system::Words const& words) {
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

Bytes heldBy(Stress const& stress) {
    Bytes most;
    for (auto const& group : stress.groups)
        most = std::max(most, system::heldIn(group.directory));
    return most;
}

std::string directoriesOf(Stress const& stress) {
    std::string text;
    for (auto const& group : stress.groups)
        text += (text.empty() ? "" : ", ") + group.directory;
    return text;
}

std::string limitsOf(Stress const& stress) {
    std::string text;
    for (auto const& group : stress.groups)
        for (auto const& limit : group.limits)
            text += (text.empty() ? "" : ", ") + limit.file + " " + limit.value;
    return text;
}

} // namespace

system::Failed applyStress(Stress const& stress, Tools const& tools) {
    if (tools.companions == nullptr)
        return system::Failure{"nobody here has programs that run beside him"};
    if (auto failed = system::makeGroups(stress.groups))
        return failed;
    return tools.companions->start(stress.words,
                                   {stress.groups, stress.processorTime, stress.directory});
}

system::Failed revertStress(Stress const& stress, Tools const& tools) {
    auto failed = system::endGroups(stress.groups, forEnding);
    if (tools.companions != nullptr)
        tools.companions->reap();
    // Who was killed and has not ended yet gives back much memory, or waits for a disk.
    if (failed && failed->error == EBUSY)
        return {};
    return failed;
}

system::Failed checkStress(Stress const& stress, Tools const& tools) {
    if (tools.companions != nullptr)
        tools.companions->reap();
    auto const count = system::countIn(stress.groups);
    auto const* number = std::get_if<std::size_t>(&count);
    if (number != nullptr && *number == 0)
        return system::Failure{stress.words.front()
                               + " has ended: out of the memory it may have, or somebody's doing"};
    return {};
}

Verdict isStressApplied(Stress const& stress) {
    auto const count = system::countIn(stress.groups);
    if (auto const* failure = std::get_if<system::Failure>(&count))
        return {Verdict::Is::NotYet, failure->why};
    auto const number = std::get<std::size_t>(count);
    if (number == 0)
        return {Verdict::Is::NotSo, stress.words.front() + " ended at once"};
    auto const held = heldBy(stress);
    if (held.count() < stress.memory.count() / 10 * 9)
        return {Verdict::Is::NotYet,
                "only " + toText(held) + " of " + toText(stress.memory) + " are held"};
    if (number < stress.processes)
        return {Verdict::Is::NotYet, "only " + std::to_string(number) + " of "
                                         + std::to_string(stress.processes) + " processes run"};
    return {};
}

// Who has ended since leaves groups behind, which are removed now.
Verdict isStressReverted(Stress const& stress) {
    if (auto const failed = system::endGroups(stress.groups, Duration()))
        return {failed->error == EBUSY ? Verdict::Is::NotYet : Verdict::Is::NotSo, failed->why};
    auto const there = system::isAnyThere(stress.groups);
    if (auto const* failure = std::get_if<system::Failure>(&there))
        return {Verdict::Is::NotYet, failure->why};
    if (std::get<bool>(there))
        return {Verdict::Is::NotYet,
                "of " + directoriesOf(stress) + " not all are empty and removed"};
    return {};
}

protocol::PlannedStep wordsOfStress(Stress const& stress) {
    return {joined(stress.words) + " in control group " + directoriesOf(stress) + " ("
                + limitsOf(stress) + ")",
            "kill all in " + directoriesOf(stress) + " and remove it"};
}

} // namespace shakedown::injectors
