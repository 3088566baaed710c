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

std::string sameAgain(CompareOrders const& orders) {
    return fmt::format("shakedown compare {} {}{}{}", shellWord(orders.a.name),
                       shellWord(orders.b.name), orders.a.flags, orders.b.flags);
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

// How a run was changed on its command line is not known any more.
std::string runAgain(SideOrders const& side, PastRun const& run, std::uint64_t seeds) {
    return fmt::format("shakedown run {} --seeds 1..{} -o {}, with the options it had",
                       shellWord(run.file), seeds, shellWord(folderOf(side).string()));
}

std::vector<std::string> withMoreSeeds(CompareOrders const& orders, PastRun const& a,
                                       PastRun const& b) {
    auto const seeds = moreReplications(a, b);
    if (orders.a.isScenario && orders.b.isScenario)
        return {fmt::format("{} --seeds 1..{}", sameAgain(orders), seeds)};
    std::vector<std::string> lines;
    if (!orders.a.isScenario)
        lines.push_back(runAgain(orders.a, a, seeds));
    if (!orders.b.isScenario)
        lines.push_back(runAgain(orders.b, b, seeds));
    lines.push_back(sameAgain(orders));
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
        return {sameAgain(orders) + " --fail-if-worse"};
    case Overall::Same:
        if (mayHideAny(comparison))
            return withMoreSeeds(orders, a, b);
        return {sameAgain(orders) + " --fail-if-worse"};
    case Overall::Undecided:
        return withMoreSeeds(orders, a, b);
    case Overall::Worse:
    case Overall::Mixed:
    case Overall::Nothing:
        return {lookAt(orders.b)};
    }
    return {};
}

} // namespace shakedown::cli
