#include "chaos-agent/system/group_memory.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <sstream>

#include "chaos-agent/system/file_text.hpp"

namespace shakedown::system {

namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

// "max" is no number.
std::optional<std::int64_t> numberIn(std::string const& path) {
    auto const read = readFile(path);
    auto const* text = std::get_if<std::string>(&read);
    std::int64_t number = 0;
    if (text == nullptr
        || std::from_chars(text->data(), text->data() + text->size(), number).ec != std::errc())
        return {};
    return number;
}

std::int64_t statIn(std::string const& path, std::string const& name) {
    auto const read = readFile(path);
    auto const* text = std::get_if<std::string>(&read);
    std::istringstream lines(text == nullptr ? "" : *text);
    std::string word;
    std::int64_t number = 0;
    while (lines >> word >> number)
        if (word == name)
            return number;
    return 0;
}

std::int64_t headroomIn(std::string const& directory, GroupVersion version) {
    bool const isOne = version == GroupVersion::One;
    auto const limit = numberIn(directory + (isOne ? "/memory.limit_in_bytes" : "/memory.max"));
    auto const held = numberIn(directory + (isOne ? "/memory.usage_in_bytes" : "/memory.current"));
    if (!limit || !held)
        return unlimited;
    auto const files =
        statIn(directory + "/memory.stat", isOne ? "total_inactive_file" : "inactive_file");
    return std::max<std::int64_t>(0, *limit - std::max<std::int64_t>(0, *held - files));
}

} // namespace

Bytes headroomOf(GroupPlace const& place) {
    std::int64_t least = unlimited;
    std::string directory = place.directory;
    for (std::string path = place.path; !path.empty() && directory.size() > 1;) {
        least = std::min(least, headroomIn(directory, place.version));
        if (path == "/")
            break;
        path.erase(path.rfind('/'));
        directory.erase(directory.rfind('/'));
    }
    return Bytes::of(least);
}

Bytes heldIn(std::string const& directory) {
    for (auto const* file : {"/memory.current", "/memory.usage_in_bytes"})
        if (auto const held = numberIn(directory + file))
            return Bytes::of(*held);
    return {};
}

} // namespace shakedown::system
