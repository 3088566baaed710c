#include "chaos-agent/safety/audit_chain.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "chaos-agent/safety/audit_files.hpp"
#include "chaos-agent/system/sha256.hpp"

namespace shakedown::safety {

namespace {

using nlohmann::json;

constexpr std::size_t lineAtMost = 64 * 1024;

// Reads up to a line's end, or to the bound. True if the line has an end.
bool readLine(std::istream& in, std::string& line) {
    line.clear();
    for (int c = in.get(); c != std::char_traits<char>::eof(); c = in.get()) {
        if (c == '\n')
            return true;
        line.push_back(static_cast<char>(c));
        if (line.size() > lineAtMost)
            return true;
    }
    return false;
}

} // namespace

std::pair<std::string, std::string> chained(json body) {
    auto const dump = [](json const& value) {
        return value.dump(-1, ' ', false, json::error_handler_t::replace);
    };
    std::string const hash = system::sha256(dump(body));
    body["hash"] = hash;
    return {dump(body), hash};
}

std::string timeText(std::int64_t unixMs) {
    std::time_t const seconds = unixMs / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    auto const size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::array<char, 8> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(unixMs % 1000));
    return std::string(text.data(), size) + fraction.data();
}

std::string textOf(AuditTail const& tail) {
    return std::to_string(tail.number) + " " + tail.hash;
}

void AuditWalk::beginBehind(AuditTail const& start) {
    isBegun_ = true;
    check_.tail = start;
    // What came before is not followed here.
    isKnownThere_ = known_.number < start.number
                    || (known_.number == start.number && known_.hash == start.hash);
}

// Empty if the line follows the one before it.
std::string AuditWalk::add(std::string const& line) {
    json body = json::parse(line, nullptr, false);
    if (!body.is_object() || !body.contains("hash") || !body["hash"].is_string()
        || !body.contains("number") || !body["number"].is_number_unsigned()
        || !body.contains("previous") || !body["previous"].is_string())
        return "is no line of an audit log";
    std::string const hash = body["hash"].get<std::string>();
    auto const number = body["number"].get<std::uint64_t>();
    std::string const previous = body["previous"].get<std::string>();
    body.erase("hash");
    if (!isBegun_ && number > 0)
        check_.tail = start_ = {number - 1, previous};
    isBegun_ = true;
    if (number != check_.tail.number + 1)
        return "is not number " + std::to_string(check_.tail.number + 1) + ": lines are missing";
    if (previous != check_.tail.hash)
        return "does not follow the line before it";
    if (chained(body).second != hash)
        return "was changed after it was written";
    check_.tail = {number, hash};
    if (body.value("what", json()) == forgottenUpTo && body.value("who", json()) == "agent") {
        std::istringstream words(body.value("detail", std::string()));
        words >> forgotten_.number >> forgotten_.hash;
    }
    isKnownThere_ = isKnownThere_ || (number == known_.number && hash == known_.hash);
    return "";
}

system::Failed AuditWalk::follow(std::string const& path, Part part,
                                 std::function<void(std::string const& line)> const& onLine) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return system::Failure{path + " cannot be read"};
    std::string const where =
        part == Part::Full ? std::filesystem::path(path).filename().string() + ": " : "";
    check_.sound = 0;
    std::string line;
    for (std::uint64_t number = 1; readLine(in, line); ++number) {
        if (std::string const why = add(line); !why.empty()) {
            check_.broken = where + "line " + std::to_string(number) + " " + why;
            return {};
        }
        ++check_.lines;
        check_.sound += line.size() + 1;
        onLine(line);
    }
    check_.isTorn = !line.empty();
    if (part == Part::Full && check_.isTorn)
        check_.broken = where + "its last line was cut short";
    return {};
}

AuditCheck AuditWalk::finish() const {
    AuditCheck check = check_;
    if (check.broken.empty() && known_.number != 0 && !isKnownThere_)
        check.broken = "line " + std::to_string(known_.number)
                       + " of the journal's account is not there: the end was cut off or replaced";
    return check;
}

std::string AuditWalk::gap() const {
    if (start_.number == 0 || forgotten_.number > start_.number
        || (forgotten_.number == start_.number && forgotten_.hash == start_.hash))
        return "";
    return "the first line is number " + std::to_string(start_.number + 1)
           + ", and none says that those before it were forgotten";
}

namespace {

system::Got<AuditCheck> checkFiles(std::vector<std::string> const& full, std::string const& path,
                                   AuditTail const& known) {
    AuditWalk walk(known);
    auto const ignore = [](std::string const&) {};
    for (auto const& file : full) {
        if (auto failed = walk.follow(file, AuditWalk::Part::Full, ignore))
            return *failed;
        if (!walk.isWhole())
            return walk.finish();
    }
    if (auto failed = walk.follow(path, AuditWalk::Part::Current, ignore))
        return *failed;
    auto check = walk.finish();
    if (check.broken.empty())
        check.broken = walk.gap();
    return check;
}

} // namespace

system::Got<AuditCheck> checkAudit(std::string const& path, AuditTail const& known) {
    constexpr int tries = 3;
    for (int i = 1;; ++i) {
        auto const full = fullAuditFiles(path);
        auto check = checkFiles(full, path, known);
        // An agent that runs may have turned to a new file meanwhile.
        if (i == tries || fullAuditFiles(path) == full)
            return check;
    }
}

} // namespace shakedown::safety
