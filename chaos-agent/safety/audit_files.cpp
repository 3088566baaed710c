#include "chaos-agent/safety/audit_files.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <nlohmann/json.hpp>

namespace shakedown::safety {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t digitsOfName = 12;

// Of PATH.000000012345; 0 if it is not called so.
std::uint64_t numberIn(std::string const& name, std::string const& current) {
    if (name.size() != current.size() + 1 + digitsOfName || !name.starts_with(current + "."))
        return 0;
    std::uint64_t number = 0;
    auto const* const begin = name.data() + current.size() + 1;
    auto const [end, error] = std::from_chars(begin, name.data() + name.size(), number);
    return error == std::errc() && end == name.data() + name.size() ? number : 0;
}

} // namespace

std::string fullAuditFile(std::string const& path, std::uint64_t lastNumber) {
    std::string const digits = std::to_string(lastNumber);
    return path + "." + std::string(digitsOfName - std::min(digitsOfName, digits.size()), '0')
           + digits;
}

std::vector<std::string> fullAuditFiles(std::string const& path) {
    fs::path const current(path);
    std::vector<std::string> files;
    std::error_code error;
    fs::directory_iterator entry(current.parent_path(), error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        std::error_code gone;
        if (numberIn(entry->path().filename().string(), current.filename().string()) > 0
            && entry->symlink_status(gone).type() == fs::file_type::regular)
            files.push_back(entry->path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

AuditTail tailOfFull(std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    constexpr std::streamoff lineAtMost = 64 * 1024;
    in.seekg(0, std::ios::end);
    in.seekg(std::max<std::streamoff>(0, static_cast<std::streamoff>(in.tellg()) - lineAtMost));
    std::string line;
    for (std::string next; std::getline(in, next);)
        line = std::move(next);
    auto const body = json::parse(line, nullptr, false);
    std::string const name = fs::path(file).filename().string();
    AuditTail tail{numberIn(name, name.substr(0, name.size() - 1 - digitsOfName)), ""};
    if (body.is_object() && body.contains("hash") && body["hash"].is_string())
        tail.hash = body["hash"].get<std::string>();
    return tail;
}

void syncFolderOf(std::string const& path) {
    system::Descriptor const folder(
        ::open(fs::path(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder)
        fsync(folder.number());
}

} // namespace shakedown::safety
