#include "cli/inject_options.hpp"

#include <charconv>

#include "cli/shell_word.hpp"
#include "scenarios/reading/quantity_grammar.hpp"

namespace shakedown::cli {

namespace {

constexpr Duration leaseAtLeast = Duration::seconds(1);
constexpr Duration leaseAtMost = Duration::seconds(60);

Diagnostic usage(std::string message) {
    return {Severity::Error, "U001", std::move(message), "", {}};
}

class Interpreter {
public:
    explicit Interpreter(InjectOptions const& options) : options_(options) {}

    Result<InjectOrders> orders() {
        seed();
        changes();
        orders_.until = duration("--until", options_.until, Duration::none());
        orders_.lease = duration("--lease", options_.lease, protocol::leaseUnlessTold);
        if (orders_.lease < leaseAtLeast || orders_.lease > leaseAtMost)
            refuse("--lease takes 1s to 60s, not '" + options_.lease + "'");
        if (options_.record == "summary")
            orders_.level = record::Level::Summary;
        else if (options_.record == "intervals")
            orders_.level = record::Level::Intervals;
        else if (options_.record == "full")
            orders_.level = record::Level::Full;
        for (auto const& name : options_.skip)
            repeat("--skip", name);
        if (options_.failFast)
            orders_.repeat += " --fail-fast";
        if (!wrong_.empty())
            return wrong_;
        return std::move(orders_);
    }

private:
    void refuse(std::string message) { wrong_.push_back(usage(std::move(message))); }
    void repeat(std::string const& flag, std::string const& value) {
        orders_.repeat += " " + flag + " " + shellWord(value);
    }

    void seed() {
        if (options_.seed.empty())
            return;
        std::uint64_t value = 0;
        char const* const end = options_.seed.data() + options_.seed.size();
        auto const [read, error] = std::from_chars(options_.seed.data(), end, value);
        if (error != std::errc() || read != end)
            return refuse("--seed takes a whole number from 0, not '" + options_.seed + "'");
        orders_.seed = value;
    }
    void changes() {
        for (auto const& assignment : options_.set) {
            auto const equals = assignment.find('=');
            if (equals == std::string::npos || equals == 0)
                refuse("--set takes path=value, such as live.limits.max_faults=1, not '"
                       + assignment + "'");
            else
                orders_.read.assignments.emplace_back(assignment.substr(0, equals),
                                                      assignment.substr(equals + 1));
            repeat("--set", assignment);
        }
        orders_.read.extraExpectations = options_.expect;
        for (auto const& expectation : options_.expect)
            repeat("--expect", expectation);
    }
    Duration duration(std::string const& flag, std::string const& text, Duration otherwise) {
        if (text.empty())
            return otherwise;
        auto const parsed = reading::parseDuration(text);
        if (!parsed) {
            refuse(flag + ": " + parsed.errors().front().message + "; write 90s or 5m");
            return otherwise;
        }
        if (parsed.value() <= Duration())
            refuse(flag + " takes a duration longer than 0s, not '" + text + "'");
        repeat(flag, text);
        return parsed.value();
    }

    InjectOptions const& options_;
    InjectOrders orders_;
    Diagnostics wrong_;
};

} // namespace

void addInjectOptions(CLI::App& command, InjectOptions& options) {
    auto const one = [&](std::string const& name, std::string& value, std::string const& sentence) {
        return command.add_option(name, value, sentence)->take_last();
    };
    auto const many = [&](std::string const& name, std::vector<std::string>& value,
                          std::string const& sentence) {
        return command.add_option(name, value, sentence)->allow_extra_args(false);
    };
    command.add_option("FILE", options.file, "a scenario with a section `live`")->required();
    command.add_flag("--dry-run", options.dryRun,
                     "print what every agent would do, and what takes it back; do nothing");
    command.add_flag("--fail-fast", options.failFast,
                     "end at the first deviation: a probe bad three times in a row, or an "
                     "expectation that nothing can mend");
    many("--skip", options.skip, "leave out this fault or operation");
    one("--until", options.until, "end the run after this time (90s)");
    one("--lease", options.lease, "how long a fault outlives us, 1s to 60s; 10s unless told");
    one("--seed", options.seed, "of arrivals and random faults, instead of the scenario's")
        ->envname("SHAKEDOWN_SEED");
    many("--set", options.set, "path=value, such as live.limits.max_faults=1");
    many("--expect", options.expect, "one more expectation");
    one("--record", options.record, "summary, intervals, sampled (default) or full")
        ->check(CLI::IsMember({"summary", "intervals", "sampled", "full"}))
        ->envname("SHAKEDOWN_RECORD");
    one("-o,--output", options.out, "folder (default runs/NAME-live-TIME)");
    addAgentIdentity(command, options.place);
}

Result<InjectOrders> ordersOf(InjectOptions const& options) {
    return Interpreter(options).orders();
}

} // namespace shakedown::cli
