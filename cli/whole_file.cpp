#include "cli/whole_file.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

namespace shakedown::cli {

namespace {

Diagnostic cannotWrite(std::string const& file, std::string const& why = {}) {
    return {Severity::Error, "U005", "cannot write '" + file + "'" + why, "", {}};
}

} // namespace

Diagnostics writeWhole(std::string const& file,
                       std::function<Diagnostics(std::ostream&)> const& write) {
    std::error_code ignored;
    // /dev/stdout may be a regular file, and still nothing can stand beside it.
    bool const isDevice = file.starts_with("/dev/")
                          || (std::filesystem::exists(file, ignored)
                              && !std::filesystem::is_regular_file(file, ignored));
    std::string const part = isDevice ? file : file + ".part";
    std::ofstream out(part, std::ios::binary);
    if (!out)
        return {cannotWrite(file)};
    auto findings = write(out);
    out.close();
    if (!out)
        findings.push_back(cannotWrite(file));
    std::error_code error;
    if (isDevice)
        return findings;
    if (!hasErrors(findings))
        std::filesystem::rename(part, file, error);
    if (error)
        findings.push_back(cannotWrite(file, ": " + error.message()));
    if (hasErrors(findings))
        std::filesystem::remove(part, error);
    return findings;
}

} // namespace shakedown::cli
