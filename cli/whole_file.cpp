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
    // A device or a pipe cannot be moved to, and a link (/dev/stdout is one) is to stay a link.
    auto const kind = std::filesystem::symlink_status(file, ignored).type();
    bool const isOther = kind != std::filesystem::file_type::not_found
                         && kind != std::filesystem::file_type::regular;
    std::string const part = isOther ? file : file + ".part";
    std::ofstream out(part, std::ios::binary);
    if (!out)
        return {cannotWrite(file)};
    auto findings = write(out);
    out.close();
    if (!out)
        findings.push_back(cannotWrite(file));
    std::error_code error;
    if (isOther)
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
