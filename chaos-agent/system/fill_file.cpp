#include "chaos-agent/system/fill_file.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace shakedown::system {

namespace {

// Reserving takes milliseconds where a filesystem can do it; who waits for it does nothing else.
constexpr std::chrono::seconds forReserving{1};
constexpr std::int64_t largestPiece = std::int64_t{1} << 30;
constexpr std::int64_t blocksOfStat = 512; // stat(2)

std::string nameOf(FillFile const& file) {
    return file.folder.path + "/" + file.name;
}

Got<struct statvfs> roomIn(Descriptor const& folder, std::string const& path) {
    struct statvfs room {};
    if (fstatvfs(folder.number(), &room) != 0)
        return failureOf(path, errno);
    return room;
}

std::int64_t freeOf(struct statvfs const& room) {
    return static_cast<std::int64_t>(room.f_bavail * room.f_frsize);
}

// Piece by piece, looking at what is free each time: others write meanwhile. Where less can be had
// than seems free, pieces get smaller until there is no use.
Failed reserve(FillFile const& file, Descriptor const& opened, Bytes most, Bytes leave) {
    auto const until = std::chrono::steady_clock::now() + forReserving;
    std::int64_t taken = 0;
    std::int64_t piece = largestPiece;
    for (;;) {
        auto const got = roomIn(opened, file.folder.path);
        if (auto const* failure = std::get_if<Failure>(&got))
            return *failure;
        auto const& room = std::get<struct statvfs>(got);
        auto const block = static_cast<std::int64_t>(room.f_frsize);
        auto const wanted =
            std::min({piece, most.count() - taken, freeOf(room) - leave.count()}) / block * block;
        if (wanted <= 0)
            return {};
        if (std::chrono::steady_clock::now() >= until)
            return Failure{nameOf(file) + ": reserving room takes too long on this filesystem"};
        if (fallocate(opened.number(), 0, taken, wanted) == 0)
            taken += wanted;
        else if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)
            piece = wanted / 2;
        else if (errno == EOPNOTSUPP)
            return Failure{file.folder.path + ": its filesystem cannot reserve room for a file"};
        else if (errno != EINTR)
            return failureOf(nameOf(file), errno);
    }
}

Found<struct stat> look(FillFile const& file, Descriptor const& folder) {
    struct stat found {};
    if (fstatat(folder.number(), file.name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT)
            return Gone{};
        return failureOf(nameOf(file), errno);
    }
    if (!S_ISREG(found.st_mode) || found.st_uid != file.owner)
        return Failure{nameOf(file) + " is not ours"};
    return found;
}

// Who holds the file open, or has another name for it, does not keep the room. Another name of a
// file may be somebody's own, so it is left alone then.
void empty(FillFile const& file, Descriptor const& folder) {
    Descriptor const opened(
        openat(folder.number(), file.name.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat found {};
    if (opened && fstat(opened.number(), &found) == 0 && S_ISREG(found.st_mode)
        && found.st_uid == file.owner && found.st_nlink == 1)
        (void)!ftruncate(opened.number(), 0); // removing it comes next, and is what counts
}

} // namespace

Got<Bytes> freeIn(Folder const& folder) {
    auto const opened = openFolder(folder);
    if (auto const* failure = std::get_if<Failure>(&opened))
        return *failure;
    auto const room = roomIn(std::get<Descriptor>(opened), folder.path);
    if (auto const* failure = std::get_if<Failure>(&room))
        return *failure;
    return Bytes::of(freeOf(std::get<struct statvfs>(room)));
}

Failed checkWritable(Folder const& folder) {
    if (faccessat(AT_FDCWD, folder.path.c_str(), W_OK | X_OK, AT_EACCESS) != 0)
        return failureOf(folder.path, errno);
    return {};
}

Failed makeFill(FillFile const& file, Bytes most, Bytes leave) {
    auto const folder = openFolder(file.folder);
    if (auto const* failure = std::get_if<Failure>(&folder))
        return *failure;
    Descriptor const opened(openat(std::get<Descriptor>(folder).number(), file.name.c_str(),
                                   O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!opened)
        return failureOf(nameOf(file), errno);
    return reserve(file, opened, most, leave);
}

Found<Bytes> roomOf(FillFile const& file) {
    auto const folder = findFolder(file.folder);
    if (auto const* failure = std::get_if<Failure>(&folder))
        return *failure;
    auto const* opened = std::get_if<Descriptor>(&folder);
    if (opened == nullptr)
        return Gone{};
    auto const found = look(file, *opened);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const* stat = std::get_if<struct stat>(&found);
    if (stat == nullptr)
        return Gone{};
    return Bytes::of(stat->st_blocks * blocksOfStat);
}

Failed removeFill(FillFile const& file) {
    auto const folder = findFolder(file.folder);
    if (auto const* failure = std::get_if<Failure>(&folder))
        return *failure;
    auto const* opened = std::get_if<Descriptor>(&folder);
    if (opened == nullptr)
        return {};
    auto const found = look(file, *opened);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    if (std::holds_alternative<Gone>(found))
        return {};
    empty(file, *opened);
    if (unlinkat(opened->number(), file.name.c_str(), 0) != 0 && errno != ENOENT)
        return failureOf(nameOf(file), errno);
    return {};
}

} // namespace shakedown::system
