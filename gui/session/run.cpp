#include "gui/session/run.hpp"

#include <array>
#include <filesystem>
#include <fstream>

namespace shakedown::gui {

namespace {

Diagnostic unreadable(std::string const& file, std::string why, std::string hint = {}) {
    return {Severity::Error, "U006", "'" + file + "' " + std::move(why), std::move(hint), {}};
}

} // namespace

std::string recordFileOf(std::string const& path) {
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored)
               ? (std::filesystem::path(path) / "record.ndjson").string()
               : path;
}

Result<std::unique_ptr<Run>> loadRun(std::string const& path) {
    std::string const file = recordFileOf(path);
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return unreadable(file, "cannot be opened", "a run leaves record.ndjson in its folder");
    auto run = std::make_unique<Run>();
    std::array<char, 256UL * 1024> bytes{};
    while (in) {
        in.read(bytes.data(), bytes.size());
        if (!run->feed({bytes.data(), static_cast<std::size_t>(in.gcount())}))
            break;
    }
    if (!run->index().hasHeader())
        return unreadable(file, run->error().empty() ? "is empty" : run->error(),
                          "a run leaves record.ndjson in its folder");
    return run;
}

} // namespace shakedown::gui
