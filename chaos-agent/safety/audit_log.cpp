#include "chaos-agent/safety/audit_log.hpp"

#include <cerrno>
#include <ctime>
#include <fstream>

#include <fcntl.h>
#include <nlohmann/json.hpp>

#include "chaos-agent/safety/audit_chain.hpp"
#include "chaos-agent/safety/audit_files.hpp"
#include "chaos-agent/system/boot.hpp"

namespace shakedown::safety {

namespace {

using nlohmann::json;
using system::Failed;
using system::Failure;
using system::Got;

constexpr std::size_t atHand = 1000;
constexpr mode_t fileMode = 0640;
constexpr std::size_t textAtMost = 4096; // so that a line stays far below what a reader takes

std::string cut(std::string const& text) {
    return text.size() <= textAtMost ? text : text.substr(0, textAtMost) + "...";
}

// All of it, on the disk, or nothing: half a line is none, and one that may be lost is none either.
Failed writeAll(int file, std::string const& text, std::size_t before) {
    std::size_t done = 0;
    while (done < text.size()) {
        auto const put = ::write(file, text.data() + done, text.size() - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            break;
        done += static_cast<std::size_t>(put);
    }
    if (done == text.size() && fdatasync(file) == 0)
        return {};
    auto failure = system::failureOf("audit log", errno);
    (void)!::ftruncate(file, static_cast<off_t>(before));
    return failure;
}

} // namespace

// Faults must be taken back whatever somebody did to the log; so the file is kept, under another
// name, and a new one says why.
Got<AuditLog> AuditLog::setAside(std::string const& path, std::string const& why,
                                 AuditBounds bounds) {
    std::string const aside = path + ".broken-" + std::to_string(system::wallClockMs());
    if (::rename(path.c_str(), aside.c_str()) != 0)
        return system::failureOf(path, errno);
    auto anew = open(path, {}, bounds);
    if (auto* log = std::get_if<AuditLog>(&anew))
        (void)log->append({"agent", "set aside", "", aside + ": " + why}, system::wallClockMs());
    return anew;
}

AuditLog AuditLog::missing(Failure why) {
    AuditLog log{system::Descriptor()};
    log.missing_ = std::move(why.why);
    return log;
}

Got<AuditLog> AuditLog::open(std::string const& path, AuditTail const& known, AuditBounds bounds) {
    system::Descriptor file(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, fileMode));
    if (!file)
        return system::failureOf(path, errno);
    AuditLog log(std::move(file));
    log.path_ = path;
    log.bounds_ = bounds;
    AuditWalk walk(known);
    if (auto const full = fullAuditFiles(path); !full.empty())
        walk.beginBehind(tailOfFull(full.back()));
    if (auto failed = walk.follow(path, AuditWalk::Part::Current,
                                  [&](std::string const& line) { log.remember(line); }))
        return *failed;
    auto const check = walk.finish();
    if (!check.broken.empty())
        return setAside(path, check.broken, bounds);
    log.tail_ = check.tail;
    log.size_ = check.sound;
    if (check.isTorn) {
        if (ftruncate(log.file_.number(), static_cast<off_t>(check.sound)) != 0)
            return system::failureOf(path, errno);
        if (auto failed = log.append(
                {"agent", "mended", "", "a last line that a crash had cut short was taken off"},
                system::wallClockMs()))
            return *failed;
    }
    return log;
}

Failed AuditLog::append(AuditLine const& line, std::int64_t atMs) {
    // A line too many in a full file is better than none.
    if (size_ >= bounds_.fileBytes && !turnOver())
        forgetOldest(atMs);
    return put(line, atMs);
}

Failed AuditLog::put(AuditLine const& line, std::int64_t atMs) {
    if (!file_)
        return Failure{"there is no audit log: " + missing_};
    AuditTail const next{tail_.number + 1, ""};
    json const body{{"number", next.number}, {"time", timeText(atMs)},
                    {"who", cut(line.who)},  {"what", cut(line.what)},
                    {"fault", line.fault},   {"detail", cut(line.detail)},
                    {"previous", tail_.hash}};
    auto const [text, hash] = chained(body);
    if (auto failed = writeAll(file_.number(), text + "\n", size_))
        return failed;
    size_ += text.size() + 1;
    tail_ = {next.number, hash};
    remember(text);
    return {};
}

// Goes on in a new file, the old one under the number of its last line.
Failed AuditLog::turnOver() {
    std::string const full = fullAuditFile(path_, tail_.number);
    if (::rename(path_.c_str(), full.c_str()) != 0)
        return system::failureOf(full, errno);
    system::Descriptor next(::open(
        path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, fileMode));
    if (!next) {
        auto failure = system::failureOf(path_, errno);
        (void)::rename(full.c_str(), path_.c_str());
        return failure;
    }
    syncFolderOf(path_);
    file_ = std::move(next);
    size_ = 0;
    return {};
}

void AuditLog::forgetOldest(std::int64_t atMs) {
    auto files = fullAuditFiles(path_);
    for (std::size_t i = 0; i + bounds_.fullFiles < files.size(); ++i) {
        if (put({"agent", forgottenUpTo, "", textOf(tailOfFull(files[i]))}, atMs))
            return; // it stays until that can be said
        (void)::unlink(files[i].c_str());
    }
}

std::vector<std::string> AuditLog::newest(std::size_t count) const {
    auto const from = newest_.size() - std::min(count, newest_.size());
    return {newest_.begin() + static_cast<std::ptrdiff_t>(from), newest_.end()};
}

void AuditLog::remember(std::string line) {
    newest_.push_back(std::move(line));
    if (newest_.size() > atHand)
        newest_.pop_front();
}

} // namespace shakedown::safety
