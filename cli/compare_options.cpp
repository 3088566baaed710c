#include "cli/compare_options.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "cli/run_options.hpp"
#include "cli/shell_word.hpp"
#include "scenarios/reading/quantity_grammar.hpp"

namespace shakedown::cli {

namespace {

namespace fs = std::filesystem;

bool isScenarioName(std::string const& name) {
    std::error_code ignored;
    auto const extension = fs::path(name).extension();
    return (extension == ".yaml" || extension == ".yml") && !fs::is_directory(name, ignored);
}

// Gathers what is wrong, so that all of it is said at once.
class CompareInterpreter {
public:
    explicit CompareInterpreter(CompareOptions const& options) : options_(options) {}

    Result<CompareOrders> orders() {
        orders_.a = side(options_.a, options_.seedsA, "--seeds-a", options_.setA, "--set-a");
        orders_.b = side(options_.b, options_.seedsB, "--seeds-b", options_.setB, "--set-b");
        if (!options_.seeds.empty() && !orders_.a.isScenario && !orders_.b.isScenario)
            refuse("--seeds is for scenario files, which are simulated; '" + options_.a + "' and '"
                   + options_.b + "' are runs that have theirs");
        orders_.processes =
            options_.jobs > 0 ? options_.jobs
                              : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        orders_.noticeable.relative = share(options_.noticeable, "--noticeable");
        orders_.noticeable.share = share(options_.noticeableShare, "--noticeable-share");
        orders_.failsIfWorse = options_.failIfWorse;
        repeat();
        if (!wrong_.empty())
            return wrong_;
        return std::move(orders_);
    }

private:
    void refuse(std::string message) {
        wrong_.push_back({Severity::Error, "U001", std::move(message), "", {}});
    }

    void repeat() {
        CompareOptions const usual;
        auto const add = [](std::string& flags, char const* flag, std::string const& value,
                            std::string const& otherwise) {
            if (value != otherwise)
                flags += std::string(" ") + flag + " " + shellWord(value);
        };
        add(orders_.seedFlags, "--seeds", options_.seeds, usual.seeds);
        add(orders_.seedFlags, "--seeds-a", options_.seedsA, usual.seedsA);
        add(orders_.seedFlags, "--seeds-b", options_.seedsB, usual.seedsB);
        add(orders_.otherFlags, "--noticeable", options_.noticeable, usual.noticeable);
        add(orders_.otherFlags, "--noticeable-share", options_.noticeableShare,
            usual.noticeableShare);
    }

    SideOrders side(std::string const& name, std::string const& ownSeeds, std::string const& flag,
                    std::vector<std::string> const& changes, std::string const& changeFlag) {
        SideOrders side{name, isScenarioName(name), {}, {}, "", ""};
        if (!side.isScenario && !ownSeeds.empty())
            refuse(flag + " is for a scenario file; '" + name + "' is a run that has its seeds");
        if (!side.isScenario && !changes.empty())
            refuse(changeFlag + " is for a scenario file; '" + name + "' is a run that is over");
        if (side.isScenario)
            side.seeds =
                ownSeeds.empty() ? seeds(options_.seeds, "--seeds") : seeds(ownSeeds, flag);
        for (auto const& change : changes)
            addChange(side, change, changeFlag);
        return side;
    }

    std::vector<std::uint64_t> seeds(std::string const& text, std::string const& flag) {
        if (text.empty())
            return {};
        auto const parsed = parseSeeds(text);
        if (!parsed)
            refuse(flag + " takes 1..30 or 1,5,9, not '" + text + "'");
        return parsed.value_or(std::vector<std::uint64_t>());
    }

    void addChange(SideOrders& side, std::string const& change, std::string const& flag) {
        auto const equals = change.find('=');
        if (equals == std::string::npos || equals == 0)
            return refuse(flag + " takes path=value, such as services.site.workers=80, not '"
                          + change + "'");
        side.read.assignments.emplace_back(change.substr(0, equals), change.substr(equals + 1));
        side.flags += " " + flag + " " + shellWord(change);
        side.runFlags += " --set " + shellWord(change);
    }

    double share(std::string const& text, std::string const& flag) {
        auto const parsed = reading::parseRatio(text);
        if (!parsed || parsed.value().value() < 0 || parsed.value().value() > 1) {
            refuse(flag + " takes a share from 0% to 100%, not '" + text + "'");
            return 0;
        }
        return parsed.value().value();
    }

    CompareOptions const& options_;
    CompareOrders orders_;
    Diagnostics wrong_;
};

} // namespace

void addCompareOptions(CLI::App& command, CompareOptions& options) {
    auto const one = [&](std::string const& name, auto& value, std::string const& sentence) {
        return command.add_option(name, value, sentence)->take_last();
    };
    auto const many = [&](std::string const& name, auto& value, std::string const& sentence) {
        return command.add_option(name, value, sentence)->allow_extra_args(false);
    };
    command
        .add_option("A", options.a,
                    "what was before: a run (its folder or summary.json), or a scenario file "
                    "(.yaml), which is simulated")
        ->required();
    command.add_option("B", options.b, "what is now: the same")->required();
    one("--seeds", options.seeds,
        "of the scenario files; default those of the other side's run, or 1..10");
    one("--seeds-a", options.seedsA, "of A alone");
    one("--seeds-b", options.seedsB, "of B alone; with other seeds than A's nothing is paired");
    many("--set-a", options.setA, "path=value in A, such as services.site.workers=80");
    many("--set-b", options.setB, "path=value in B");
    one("--jobs", options.jobs, "processes; default one a core")
        ->check(CLI::Range(1, 1024))
        ->envname("SHAKEDOWN_JOBS");
    one("--noticeable", options.noticeable,
        "the smallest change of goodput and latencies that counts (default 1%)");
    one("--noticeable-share", options.noticeableShare,
        "the smallest change of errors and degraded that counts, in percentage points (default "
        "0.1%)");
    command.add_flag(
        "--fail-if-worse", options.failIfWorse,
        "exit with 1 if a number is worse, with 4 if one cannot be judged for want of seeds");
}

Result<CompareOrders> ordersOf(CompareOptions const& options) {
    return CompareInterpreter(options).orders();
}

} // namespace shakedown::cli
