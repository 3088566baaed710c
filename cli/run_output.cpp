#include "cli/run_output.hpp"

#include <cctype>

#include <fcntl.h>
#include <unistd.h>

#include "reports/render/junit.hpp"
#include "reports/render/summary_json.hpp"

namespace shakedown::cli {

namespace fs = std::filesystem;

namespace {

Diagnostic failed(std::string message) {
    return {Severity::Error, "U003", std::move(message), "", {}};
}

} // namespace

// Every moment goes to the record and to the series.
class RunOutput::Both final : public record::MomentSink {
public:
    Both(record::MomentSink& a, record::MomentSink& b) : a_(a), b_(b) {}
    void begin(record::Header const& header) override {
        a_.begin(header);
        b_.begin(header);
    }
    void take(record::Moment const& moment) override {
        a_.take(moment);
        b_.take(moment);
    }

private:
    record::MomentSink& a_;
    record::MomentSink& b_;
};

Result<std::unique_ptr<RunOutput>> RunOutput::open(fs::path folder, Bytes recordLimit) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return failed("cannot make the folder '" + folder.string() + "': " + error.message());
    std::unique_ptr<RunOutput> output(new RunOutput);
    output->folder_ = std::move(folder);
    output->descriptor_ = ::open((output->folder_ / "record.ndjson").c_str(),
                                 O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    output->seriesFile_.open(output->folder_ / "series.csv", std::ios::binary);
    if (output->descriptor_ < 0 || !output->seriesFile_)
        return failed("cannot write into the folder '" + output->folder_.string() + "'");
    output->record_ = std::make_unique<record::RecordWriter>(output->descriptor_, recordLimit);
    output->series_ = std::make_unique<render::SeriesWriter>(output->seriesFile_);
    output->both_ = std::make_unique<Both>(*output->record_, *output->series_);
    return output;
}

RunOutput::~RunOutput() {
    record_.reset(); // flushes
    if (descriptor_ >= 0)
        close(descriptor_);
}

Diagnostics RunOutput::finish(summary::Summary const& summary, render::Timing const& timing) {
    Diagnostics failures;
    record_->flush();
    if (record_->failure())
        failures.push_back(failed("record.ndjson: " + record_->failure()->message));
    seriesFile_.flush();
    if (!seriesFile_)
        failures.push_back(failed("cannot write " + (folder_ / "series.csv").string()));
    write("summary.json", render::summaryJson(summary), failures);
    write("junit.xml", render::junit({summary}), failures);
    write("timing.json", render::timingJson(timing), failures);
    return failures;
}

void RunOutput::write(char const* name, std::string const& content, Diagnostics& failures) const {
    std::ofstream out(folder_ / name, std::ios::binary);
    out << content;
    out.flush();
    if (!out)
        failures.push_back(failed("cannot write " + (folder_ / name).string()));
}

std::vector<std::string> RunOutput::files() const {
    std::vector<std::string> files;
    for (auto const* name : {"summary.json", "junit.xml", "record.ndjson", "series.csv"})
        files.push_back((folder_ / name).string());
    return files;
}

std::string fileNameOf(std::string const& name) {
    std::string out;
    for (char const c : name.substr(0, 80))
        out += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' ? c : '-';
    return out.empty() ? "scenario" : out;
}

} // namespace shakedown::cli
