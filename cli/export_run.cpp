#include "cli/export_run.hpp"

#include <filesystem>
#include <iostream>
#include <optional>

#include "cli/past_run.hpp"
#include "cli/whole_file.hpp"
#include "reports/formats/format_writer.hpp"
#include "reports/record/moment_words.hpp"

namespace shakedown::cli {

namespace fs = std::filesystem;

namespace {

Diagnostic finding(Severity severity, std::string message, std::string hint = {}) {
    return {severity, "U005", std::move(message), std::move(hint), {}};
}

void append(Diagnostics& findings, Diagnostics const& more) {
    findings.insert(findings.end(), more.begin(), more.end());
}

// The files of a run, and what is missing of it.
class PastRunExport {
public:
    PastRunExport(std::string run, formats::Format format)
        : run_(std::move(run)), row_(formats::rowOf(format)) {
        std::error_code ignored;
        isFolder_ = fs::is_directory(run_, ignored);
    }

    Diagnostics write(std::ostream& out) {
        auto const writer = formats::makeWriter(row_.format, out);
        switch (row_.source) {
        case formats::Source::Moments:
            playRecord(*writer);
            break;
        case formats::Source::Summary:
            summariseOnly(*writer);
            break;
        case formats::Source::Latencies:
            refuseLatencies();
            break;
        }
        return std::move(findings_);
    }

private:
    void tell(Severity severity, std::string message, std::string hint = {}) {
        findings_.push_back(finding(severity, std::move(message), std::move(hint)));
    }

    // Only the run itself has every latency: the record has samples, the summary quantiles.
    void refuseLatencies() {
        std::error_code ignored;
        fs::path const there = fs::path(run_) / row_.file;
        std::string const hint =
            isFolder_ && fs::exists(there, ignored)
                ? "the run wrote it already: " + there.string()
                : "run the scenario again with --also " + std::string(row_.word);
        tell(Severity::Error,
             "'" + run_ + "' does not hold every latency, which " + std::string(row_.file)
                 + " is made of",
             hint);
    }

    void summariseOnly(formats::FormatWriter& writer) {
        auto const summary = summaryOfRun(run_);
        if (!summary)
            return append(findings_, summary.errors());
        tell(Severity::Warning, "without histograms of latencies, which only the run itself has",
             "for them run the scenario again with --also " + std::string(row_.word));
        writer.begin({});
        writer.finish({&summary.value(), {}});
    }

    void playRecord(formats::FormatWriter& writer) {
        auto const file = recordOfRun(run_);
        if (!file)
            return append(findings_, file.errors());
        auto const past = readRecord(file.value(), writer);
        append(findings_, past.findings);
        if (hasErrors(past.findings))
            return;
        if (!record::holdsRequests(past.header.level))
            tell(Severity::Warning,
                 record::holdsIntervals(past.header.level)
                     ? "the record has no requests"
                     : "the record has neither requests nor intervals",
                 "it was made with --record " + std::string(record::wordOf(past.header.level)));
        if (past.requestsLeftOut > 0)
            tell(Severity::Warning, std::to_string(past.requestsLeftOut)
                                        + " requests were left out of the record by its limit");
        auto const summary = expectationsFor(past.header);
        writer.finish({summary ? &*summary : nullptr, {}});
    }

    // Of the formats made from moments one tells of the expectations, too.
    std::optional<summary::Summary> expectationsFor(record::Header const& header) {
        if (row_.format != formats::Format::Events)
            return std::nullopt;
        if (!isFolder_) {
            tell(Severity::Warning, "without expectations, which a record does not hold",
                 "name the folder of the run");
            return std::nullopt;
        }
        auto summary = summaryOfRun(run_);
        if (!summary || summary.value().scenarioDigest != header.scenarioDigest
            || summary.value().seed != header.seed) {
            tell(Severity::Warning, "without expectations: the folder has no summary.json of the "
                                    "run that was recorded");
            return std::nullopt;
        }
        return std::move(summary).value();
    }

    std::string run_;
    formats::FormatRow const& row_;
    bool isFolder_ = false;
    Diagnostics findings_;
};

Diagnostics printed(std::string const& run, formats::Format format) {
    auto findings = PastRunExport(run, format).write(std::cout);
    std::cout.flush();
    if (!std::cout)
        findings.push_back(finding(Severity::Error, "cannot write the standard output"));
    return findings;
}

} // namespace

Diagnostics exportRun(std::string const& run, formats::Format format, std::string const& out) {
    if (out.empty())
        return printed(run, format);
    return writeWhole(out,
                      [&](std::ostream& file) { return PastRunExport(run, format).write(file); });
}

} // namespace shakedown::cli
