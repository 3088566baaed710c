#include "cli/summary_file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace shakedown::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t largestSummary = 256'000'000;

Diagnostic noSummaryFile(std::string message) {
    return {Severity::Error, "U002", std::move(message), "", {}};
}

} // namespace

Result<SummaryFile> readSummaryFile(std::string const& path) {
    std::error_code ignored;
    fs::path const file =
        fs::is_directory(path, ignored) ? fs::path(path) / "summary.json" : fs::path(path);
    if (!fs::is_regular_file(file, ignored))
        return noSummaryFile("there is no run '" + path
                             + "'; name the folder of an earlier run, or its summary.json");
    if (fs::file_size(file, ignored) > largestSummary)
        return noSummaryFile("'" + file.string() + "' is too large for a summary");
    std::ifstream in(file, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    if (!in)
        return noSummaryFile("cannot read '" + file.string() + "'");
    return SummaryFile{file.string(), content.str()};
}

} // namespace shakedown::cli
