#include "cli/format_files.hpp"

namespace shakedown::cli {

namespace {

Diagnostic cannotWrite(std::filesystem::path const& path) {
    return {Severity::Error, "U003", "cannot write " + path.string(), "", {}};
}

} // namespace

Result<FormatFiles> FormatFiles::open(std::filesystem::path const& folder,
                                      std::vector<formats::Format> const& formats) {
    FormatFiles files;
    for (auto const format : formats) {
        auto const path = folder / formats::rowOf(format).file;
        auto stream = std::make_unique<std::ofstream>(path, std::ios::binary);
        if (!*stream)
            return cannotWrite(path);
        auto writer = formats::makeWriter(format, *stream);
        files.files_.push_back({path, std::move(stream), std::move(writer)});
    }
    return files;
}

std::vector<record::MomentSink*> FormatFiles::sinks() const {
    std::vector<record::MomentSink*> sinks;
    for (auto const& file : files_)
        sinks.push_back(file.writer.get());
    return sinks;
}

Diagnostics FormatFiles::finish(formats::Results const& results) {
    Diagnostics failures;
    for (auto const& file : files_) {
        file.writer->finish(results);
        file.stream->flush();
        if (!*file.stream)
            failures.push_back(cannotWrite(file.path));
    }
    return failures;
}

std::vector<std::string> FormatFiles::paths() const {
    std::vector<std::string> paths;
    for (auto const& file : files_)
        paths.push_back(file.path.string());
    return paths;
}

} // namespace shakedown::cli
