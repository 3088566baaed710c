#include "chaos-agent/system/scratch_folder.hpp"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>

namespace shakedown::system {

namespace {

// By the descriptor of the directory above, whatever its path leads to by now.
std::string pathBelow(Descriptor const& above, std::string const& name) {
    return "/proc/self/fd/" + std::to_string(above.number()) + "/" + name;
}

Failed checkOwn(ScratchFolder const& scratch, struct stat const& found) {
    if (S_ISDIR(found.st_mode) && found.st_uid == scratch.owner)
        return {};
    return Failure{scratch.folder.path + "/" + scratch.name + " is not ours"};
}

} // namespace

Failed makeScratch(ScratchFolder const& scratch) {
    auto const above = openFolder(scratch.folder);
    if (auto const* failure = std::get_if<Failure>(&above))
        return *failure;
    if (mkdirat(std::get<Descriptor>(above).number(), scratch.name.c_str(), 0700) != 0)
        return failureOf(scratch.folder.path + "/" + scratch.name, errno);
    return {};
}

Found<std::string> pathOf(ScratchFolder const& scratch) {
    auto const above = findFolder(scratch.folder);
    if (auto const* failure = std::get_if<Failure>(&above))
        return *failure;
    if (std::holds_alternative<Gone>(above))
        return Gone{};
    struct stat found {};
    std::string path = scratch.folder.path + "/" + scratch.name;
    if (fstatat(std::get<Descriptor>(above).number(), scratch.name.c_str(), &found,
                AT_SYMLINK_NOFOLLOW)
        != 0) {
        if (errno == ENOENT)
            return Gone{};
        return failureOf(path, errno);
    }
    if (auto failed = checkOwn(scratch, found))
        return *failed;
    return path;
}

Failed removeScratch(ScratchFolder const& scratch) {
    auto const path = pathOf(scratch);
    if (auto const* failure = std::get_if<Failure>(&path))
        return *failure;
    if (std::holds_alternative<Gone>(path))
        return {};
    auto const above = findFolder(scratch.folder);
    auto const* opened = std::get_if<Descriptor>(&above);
    if (opened == nullptr)
        return Failure{scratch.folder.path + " went away"};
    std::error_code error;
    std::filesystem::remove_all(pathBelow(*opened, scratch.name), error);
    if (error)
        return failureOf(std::get<std::string>(path), error.value());
    return {};
}

} // namespace shakedown::system
