#include "cli/run_output.hpp"

#include <cctype>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "reports/render/junit.hpp"
#include "reports/render/summary_json.hpp"

namespace shakedown::cli {

namespace fs = std::filesystem;

namespace {

Diagnostic unwritten(std::string message) {
    return {Severity::Error, "U003", std::move(message), "", {}};
}

} // namespace

Result<std::unique_ptr<RunOutput>> RunOutput::open(fs::path folder, Bytes recordLimit,
                                                   std::vector<formats::Format> const& also) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return unwritten("cannot make the folder '" + folder.string() + "': " + error.message());
    // Of an earlier run into this folder; it would pass for this one's.
    for (auto const& row : formats::allFormats)
        fs::remove(folder / row.file, error);
    std::unique_ptr<RunOutput> output(new RunOutput);
    output->folder_ = std::move(folder);
    output->descriptor_ = ::open((output->folder_ / "record.ndjson").c_str(),
                                 O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    output->seriesFile_.open(output->folder_ / "series.csv", std::ios::binary);
    if (output->descriptor_ < 0 || !output->seriesFile_)
        return unwritten("cannot write into the folder '" + output->folder_.string() + "'");
    auto formats = FormatFiles::open(output->folder_, also);
    if (!formats)
        return formats.errors();
    output->formats_ = std::move(formats).value();
    output->record_ = std::make_unique<record::RecordWriter>(output->descriptor_, recordLimit);
    output->series_ = std::make_unique<render::SeriesWriter>(output->seriesFile_);
    auto sinks = output->formats_.sinks();
    sinks.insert(sinks.begin(), {output->record_.get(), output->series_.get(), &output->history_,
                                 &output->course_});
    output->everyone_ = std::make_unique<record::FanOut>(std::move(sinks));
    return output;
}

RunOutput::~RunOutput() {
    record_.reset(); // flushes
    if (descriptor_ >= 0)
        close(descriptor_);
}

Diagnostics RunOutput::finish(summary::Summary const& summary, render::Timing const& timing,
                              PageContext page, std::vector<formats::LoadLatency> latencies) {
    Diagnostics failures = formats_.finish({&summary, std::move(latencies)});
    record_->flush();
    if (record_->failure())
        failures.push_back(unwritten("record.ndjson: " + record_->failure()->message));
    seriesFile_.flush();
    if (!seriesFile_)
        failures.push_back(unwritten("cannot write " + (folder_ / "series.csv").string()));
    explanation_ = why::explanationOf(course_);
    write("summary.json", render::summaryJson(summary), failures);
    write("junit.xml", render::junit({summary}), failures);
    write(scenarioCopy, page.source, failures);
    write("report.html",
          html::reportHtml(
              {summary, history_, std::move(page.source), std::move(page.earlier), &explanation_}),
          failures);
    write("timing.json", render::timingJson(timing), failures);
    return failures;
}

void RunOutput::write(char const* name, std::string const& content, Diagnostics& failures) const {
    std::ofstream out(folder_ / name, std::ios::binary);
    out << content;
    out.flush();
    if (!out)
        failures.push_back(unwritten("cannot write " + (folder_ / name).string()));
}

std::vector<std::string> RunOutput::files() const {
    std::vector<std::string> files;
    for (auto const* name :
         {"report.html", "summary.json", "junit.xml", "record.ndjson", "series.csv", scenarioCopy})
        files.push_back((folder_ / name).string());
    auto const more = formats_.paths();
    files.insert(files.end(), more.begin(), more.end());
    return files;
}

std::string fileNameOf(std::string const& name) {
    std::string out;
    for (char const c : name.substr(0, 80))
        out += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' ? c : '-';
    return out.empty() ? "scenario" : out;
}

} // namespace shakedown::cli
