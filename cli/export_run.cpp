#include "cli/export_run.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "cli/summary_file.hpp"
#include "reports/formats/format_writer.hpp"
#include "reports/record/record_reader.hpp"
#include "reports/summary/summary_reader.hpp"

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
        auto const summary = readSummary();
        if (!summary)
            return append(findings_, summary.errors());
        tell(Severity::Warning, "without histograms of latencies, which only the run itself has",
             "for them run the scenario again with --also " + std::string(row_.word));
        writer.begin({});
        writer.finish({&summary.value(), {}});
    }

    Result<summary::Summary> readSummary() const {
        auto const file = readSummaryFile(run_);
        if (!file)
            return file.errors();
        return summary::readSummary(file.value().text, file.value().name);
    }

    void playRecord(formats::FormatWriter& writer) {
        fs::path const path = isFolder_ ? fs::path(run_) / "record.ndjson" : fs::path(run_);
        std::error_code ignored;
        if (!fs::is_regular_file(path, ignored))
            return tell(Severity::Error, "there is no record '" + path.string() + "'",
                        "name the folder of a run, or its record.ndjson");
        std::ifstream in(path, std::ios::binary);
        auto opened = record::RecordReader::open(in, path.string());
        if (!opened)
            return append(findings_, opened.errors());
        auto reader = std::move(opened).value();
        if (!play(reader, writer))
            return;
        if (reader.requestsLeftOut() > 0)
            tell(Severity::Warning, std::to_string(reader.requestsLeftOut())
                                        + " requests were left out of the record by its limit");
        auto const summary = expectationsFor(reader.header());
        writer.finish({summary ? &*summary : nullptr, {}});
    }

    // False if a line is broken.
    bool play(record::RecordReader& reader, formats::FormatWriter& writer) {
        writer.begin(reader.header());
        if (reader.header().level == record::Level::Summary)
            tell(Severity::Warning, "the record has neither requests nor intervals",
                 "it was made with --record summary");
        for (;;) {
            auto const moment = reader.next();
            if (!moment) {
                append(findings_, moment.errors());
                return false;
            }
            if (!moment.value())
                break;
            writer.take(*moment.value());
        }
        if (reader.cut())
            findings_.push_back(*reader.cut());
        return true;
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
        auto summary = readSummary();
        if (!summary || summary.value().scenarioDigest != header.scenarioDigest) {
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
    // Beside its place until it is whole.
    std::string const part = out + ".part";
    std::ofstream file(part, std::ios::binary);
    if (!file)
        return {finding(Severity::Error, "cannot write '" + out + "'")};
    auto findings = PastRunExport(run, format).write(file);
    file.close();
    if (!file)
        findings.push_back(finding(Severity::Error, "cannot write '" + out + "'"));
    std::error_code error;
    if (!hasErrors(findings))
        fs::rename(part, out, error);
    if (error)
        findings.push_back(
            finding(Severity::Error, "cannot write '" + out + "': " + error.message()));
    if (hasErrors(findings))
        fs::remove(part, error);
    return findings;
}

} // namespace shakedown::cli
