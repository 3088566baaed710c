#include "chaos-agent/safety/journal.hpp"

#include <algorithm>

#include <fcntl.h>
#include <sqlite3.h>

#include "chaos-agent/faults/operation_json.hpp"
#include "chaos-agent/protocol/fault_json.hpp"
#include "chaos-agent/safety/statement.hpp"
#include "chaos-agent/system/descriptor.hpp"

namespace shakedown::safety {

namespace {

using nlohmann::json;
using system::Failed;
using system::Failure;
using system::Got;

constexpr int patienceMs = 5000; // for another process that writes

constexpr char const* setUp = "PRAGMA journal_mode=WAL;"
                              "PRAGMA synchronous=FULL;"
                              "CREATE TABLE IF NOT EXISTS faults("
                              " number INTEGER PRIMARY KEY AUTOINCREMENT,"
                              " id TEXT NOT NULL UNIQUE,"
                              " over INTEGER NOT NULL,"
                              " document TEXT NOT NULL);"
                              "CREATE TABLE IF NOT EXISTS notes("
                              " name TEXT PRIMARY KEY,"
                              " document TEXT NOT NULL);";

json documentOf(JournalEntry const& entry) {
    return {{"request", protocol::toJson(entry.request)},
            {"steps", injectors::toJson(entry.steps)},
            {"claims", entry.claims},
            {"plan_hash", entry.planHash},
            {"owner", entry.owner},
            {"key", entry.key},
            {"state", static_cast<int>(entry.state)},
            {"reason", static_cast<int>(entry.reason)},
            {"detail", entry.detail},
            {"facts", entry.facts},
            {"begun", entry.begun},
            {"irreversible", entry.irreversible},
            {"boot", entry.boot},
            {"started_at_ms", entry.startedAtMs},
            {"ended_at_ms", entry.endedAtMs}};
}

// A number that an enumerator has, or the other one.
template <class E>
E enumeratorOf(json const& value, E last, E otherwise) {
    bool const isOne = value.is_number_integer() && value >= 0 && value <= static_cast<int>(last);
    return isOne ? static_cast<E>(value.get<int>()) : otherwise;
}

// What cannot be read stays as it is.
template <class T>
void readInto(T& into, json const& document, char const* name) {
    try {
        into = document.at(name).get<T>();
    } catch (json::exception const&) {
    }
}

// Why the steps cannot be read; empty if they are.
std::string readSteps(JournalEntry& entry, json const& document) {
    if (!document.is_object() || !document.contains("steps") || !document["steps"].is_array())
        return "it has no steps";
    auto steps = injectors::readOperations(document["steps"]);
    if (auto const* failure = std::get_if<Failure>(&steps))
        return failure->why;
    entry.steps = std::get<std::vector<injectors::Operation>>(std::move(steps));
    entry.begun = entry.steps.size(); // unless told
    readInto(entry.begun, document, "begun");
    entry.begun = std::min(entry.begun, entry.steps.size());
    return "";
}

protocol::FaultRequest requestOf(json const& document) {
    if (document.contains("request")) {
        auto read = protocol::readRequest(document["request"]);
        if (auto* request = std::get_if<protocol::FaultRequest>(&read))
            return std::move(*request);
    }
    protocol::FaultRequest request;
    request.target = "unknown";
    request.duration = Duration::milliseconds(1);
    return request;
}

JournalEntry entryOf(std::string const& id, std::string const& text) {
    JournalEntry entry;
    entry.id = id;
    json document = json::parse(text, nullptr, false);
    entry.unreadable = readSteps(entry, document);
    if (!document.is_object())
        document = json::object();
    entry.request = requestOf(document);
    readInto(entry.claims, document, "claims");
    readInto(entry.planHash, document, "plan_hash");
    readInto(entry.owner, document, "owner");
    readInto(entry.key, document, "key");
    entry.state = enumeratorOf(document.value("state", json()), protocol::FaultState::Failed,
                               protocol::FaultState::Applying);
    entry.reason = enumeratorOf(document.value("reason", json()), protocol::EndReason::ApplyFailed,
                                protocol::EndReason::None);
    readInto(entry.detail, document, "detail");
    readInto(entry.facts, document, "facts");
    readInto(entry.irreversible, document, "irreversible");
    readInto(entry.boot, document, "boot");
    readInto(entry.startedAtMs, document, "started_at_ms");
    readInto(entry.endedAtMs, document, "ended_at_ms");
    return entry;
}

std::string textOf(json const& document) {
    // Paths of processes are any bytes.
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

Failed note(sqlite3* database, char const* name, json const& document) {
    Statement put(database, "INSERT OR REPLACE INTO notes(name, document) VALUES(?, ?)");
    put.bind(std::string(name)).bind(textOf(document)).next();
    return put.failed();
}

Failed note(sqlite3* database, AuditTail const& tail) {
    return note(database, "audit_tail", {{"number", tail.number}, {"hash", tail.hash}});
}

Got<json> noted(sqlite3* database, char const* name) {
    Statement get(database, "SELECT document FROM notes WHERE name = ?");
    if (!get.bind(std::string(name)).next()) {
        if (auto failed = get.failed())
            return *failed;
        return json();
    }
    auto document = json::parse(get.text(0), nullptr, false);
    if (document.is_discarded())
        return Failure{std::string("journal: the note '") + name + "' cannot be read"};
    return document;
}

// All of it or nothing.
template <class Work>
Failed inTransaction(sqlite3* database, Work const& work) {
    if (auto failed = execute(database, "BEGIN IMMEDIATE"))
        return failed;
    Failed failed = work();
    if (!failed)
        failed = execute(database, "COMMIT");
    if (failed)
        (void)execute(database, "ROLLBACK");
    return failed;
}

// So that nobody else can read it; the files beside it take its mode. One that is there is not
// opened: to close it would let go of SQLite's locks on it (fcntl(2)), and who looks at it from
// elsewhere would think himself the last.
void makeIfMissing(std::string const& path) {
    system::Descriptor const made(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
}

} // namespace

bool isOver(protocol::FaultState state) {
    return state == protocol::FaultState::Reverted || state == protocol::FaultState::Failed;
}

void Journal::Closer::operator()(sqlite3* database) const {
    sqlite3_close(database);
}

Got<Journal> Journal::open(std::string const& path) {
    makeIfMissing(path);
    sqlite3* database = nullptr;
    int const flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
    int const status = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
    Journal journal(database);
    if (status != SQLITE_OK)
        return Failure{path + ": " + sqlite3_errstr(status)};
    sqlite3_busy_timeout(database, patienceMs);
    if (auto failed = execute(database, setUp))
        return Failure{path + ": " + failed->why};
    return journal;
}

Failed Journal::put(JournalEntry const& entry, AuditTail const& tail) {
    return inTransaction(database_.get(), [&]() -> Failed {
        Statement put(database_.get(), "INSERT INTO faults(id, over, document) VALUES(?1, ?2, ?3)"
                                       " ON CONFLICT(id) DO UPDATE SET over = ?2, document = ?3");
        put.bind(entry.id)
            .bind(std::int64_t{isOver(entry.state)})
            .bind(textOf(documentOf(entry)))
            .next();
        if (auto failed = put.failed())
            return failed;
        return note(database_.get(), tail);
    });
}

Got<std::vector<JournalEntry>> Journal::select(std::string const& where) const {
    Statement get(database_.get(), ("SELECT id, document FROM faults WHERE " + where).c_str());
    std::vector<JournalEntry> entries;
    while (get.next())
        entries.push_back(entryOf(get.text(0), get.text(1)));
    if (auto failed = get.failed())
        return *failed;
    return entries;
}

Got<std::vector<JournalEntry>> Journal::live() const {
    return select("over = 0 ORDER BY number");
}

Got<std::vector<JournalEntry>> Journal::ended(std::size_t atMost) const {
    auto entries = select("over = 1 ORDER BY number DESC LIMIT " + std::to_string(atMost));
    if (auto* some = std::get_if<std::vector<JournalEntry>>(&entries))
        std::erase_if(*some, [](JournalEntry const& entry) { return !entry.unreadable.empty(); });
    return entries;
}

Failed Journal::forget(std::size_t kept) {
    Statement remove(database_.get(),
                     "DELETE FROM faults WHERE over = 1 AND number NOT IN"
                     " (SELECT number FROM faults WHERE over = 1 ORDER BY number DESC LIMIT ?)");
    remove.bind(static_cast<std::int64_t>(kept)).next();
    return remove.failed();
}

Failed Journal::setHalt(protocol::Halt const& halt, AuditTail const& tail) {
    return inTransaction(database_.get(), [&]() -> Failed {
        if (auto failed = note(database_.get(), "halt", protocol::toJson(halt)))
            return failed;
        return note(database_.get(), tail);
    });
}

Got<protocol::Halt> Journal::halt() const {
    auto const got = noted(database_.get(), "halt");
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& document = std::get<json>(got);
    if (document.is_null())
        return protocol::Halt{};
    auto const read = protocol::readHalt(document);
    if (auto const* unreadable = std::get_if<protocol::Unreadable>(&read))
        return Failure{"journal: the lever cannot be read: " + unreadable->why};
    return std::get<protocol::Halt>(read);
}

Got<AuditTail> Journal::auditTail() const {
    auto const got = noted(database_.get(), "audit_tail");
    if (auto const* failure = std::get_if<Failure>(&got))
        return *failure;
    auto const& document = std::get<json>(got);
    if (!document.is_object())
        return AuditTail{};
    return AuditTail{document.value("number", std::uint64_t{0}),
                     document.value("hash", std::string())};
}

} // namespace shakedown::safety
