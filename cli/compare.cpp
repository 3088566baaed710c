#include <iostream>
#include <memory>

#include <unistd.h>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/compare_next.hpp"
#include "cli/compare_options.hpp"
#include "cli/compare_side.hpp"
#include "reports/record/moment_words.hpp"
#include "reports/render/comparison_json.hpp"
#include "reports/render/comparison_text.hpp"
#include "reports/render/plain_text.hpp"

namespace shakedown::cli {

namespace {

using summary::Change;
using summary::Comparison;
using summary::Overall;
using summary::PastRun;

std::string sideLine(char const* label, SideOrders const& side, PastRun const& run) {
    std::string line = fmt::format("{}  {}{} ({} replication{})", label, side.name, side.flags,
                                   run.replications, run.replications == 1 ? "" : "s");
    if (run.ended != record::EndReason::Finished)
        line += fmt::format(", did not finish: {}", record::wordOf(run.ended));
    return render::cleaned(line) + "\n";
}

void tell(Comparison const& comparison, CompareOrders const& orders, PastRun const& a,
          PastRun const& b, Common const& common) {
    if (common.json) {
        std::cout << render::comparisonJson(comparison, {orders.a.name, a}, {orders.b.name, b});
        return;
    }
    auto const colour =
        colours(common, STDOUT_FILENO) ? render::Colour::Always : render::Colour::Never;
    std::cout << sideLine("A", orders.a, a) << sideLine("B", orders.b, b)
              << render::comparisonText(comparison, {}, colour) << "\nNext\n";
    for (auto const& line : nextAfter(comparison, orders, a, b))
        std::cout << "  " << render::cleaned(line) << "\n";
}

Exit verdictOf(Comparison const& comparison, CompareOrders const& orders) {
    if (comparison.overall == Overall::Nothing)
        return Exit::NothingChecked;
    if (!orders.failsIfWorse)
        return Exit::Ok;
    if (comparison.has(Change::Worse))
        return Exit::ExpectationFailed;
    // A gate that nothing can close is none.
    bool const isUnchecked = comparison.has(Change::Undecided) || !comparison.onlyBefore.empty();
    return isUnchecked ? Exit::NothingChecked : Exit::Ok;
}

Exit notCompared(Exit why) {
    std::cerr << (why == Exit::Interrupted ? "shakedown: interrupted, nothing was compared\n"
                                           : "shakedown: nothing was compared\n");
    return why;
}

Exit compareSides(CompareOrders const& orders, Common const& common) {
    auto const a = readSide(orders.a, common);
    auto const b = readSide(orders.b, common);
    if (a.exit != Exit::Ok || b.exit != Exit::Ok)
        return worse(a.exit, b.exit);
    auto const doneA = finishSide(a, b, orders.processes, common);
    if (!doneA.run || doneA.exit == Exit::Interrupted)
        return notCompared(doneA.exit);
    auto const doneB = finishSide(b, a, orders.processes, common);
    if (!doneB.run || doneB.exit == Exit::Interrupted)
        return notCompared(doneB.exit);
    auto const comparison = summary::compared(*doneA.run, *doneB.run, orders.noticeable);
    Exit const verdict = verdictOf(comparison, orders);
    if (common.json || !common.quiet || verdict != Exit::Ok)
        tell(comparison, orders, *doneA.run, *doneB.run, common);
    return worse(verdict, worse(doneA.exit, doneB.exit));
}

} // namespace

void addCompare(CLI::App& app, Common& common, Exit& exit) {
    auto* command = app.add_subcommand(
        "compare", "how two runs or scenarios differ, and what of it is not chance");
    auto options = std::make_shared<CompareOptions>();
    addCompareOptions(*command, *options);
    command->footer(
        "Both sides with the same seeds are compared pair by pair, others by Welch's t. A number\n"
        "is better or worse if its change is significant at 5 % among all numbers (Holm) and\n"
        "noticeable; otherwise it is the same. One replication a side has no intervals.\n"
        "Exit codes: 0 compared; 1 worse, with --fail-if-worse; 2 usage, or no such run;\n"
        "3 invalid scenario; 4 no load in common, or, with --fail-if-worse, nothing is worse but "
        "a\n"
        "number has no interval, or a load of A is not in B; 8 limit reached; 130 interrupted.");
    command->callback([&common, &exit, options] {
        auto const orders = ordersOf(*options);
        if (!orders) {
            for (auto const& error : orders.errors())
                std::cerr << "shakedown: " << error.message << "\n";
            exit = Exit::Usage;
            return;
        }
        watchSignals();
        exit = compareSides(orders.value(), common);
    });
}

} // namespace shakedown::cli
