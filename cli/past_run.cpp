#include "cli/past_run.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/shell_word.hpp"
#include "reports/record/record_reader.hpp"
#include "reports/summary/summary_reader.hpp"

namespace shakedown::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t largestSummary = 256'000'000;
constexpr auto nameTheFolder = "name the folder of a run, as `shakedown run` prints it at its end";

Diagnostic failed(std::string message, std::string hint = {}) {
    return {Severity::Error, "U004", std::move(message), std::move(hint), {}};
}

// The file of that name in the folder of a run, or the file that was named itself.
Result<fs::path> fileOfRun(std::string const& run, char const* name) {
    std::error_code ignored;
    fs::path const path(run);
    if (!fs::exists(path, ignored))
        return failed("there is no run '" + run + "'", nameTheFolder);
    if (path.extension() == ".yaml" || path.extension() == ".yml")
        return failed("'" + run + "' is a scenario, not a run",
                      "run it first: shakedown run " + shellWord(run));
    fs::path const file = fs::is_directory(path, ignored) ? path / name : path;
    if (!fs::is_regular_file(file, ignored))
        return failed("'" + run + "' holds no " + name + ", so it is not the folder of a run",
                      nameTheFolder);
    return file;
}

} // namespace

Result<summary::Summary> summaryOfRun(std::string const& run) {
    auto const path = fileOfRun(run, "summary.json");
    if (!path)
        return path.errors();
    std::string const file = path.value().string();
    std::error_code ignored;
    if (fs::file_size(file, ignored) > largestSummary)
        return failed("'" + file + "' is too large for a summary");
    std::ifstream in(file, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    if (!in)
        return failed("cannot read '" + file + "'");
    return summary::readSummary(content.str(), file);
}

Result<std::string> recordOfRun(std::string const& run) {
    auto const file = fileOfRun(run, "record.ndjson");
    if (!file)
        return file.errors();
    return file.value().string();
}

PastRecord readRecord(std::string const& file, record::MomentSink& sink) {
    PastRecord past;
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        past.findings.push_back(failed("cannot read '" + file + "'"));
        return past;
    }
    auto opened = record::RecordReader::open(in, file);
    if (!opened) {
        past.findings = opened.errors();
        return past;
    }
    record::RecordReader reader = std::move(opened).value();
    past.header = reader.header();
    sink.begin(reader.header());
    bool isWhole = false;
    for (;;) {
        auto const moment = reader.next();
        if (!moment) {
            past.findings = moment.errors();
            return past;
        }
        if (!moment.value())
            break;
        sink.take(*moment.value());
        isWhole = isWhole || std::holds_alternative<record::RunEnded>(moment.value()->what);
    }
    past.requestsLeftOut = reader.requestsLeftOut();
    if (auto const& cut = reader.cut())
        past.findings.push_back(*cut);
    else if (!isWhole)
        past.findings.push_back(
            {Severity::Warning,
             "U004",
             "'" + file + "' ends before its run does: what comes after is not there",
             "",
             {}});
    return past;
}

} // namespace shakedown::cli
