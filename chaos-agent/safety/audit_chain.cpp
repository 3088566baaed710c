#include "chaos-agent/safety/audit_chain.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>

#include "chaos-agent/system/sha256.hpp"

namespace shakedown::safety {

namespace {

using nlohmann::json;

constexpr std::size_t lineAtMost = 64 * 1024;

// Empty if the line follows the tail, which it then becomes.
std::string follow(std::string const& line, AuditTail& tail) {
    json body = json::parse(line, nullptr, false);
    if (!body.is_object() || !body.contains("hash") || !body["hash"].is_string()
        || !body.contains("number") || !body["number"].is_number_unsigned()
        || !body.contains("previous") || !body["previous"].is_string())
        return "is no line of an audit log";
    std::string const hash = body["hash"].get<std::string>();
    body.erase("hash");
    if (body["number"].get<std::uint64_t>() != tail.number + 1)
        return "is not number " + std::to_string(tail.number + 1) + ": lines are missing";
    if (body["previous"].get<std::string>() != tail.hash)
        return "does not follow the line before it";
    if (chained(body).second != hash)
        return "was changed after it was written";
    tail = {tail.number + 1, hash};
    return "";
}

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

system::Got<AuditCheck> followAudit(std::string const& path, AuditTail const& known,
                                    std::function<void(std::string const& line)> const& onLine) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return system::Failure{path + " cannot be read"};
    AuditCheck check;
    std::string line;
    bool isKnownThere = known.number == 0;
    while (readLine(in, line)) {
        std::string const why = follow(line, check.tail);
        if (!why.empty()) {
            check.broken = "line " + std::to_string(check.lines + 1) + " " + why;
            return check;
        }
        ++check.lines;
        check.sound += line.size() + 1;
        isKnownThere =
            isKnownThere || (check.tail.number == known.number && check.tail.hash == known.hash);
        onLine(line);
    }
    check.isTorn = !line.empty();
    if (!isKnownThere)
        check.broken = "line " + std::to_string(known.number)
                       + " of the journal's account is not there: the end was cut off or replaced";
    return check;
}

system::Got<AuditCheck> checkAudit(std::string const& path, AuditTail const& known) {
    return followAudit(path, known, [](std::string const&) {});
}

} // namespace shakedown::safety
