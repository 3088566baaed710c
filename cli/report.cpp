#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include <unistd.h>

#include "cli/command.hpp"
#include "cli/findings.hpp"
#include "cli/past_run.hpp"
#include "cli/run_output.hpp"
#include "cli/whole_file.hpp"
#include "reports/html/report.hpp"
#include "reports/record/fan_out.hpp"
#include "reports/why/explanation.hpp"

namespace shakedown::cli {

namespace fs = std::filesystem;

namespace {

struct ReportOptions {
    std::string run;
    std::string out;
    std::string baseline;
};

Diagnostic finding(Severity severity, std::string message, std::string hint = {}) {
    return {severity, "U006", std::move(message), std::move(hint), {}};
}

// The page of a run from the files in its folder.
class PageAgain {
public:
    explicit PageAgain(ReportOptions const& options) : options_(options) {}

    /// Empty if there is an error among the findings.
    std::string make() {
        std::error_code ignored;
        auto const summary = summaryOfRun(options_.run);
        if (!summary)
            return refuse(summary.errors());
        if (!fs::is_directory(options_.run, ignored))
            return refuse({finding(Severity::Error, "'" + options_.run + "' is not a folder",
                                   "name the folder of a run: the page needs its record, too")});
        std::optional<html::Earlier> earlier;
        if (!options_.baseline.empty()) {
            auto const before = summaryOfRun(options_.baseline);
            if (!before)
                return refuse(before.errors());
            earlier = html::Earlier{options_.baseline,
                                    summary::compared(summary::asPastRun(before.value()),
                                                      summary::asPastRun(summary.value()))};
        }
        if (!follow(summary.value()))
            return {};
        auto const explanation = why::explanationOf(course_);
        return html::reportHtml(
            {summary.value(), history_, sourceIn(), std::move(earlier), &explanation});
    }

    Diagnostics takeFindings() { return std::move(findings_); }

private:
    std::string refuse(Diagnostics errors) {
        findings_.insert(findings_.end(), errors.begin(), errors.end());
        return {};
    }

    bool follow(summary::Summary const& summary) {
        auto const file = recordOfRun(options_.run);
        if (!file) {
            refuse(file.errors());
            return false;
        }
        record::FanOut both({&history_, &course_});
        auto const past = readRecord(file.value(), both);
        refuse(past.findings);
        if (hasErrors(past.findings))
            return false;
        if (past.header.scenarioDigest != summary.scenarioDigest
            || past.header.seed != summary.seed) {
            refuse({finding(Severity::Error,
                            "record.ndjson and summary.json in '" + options_.run
                                + "' are of different runs",
                            "run the scenario again")});
            return false;
        }
        if (past.requestsLeftOut > 0)
            refuse({finding(Severity::Warning,
                            std::to_string(past.requestsLeftOut)
                                + " requests were left out of the record by its limit, so shares "
                                  "of blame are of those it has")});
        return true;
    }

    std::string sourceIn() {
        std::ifstream in(fs::path(options_.run) / scenarioCopy, std::ios::binary);
        std::ostringstream content;
        if (!in)
            refuse({finding(Severity::Warning, "without the scenario's text",
                            std::string("the folder has no ") + scenarioCopy)});
        else
            content << in.rdbuf();
        return content.str();
    }

    ReportOptions const& options_;
    html::History history_;
    why::Course course_;
    Diagnostics findings_;
};

Exit report(ReportOptions const& options, Common const& common) {
    PageAgain again(options);
    std::string const page = again.make();
    auto findings = again.takeFindings();
    std::string const out =
        options.out.empty() ? (fs::path(options.run) / "report.html").string() : options.out;
    if (!hasErrors(findings)) {
        auto const more = writeWhole(out, [&](std::ostream& file) {
            file << page;
            return Diagnostics();
        });
        findings.insert(findings.end(), more.begin(), more.end());
    }
    std::cerr << showFindings(findings, colours(common, STDERR_FILENO));
    if (hasErrors(findings))
        return Exit::Usage;
    if (!common.quiet)
        std::cout << out << "\n";
    return Exit::Ok;
}

} // namespace

void addReport(CLI::App& app, Common& common, Exit& exit) {
    auto* command = app.add_subcommand("report", "make the page of a run again from its files");
    auto options = std::make_shared<ReportOptions>();
    command->add_option("RUN", options->run, "the folder of a run")->required();
    command->add_option("-o,--output", options->out, "file (default: RUN/report.html)")
        ->take_last();
    command
        ->add_option("--baseline", options->baseline, "an earlier run to compare with: its folder")
        ->take_last();
    command->footer(
        "The page is the one that the run wrote, byte for byte, if the run was compared\n"
        "with the same baseline and its record was not cut short by --record-limit.");
    command->callback([&common, &exit, options] { exit = report(*options, common); });
}

} // namespace shakedown::cli
