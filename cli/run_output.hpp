#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/format_files.hpp"
#include "reports/html/report.hpp"
#include "reports/record/fan_out.hpp"
#include "reports/record/record_writer.hpp"
#include "reports/render/series_csv.hpp"
#include "reports/render/timing_json.hpp"
#include "reports/summary/summary.hpp"
#include "reports/why/explanation.hpp"

namespace shakedown::cli {

/// What the page says that neither summary nor record know.
struct PageContext {
    std::string source; // the scenario, as written
    std::optional<html::Earlier> earlier;
};

/// The scenario's text in the folder of a run.
inline constexpr auto scenarioCopy = "scenario.yaml";

/// The folder of one run and the files in it: record and series grow while the run goes on, the
/// others are written at its end.
class RunOutput {
public:
    /// Makes the folder and opens the growing files, those of the formats among them; an error says
    /// which cannot be written.
    static Result<std::unique_ptr<RunOutput>> open(std::filesystem::path folder, Bytes recordLimit,
                                                   std::vector<formats::Format> const& also = {});
    ~RunOutput();
    RunOutput(RunOutput const&) = delete;
    RunOutput& operator=(RunOutput const&) = delete;

    /// Takes the moments of the recorded replication.
    record::MomentSink& sink() { return *everyone_; }
    /// Writes what is left; the messages say what could not be.
    Diagnostics finish(summary::Summary const& summary, render::Timing const& timing,
                       PageContext page, std::vector<formats::LoadLatency> latencies);
    /// Why it went as it did, of the recorded replication; known once it is finished.
    why::Explanation const& explanation() const { return explanation_; }
    /// What was written, for the person.
    std::vector<std::string> files() const;

private:
    RunOutput() = default;
    void write(char const* name, std::string const& content, Diagnostics& failures) const;

    std::filesystem::path folder_;
    int descriptor_ = -1;
    std::ofstream seriesFile_;
    std::unique_ptr<record::RecordWriter> record_;
    std::unique_ptr<render::SeriesWriter> series_;
    html::History history_;
    why::Course course_;
    why::Explanation explanation_;
    FormatFiles formats_;
    std::unique_ptr<record::FanOut> everyone_;
};

/// A name from a scenario as part of a path: letters, digits, dash and underscore.
std::string fileNameOf(std::string const& name);

} // namespace shakedown::cli
