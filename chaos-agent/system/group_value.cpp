#include "chaos-agent/system/group_value.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>

#include "chaos-agent/system/file_text.hpp"

namespace shakedown::system {

namespace {

std::string pathOf(Folder const& folder, std::string const& file) {
    return folder.path + "/" + file;
}

// A directory of that name that was made anew has another inode; the kernel does not give one again
// while the host runs.
Found<Descriptor> openVery(Folder const& folder) {
    Descriptor opened(::open(folder.path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!opened && errno == ENOENT)
        return Gone{};
    struct stat found {};
    if (!opened || fstat(opened.number(), &found) != 0)
        return failureOf(folder.path, errno);
    if (found.st_dev != folder.device || found.st_ino != folder.inode)
        return Gone{};
    return opened;
}

Failed put(Descriptor const& file, std::string const& path, std::string const& value) {
    if (!file)
        return failureOf(path, errno);
    auto const written = ::write(file.number(), value.data(), value.size());
    if (written == static_cast<ssize_t>(value.size()))
        return {};
    return failureOf("'" + value + "' to " + path, written < 0 ? errno : EIO);
}

} // namespace

Failed writeValue(std::string const& path, std::string const& value) {
    return put(Descriptor(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW)), path, value);
}

Found<std::string> valueIn(Folder const& folder, std::string const& file) {
    auto const opened = openVery(folder);
    if (auto const* failure = std::get_if<Failure>(&opened))
        return *failure;
    if (std::holds_alternative<Gone>(opened))
        return Gone{};
    Descriptor const value(openat(std::get<Descriptor>(opened).number(), file.c_str(),
                                  O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!value)
        return failureOf(pathOf(folder, file), errno);
    auto read = readFile(value, pathOf(folder, file), 4096);
    if (auto* failure = std::get_if<Failure>(&read)) {
        if (failure->error == ENODEV) // removed since it was opened
            return Gone{};
        return std::move(*failure);
    }
    auto const& text = std::get<std::string>(read);
    return text.substr(0, text.find('\n'));
}

Failed setValueIn(Folder const& folder, std::string const& file, std::string const& value) {
    auto const opened = openVery(folder);
    if (auto const* failure = std::get_if<Failure>(&opened))
        return *failure;
    if (std::holds_alternative<Gone>(opened))
        return Failure{folder.path + " is not there any more"};
    return put(Descriptor(openat(std::get<Descriptor>(opened).number(), file.c_str(),
                                 O_WRONLY | O_CLOEXEC | O_NOFOLLOW)),
               pathOf(folder, file), value);
}

} // namespace shakedown::system
