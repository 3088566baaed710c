#include "chaos-agent/safety/audit_log.hpp"

#include <cerrno>
#include <ctime>
#include <fstream>

#include <fcntl.h>
#include <nlohmann/json.hpp>

#include "chaos-agent/safety/audit_chain.hpp"
#include "chaos-agent/system/boot.hpp"

namespace shakedown::safety {

namespace {

using nlohmann::json;
using system::Failed;
using system::Failure;
using system::Got;

constexpr std::size_t atHand = 1000;
constexpr std::size_t textAtMost = 4096; // so that a line stays far below what a reader takes

std::string cut(std::string const& text) {
    return text.size() <= textAtMost ? text : text.substr(0, textAtMost) + "...";
}

Failed writeAll(int file, std::string const& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        auto const put = ::write(file, text.data() + done, text.size() - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            auto failure = system::failureOf("audit log", errno);
            // Half a line is none.
            auto const size = ::lseek(file, 0, SEEK_END);
            if (done > 0 && size >= static_cast<off_t>(done))
                (void)!::ftruncate(file, size - static_cast<off_t>(done));
            return failure;
        }
        done += static_cast<std::size_t>(put);
    }
    if (fdatasync(file) != 0)
        return system::failureOf("audit log", errno);
    return {};
}

} // namespace

// Faults must be taken back whatever somebody did to the log; so the file is kept, under another
// name, and a new one says why.
Got<AuditLog> AuditLog::setAside(std::string const& path, std::string const& why) {
    std::string const aside = path + ".broken-" + std::to_string(system::wallClockMs());
    if (::rename(path.c_str(), aside.c_str()) != 0)
        return system::failureOf(path, errno);
    auto anew = open(path);
    if (auto* log = std::get_if<AuditLog>(&anew))
        (void)log->append({"agent", "set aside", "", aside + ": " + why}, system::wallClockMs());
    return anew;
}

AuditLog AuditLog::missing(Failure why) {
    AuditLog log{system::Descriptor()};
    log.missing_ = std::move(why.why);
    return log;
}

Got<AuditLog> AuditLog::open(std::string const& path, AuditTail const& known) {
    system::Descriptor file(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0640));
    if (!file)
        return system::failureOf(path, errno);
    AuditLog log(std::move(file));
    auto const checked =
        followAudit(path, known, [&](std::string const& line) { log.remember(line); });
    if (auto const* failure = std::get_if<Failure>(&checked))
        return *failure;
    auto const& check = std::get<AuditCheck>(checked);
    if (!check.broken.empty())
        return setAside(path, check.broken);
    log.tail_ = check.tail;
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
    if (!file_)
        return Failure{"there is no audit log: " + missing_};
    AuditTail const next{tail_.number + 1, ""};
    json const body{{"number", next.number}, {"time", timeText(atMs)},
                    {"who", cut(line.who)},  {"what", cut(line.what)},
                    {"fault", line.fault},   {"detail", cut(line.detail)},
                    {"previous", tail_.hash}};
    auto const [text, hash] = chained(body);
    if (auto failed = writeAll(file_.number(), text + "\n"))
        return failed;
    tail_ = {next.number, hash};
    remember(text);
    return {};
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
