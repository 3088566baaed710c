#include "chaos-agent/faults/operation.hpp"

#include "chaos-agent/faults/change_group.hpp"
#include "chaos-agent/faults/disturb.hpp"
#include "chaos-agent/faults/divert.hpp"
#include "chaos-agent/faults/end_container.hpp"
#include "chaos-agent/faults/fill_disk.hpp"
#include "chaos-agent/faults/filter_table.hpp"
#include "chaos-agent/faults/kill_process.hpp"
#include "chaos-agent/faults/limit_descriptors.hpp"
#include "chaos-agent/faults/make_scratch.hpp"
#include "chaos-agent/faults/open_proxy.hpp"
#include "chaos-agent/faults/open_queue.hpp"
#include "chaos-agent/faults/pause_container.hpp"
#include "chaos-agent/faults/redirect.hpp"
#include "chaos-agent/faults/restart_container.hpp"
#include "chaos-agent/faults/restart_process.hpp"
#include "chaos-agent/faults/stop_process.hpp"
#include "chaos-agent/faults/stress.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::injectors {

system::Failed apply(Operation const& operation, Duration lease, Tools const& tools) {
    return std::visit(
        Overloaded{[&](FilterTable const& table) { return applyTable(table, lease); },
                   [&](OpenQueue const& open) { return applyOpen(open, tools); },
                   [](Divert const& divert) { return applyDivert(divert); },
                   [](StopProcess const& stop) { return applyStop(stop); },
                   [](KillProcess const& kill) { return applyKill(kill); },
                   [](RestartProcess const& restart) { return applyRestart(restart); },
                   [](PauseContainer const& pause) { return applyPause(pause); },
                   [](EndContainer const& end) { return applyEnd(end); },
                   [](RestartContainer const& one) { return applyRestart(one); },
                   [&](Disturb const& disturb) { return applyDisturb(disturb, tools); },
                   [&](OpenProxy const& open) { return applyOpen(open, tools); },
                   [&](Redirect const& one) { return applyRedirect(one, lease, tools); },
                   [](FillDisk const& fill) { return applyFill(fill); },
                   [&](Stress const& stress) { return applyStress(stress, tools); },
                   [](MakeScratch const& make) { return applyScratch(make); },
                   [](ChangeGroup const& change) { return applyChange(change); },
                   [](LimitDescriptors const& limit) { return applyLimit(limit); }},
        operation);
}

Verdict isApplied(Operation const& operation, Tools const& tools) {
    return std::visit(
        Overloaded{[](FilterTable const& table) { return isTableApplied(table); },
                   [&](OpenQueue const& open) { return isOpenApplied(open, tools); },
                   [](Divert const& divert) { return isDivertApplied(divert); },
                   [](StopProcess const& stop) { return isStopApplied(stop); },
                   [](KillProcess const& kill) { return isKillApplied(kill); },
                   [](RestartProcess const& restart) { return isRestartApplied(restart); },
                   [](PauseContainer const& pause) { return isPauseApplied(pause); },
                   [](EndContainer const& end) { return isEndApplied(end); },
                   [](RestartContainer const& one) { return isRestartApplied(one); },
                   [&](Disturb const& disturb) { return isDisturbApplied(disturb, tools); },
                   [&](OpenProxy const& open) { return isOpenApplied(open, tools); },
                   [](Redirect const& one) { return isRedirectApplied(one); },
                   [](FillDisk const& fill) { return isFillApplied(fill); },
                   [](Stress const& stress) { return isStressApplied(stress); },
                   [](MakeScratch const& make) { return isScratchApplied(make); },
                   [](ChangeGroup const& change) { return isChangeApplied(change); },
                   [](LimitDescriptors const& limit) { return isLimitApplied(limit); }},
        operation);
}

system::Failed renew(Operation const& operation, Duration lease, Tools const& tools) {
    if (auto const* table = std::get_if<FilterTable>(&operation))
        return renewTable(*table, lease);
    if (auto const* redirect = std::get_if<Redirect>(&operation))
        return renewTable(redirect->table, lease);
    if (auto const* stress = std::get_if<Stress>(&operation))
        return checkStress(*stress, tools);
    return {};
}

system::Failed revert(Operation const& operation, Tools const& tools) {
    return std::visit(
        Overloaded{[](FilterTable const& table) { return revertTable(table); },
                   [&](OpenQueue const& open) { return revertOpen(open, tools); },
                   [](Divert const& divert) { return revertDivert(divert); },
                   [](StopProcess const& stop) { return revertStop(stop); },
                   [](KillProcess const& kill) { return revertKill(kill); },
                   [](RestartProcess const& restart) { return revertRestart(restart); },
                   [](PauseContainer const& pause) { return revertPause(pause); },
                   [](EndContainer const& end) { return revertEnd(end); },
                   [](RestartContainer const& one) { return revertRestart(one); },
                   [&](Disturb const& disturb) { return revertDisturb(disturb, tools); },
                   [&](OpenProxy const& open) { return revertOpen(open, tools); },
                   [](Redirect const& one) { return revertTable(one.table); },
                   [](FillDisk const& fill) { return revertFill(fill); },
                   [&](Stress const& stress) { return revertStress(stress, tools); },
                   [](MakeScratch const& make) { return revertScratch(make); },
                   [](ChangeGroup const& change) { return revertChange(change); },
                   [](LimitDescriptors const& limit) { return revertLimit(limit); }},
        operation);
}

Verdict isReverted(Operation const& operation, Tools const& tools) {
    return std::visit(
        Overloaded{[](FilterTable const& table) { return isTableReverted(table); },
                   [&](OpenQueue const& open) { return isOpenReverted(open, tools); },
                   [](Divert const& divert) { return isDivertReverted(divert); },
                   [](StopProcess const& stop) { return isStopReverted(stop); },
                   [](KillProcess const& kill) { return isKillReverted(kill); },
                   [](RestartProcess const& restart) { return isRestartReverted(restart); },
                   [](PauseContainer const& pause) { return isPauseReverted(pause); },
                   [](EndContainer const& end) { return isEndReverted(end); },
                   [](RestartContainer const& one) { return isRestartReverted(one); },
                   [&](Disturb const& disturb) { return isDisturbReverted(disturb, tools); },
                   [&](OpenProxy const& open) { return isOpenReverted(open, tools); },
                   [](Redirect const& one) { return isTableReverted(one.table); },
                   [](FillDisk const& fill) { return isFillReverted(fill); },
                   [](Stress const& stress) { return isStressReverted(stress); },
                   [](MakeScratch const& make) { return isScratchReverted(make); },
                   [](ChangeGroup const& change) { return isChangeReverted(change); },
                   [](LimitDescriptors const& limit) { return isLimitReverted(limit); }},
        operation);
}

protocol::PlannedStep wordsOf(Operation const& operation) {
    return std::visit(
        Overloaded{[](FilterTable const& table) { return wordsOfTable(table); },
                   [](OpenQueue const& open) { return wordsOfOpen(open); },
                   [](Divert const& divert) { return wordsOfDivert(divert); },
                   [](StopProcess const& stop) { return wordsOfStop(stop); },
                   [](KillProcess const& kill) { return wordsOfKill(kill); },
                   [](RestartProcess const& restart) { return wordsOfRestart(restart); },
                   [](PauseContainer const& pause) { return wordsOfPause(pause); },
                   [](EndContainer const& end) { return wordsOfEnd(end); },
                   [](RestartContainer const& one) { return wordsOfRestart(one); },
                   [](Disturb const& disturb) { return wordsOfDisturb(disturb); },
                   [](OpenProxy const& open) { return wordsOfOpen(open); },
                   [](Redirect const& one) { return wordsOfRedirect(one); },
                   [](FillDisk const& fill) { return wordsOfFill(fill); },
                   [](Stress const& stress) { return wordsOfStress(stress); },
                   [](MakeScratch const& make) { return wordsOfScratch(make); },
                   [](ChangeGroup const& change) { return wordsOfChange(change); },
                   [](LimitDescriptors const& limit) { return wordsOfLimit(limit); }},
        operation);
}

bool isIrreversible(Operation const& operation) {
    return std::holds_alternative<KillProcess>(operation)
           || std::holds_alternative<RestartProcess>(operation)
           || std::holds_alternative<EndContainer>(operation)
           || std::holds_alternative<RestartContainer>(operation);
}

bool outlivesBoot(Operation const& operation) {
    // Containers that were ended are not started with their host.
    if (auto const* end = std::get_if<EndContainer>(&operation))
        return end->comesBack;
    if (auto const* make = std::get_if<MakeScratch>(&operation))
        return make->scratch.folder.kept == system::Folder::Kept::OnDisk;
    auto const* fill = std::get_if<FillDisk>(&operation);
    return fill != nullptr && fill->folder.kept == system::Folder::Kept::OnDisk;
}

bool loadsHost(Operation const& operation) {
    return std::holds_alternative<Stress>(operation);
}

} // namespace shakedown::injectors
