#include "cli/compare_next.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "cli/shell_word.hpp"

namespace shakedown::cli {

namespace {

namespace fs = std::filesystem;
using summary::Overall;
using summary::PastRun;

std::string sameAgain(CompareOrders const& orders, std::string const& seedFlags) {
    return fmt::format("shakedown compare {} {}{}{}{}{}", shellWord(orders.a.name),
                       shellWord(orders.b.name), orders.a.flags, orders.b.flags, seedFlags,
                       orders.otherFlags);
}

// Four times as many replications make intervals half as wide.
std::uint64_t moreReplications(PastRun const& a, PastRun const& b) {
    constexpr std::uint64_t most = 1000;
    return std::clamp<std::uint64_t>(4 * std::min(a.replications, b.replications), 10, most);
}

fs::path folderOf(SideOrders const& side) {
    std::error_code ignored;
    fs::path const name = side.name;
    return fs::is_directory(name, ignored) ? name
           : name.has_parent_path()        ? name.parent_path()
                                           : fs::path(".");
}

// The command of a run with other seeds; how one that does not keep it was changed is not known.
std::string runAgain(SideOrders const& side, PastRun const& run, std::uint64_t seeds) {
    std::string command = run.command;
    for (std::string const flag : {" --seeds ", " --seed "}) {
        if (auto const at = command.find(flag); at != std::string::npos) {
            auto const end = command.find(' ', at + flag.size());
            command.erase(at, end == std::string::npos ? end : end - at);
        }
    }
    if (command.empty())
        command = "shakedown run " + shellWord(run.file);
    return fmt::format("{} --seeds 1..{} -o {}", command, seeds,
                       shellWord(folderOf(side).string()));
}

// Done for real: it is not repeated by the dozen.
bool isLive(PastRun const& run) {
    return run.command.starts_with("shakedown inject ");
}

std::vector<std::string> withMoreSeeds(CompareOrders const& orders, PastRun const& a,
                                       PastRun const& b) {
    auto const seeds = moreReplications(a, b);
    if (orders.a.isScenario && orders.b.isScenario)
        return {sameAgain(orders, fmt::format(" --seeds 1..{}", seeds))};
    std::vector<std::string> lines;
    if (!orders.a.isScenario)
        lines.push_back(runAgain(orders.a, a, seeds));
    if (!orders.b.isScenario)
        lines.push_back(runAgain(orders.b, b, seeds));
    lines.push_back(sameAgain(orders, orders.seedFlags));
    return lines;
}

std::string lookAt(SideOrders const& side) {
    if (side.isScenario)
        return fmt::format("shakedown run {}{}", shellWord(side.name), side.runFlags);
    return "see " + (folderOf(side) / "report.html").string() + ": what broke first";
}

bool mayHideAny(summary::Comparison const& comparison) {
    for (auto const& load : comparison.loads)
        for (auto const& d : load.differences)
            if (d.mayHide())
                return true;
    return false;
}

} // namespace

std::vector<std::string> nextAfter(summary::Comparison const& comparison,
                                   CompareOrders const& orders, PastRun const& a,
                                   PastRun const& b) {
    switch (comparison.overall) {
    case Overall::Better:
        return {sameAgain(orders, orders.seedFlags) + " --fail-if-worse"};
    case Overall::Same:
        if (mayHideAny(comparison) && !isLive(a) && !isLive(b))
            return withMoreSeeds(orders, a, b);
        return {sameAgain(orders, orders.seedFlags) + " --fail-if-worse"};
    case Overall::Undecided:
        if (isLive(a) || isLive(b))
            return {lookAt(orders.b)};
        return withMoreSeeds(orders, a, b);
    case Overall::Worse:
    case Overall::Mixed:
    case Overall::Nothing:
        return {lookAt(orders.b)};
    }
    return {};
}

} // namespace shakedown::cli
