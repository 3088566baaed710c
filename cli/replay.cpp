#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iostream>
#include <memory>

#include <unistd.h>

#include "cli/call_log.hpp"
#include "cli/command.hpp"
#include "cli/findings.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/sources.hpp"
#include "scenarios/vectors/vectors.hpp"
#include "sim/replay/call_log.hpp"
#include "sim/replay/replay.hpp"

namespace shakedown::cli {

namespace {

namespace fs = std::filesystem;
using replay::Verdict;

struct Tally {
    int passed = 0;
    int failed = 0;
    int unsupported = 0;

    void count(Verdict verdict) {
        ++(verdict == Verdict::Passed ? passed : verdict == Verdict::Failed ? failed : unsupported);
    }
};

char const* wordOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Passed:
        return "passed";
    case Verdict::Failed:
        return "failed";
    case Verdict::Unsupported:
        return "unsupported";
    }
    return "";
}

// A folder stands for the files of vectors in it.
std::vector<std::string> filesOf(std::vector<std::string> const& names) {
    std::vector<std::string> files;
    for (auto const& name : names) {
        std::error_code problem;
        if (!fs::is_directory(name, problem)) {
            files.push_back(name);
            continue;
        }
        std::vector<std::string> inside;
        for (auto const& entry : fs::directory_iterator(name, problem))
            if (entry.path().extension() == ".yaml")
                inside.push_back(entry.path().string());
        std::sort(inside.begin(), inside.end());
        files.insert(files.end(), inside.begin(), inside.end());
    }
    return files;
}

Result<vectors::Suite> read(std::string const& file) {
    auto const bytes = reading::readBounded(file, reading::limits::fileBytes);
    if (!bytes) {
        Diagnostics findings = bytes.errors();
        for (auto& finding : findings)
            finding.place.file = file;
        return findings;
    }
    return vectors::readVectors(bytes.value(), file);
}

void printJson(vectors::Vector const& vector, replay::VectorResult const& result) {
    for (std::size_t i = 0; i < result.steps.size(); ++i) {
        vectors::Value const line = {{"vector", vector.id},
                                     {"step", i + 1},
                                     {"do", vector.steps[i].verb},
                                     {"seen", result.steps[i].seen},
                                     {"mismatches", result.steps[i].mismatches}};
        std::cout << line.dump() << "\n";
    }
    vectors::Value const end = {{"vector", vector.id},
                                {"dialect", vector.dialect},
                                {"verdict", wordOf(result.verdict)},
                                {"reason", result.reason}};
    std::cout << end.dump() << "\n";
}

void printText(vectors::Vector const& vector, replay::VectorResult const& result, bool quiet) {
    bool const isGood = result.verdict == Verdict::Passed;
    if (isGood && quiet)
        return;
    std::cout << wordOf(result.verdict) << "  " << vector.id << "  " << vector.title << "\n";
    if (!result.reason.empty())
        std::cout << "    " << result.reason << "\n";
    for (std::size_t i = 0; i < result.steps.size(); ++i) {
        auto const& step = result.steps[i];
        if (quiet && step.mismatches.empty())
            continue;
        std::cout << "    " << i + 1 << ". " << vector.steps[i].verb << ": " << step.seen.dump()
                  << "\n";
        for (auto const& mismatch : step.mismatches)
            std::cout << "       line " << vector.steps[i].place.line << ": " << mismatch << "\n";
    }
}

void replayVectors(std::vector<std::string> const& names, Common const& common, Exit& exit) {
    Tally tally;
    for (auto const& file : filesOf(names)) {
        auto const suite = read(file);
        if (!suite) {
            std::cerr << showFindings(suite.errors(), colours(common, STDERR_FILENO));
            exit = worse(exit, Exit::InvalidScenario);
            continue;
        }
        auto const results = replay::replay(suite.value());
        for (std::size_t i = 0; i < results.size(); ++i) {
            tally.count(results[i].verdict);
            if (common.json)
                printJson(suite.value().vectors[i], results[i]);
            else
                printText(suite.value().vectors[i], results[i], common.quiet);
        }
    }
    if (common.json)
        std::cout << vectors::Value{{"passed", tally.passed},
                                    {"failed", tally.failed},
                                    {"unsupported", tally.unsupported}}
                         .dump()
                  << "\n";
    else
        std::cout << tally.passed << " passed, " << tally.failed << " failed, " << tally.unsupported
                  << " unsupported\n";
    if (tally.failed + tally.unsupported > 0)
        exit = worse(exit, Exit::ExpectationFailed);
    else if (tally.passed == 0)
        exit = worse(exit, Exit::NothingChecked);
}

bool isTableName(std::string const& name) {
    std::string extension = fs::path(name).extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension == ".csv" || extension == ".tsv";
}

std::string dialectsByPolicy() {
    std::string all;
    for (auto const& policy : replay::policiesOfLogs()) {
        all += (all.empty() ? "" : ";\n") + policy + ":";
        for (auto const& dialect : replay::dialectsOfLogs(policy))
            all += (all.ends_with(':') ? " " : ", ") + dialect;
    }
    return all;
}

} // namespace

void addReplay(CLI::App& app, Common& common, Exit& exit) {
    auto* command = app.add_subcommand(
        "replay",
        "check policies against vector files, or ask what one would have done to a log of calls");
    auto names = std::make_shared<std::vector<std::string>>();
    auto log = std::make_shared<CallLogRequest>();
    command
        ->add_option("FILE", *names,
                     "files of policy vectors, folders of them, or a table (.csv, .tsv)")
        ->required();
    command->add_option("--policy", log->policy,
                        "what the calls of a table are put through: circuit_breaker, bulkhead, "
                        "rate_limiter, outlier_detection or retry (its budget alone)");
    command->add_option("--dialect", log->dialect,
                        "whose policy, the default first:\n" + dialectsByPolicy());
    command->add_option("--config", log->config,
                        "its parameters as YAML, by the library's own names; durations end with "
                        "_ms or _s (waitDurationInOpenState_ms: 5000)");
    command->footer(
        "A vector whose dialect is not offered is unsupported, which is a failure too.\n"
        "A table of calls has a heading with the columns time (seconds or dates), duration\n"
        "(seconds, or 250ms), outcome (success, failure, timeout, ignored or an HTTP status)\n"
        "and, for outlier_detection, host. Prints when the policy would have changed its state\n"
        "and what it would have refused; with --json every decision.");
    command->callback([&common, &exit, names, log] {
        bool const isTable = isTableName(names->front());
        bool const saysPolicy =
            !log->policy.empty() || !log->dialect.empty() || !log->config.empty();
        if (!isTable && !saysPolicy)
            return replayVectors(*names, common, exit);
        if (names->size() > 1) {
            std::cerr << "shakedown: one table of calls at a time\n";
            exit = Exit::Usage;
            return;
        }
        log->table = names->front();
        exit = replayCallLog(*log, common);
    });
}

} // namespace shakedown::cli
