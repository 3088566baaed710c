#include "cli/baseline.hpp"

#include "cli/summary_file.hpp"

namespace shakedown::cli {

Result<summary::PastRun> readBaseline(std::string const& path) {
    auto const file = readSummaryFile(path);
    if (!file)
        return file.errors();
    return summary::readPastRun(file.value().text, file.value().name);
}

} // namespace shakedown::cli
