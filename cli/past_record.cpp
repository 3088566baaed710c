#include "cli/past_record.hpp"

#include <filesystem>
#include <fstream>

#include "reports/record/record_reader.hpp"

namespace shakedown::cli {

namespace fs = std::filesystem;

namespace {

Diagnostic failed(std::string message, std::string hint = {}) {
    return {Severity::Error, "U004", std::move(message), std::move(hint), {}};
}

} // namespace

Result<std::string> recordOf(std::string const& run) {
    std::error_code ignored;
    fs::path const path(run);
    if (!fs::exists(path, ignored))
        return failed("there is no run '" + run + "'",
                      "name the folder of a run, as `shakedown run` prints it at its end");
    bool const isScenario = path.extension() == ".yaml" || path.extension() == ".yml";
    if (isScenario)
        return failed("'" + run + "' is a scenario, not a run",
                      "run it first: shakedown run " + run);
    fs::path const file = fs::is_directory(path, ignored) ? path / "record.ndjson" : path;
    if (!fs::is_regular_file(file, ignored))
        return failed("'" + run + "' holds no record.ndjson, so it is not the folder of a run",
                      "name the folder of a run, as `shakedown run` prints it at its end");
    return file.string();
}

Diagnostics readRecord(std::string const& file, record::MomentSink& sink) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return {failed("cannot read '" + file + "'")};
    auto opened = record::RecordReader::open(in, file);
    if (!opened)
        return opened.errors();
    record::RecordReader reader = std::move(opened).value();
    sink.begin(reader.header());
    for (;;) {
        auto const moment = reader.next();
        if (!moment)
            return moment.errors();
        if (!moment.value())
            break;
        sink.take(*moment.value());
    }
    Diagnostics findings;
    if (auto const& cut = reader.cut())
        findings.push_back(*cut);
    return findings;
}

} // namespace shakedown::cli
