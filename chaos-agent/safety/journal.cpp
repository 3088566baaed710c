#include "chaos-agent/safety/journal.hpp"

#include <sqlite3.h>

#include "chaos-agent/faults/operation_json.hpp"
#include "chaos-agent/protocol/fault_json.hpp"
#include "chaos-agent/safety/statement.hpp"

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
            {"begun", entry.begun},
            {"irreversible", entry.irreversible},
            {"boot", entry.boot},
            {"started_at_ms", entry.startedAtMs},
            {"ended_at_ms", entry.endedAtMs}};
}

Failure unreadable(std::string const& id, std::string const& why) {
    return {"journal: fault " + id + " cannot be read: " + why};
}

Got<JournalEntry> entryOf(std::string const& id, std::string const& text) {
    try {
        json const document = json::parse(text);
        JournalEntry entry;
        entry.id = id;
        auto request = protocol::readRequest(document.at("request"));
        if (auto const* error = std::get_if<protocol::Unreadable>(&request))
            return unreadable(id, error->why);
        entry.request = std::get<protocol::FaultRequest>(std::move(request));
        auto steps = injectors::readOperations(document.at("steps"));
        if (auto const* failure = std::get_if<Failure>(&steps))
            return unreadable(id, failure->why);
        entry.steps = std::get<std::vector<injectors::Operation>>(std::move(steps));
        entry.claims = document.at("claims").get<std::vector<std::string>>();
        entry.planHash = document.at("plan_hash").get<std::string>();
        entry.owner = document.at("owner").get<std::string>();
        entry.key = document.at("key").get<std::string>();
        entry.state = static_cast<protocol::FaultState>(document.at("state").get<int>());
        entry.reason = static_cast<protocol::EndReason>(document.at("reason").get<int>());
        entry.detail = document.at("detail").get<std::string>();
        entry.begun = document.at("begun").get<std::size_t>();
        entry.irreversible = document.at("irreversible").get<bool>();
        entry.boot = document.at("boot").get<std::string>();
        entry.startedAtMs = document.at("started_at_ms").get<std::int64_t>();
        entry.endedAtMs = document.at("ended_at_ms").get<std::int64_t>();
        if (entry.begun > entry.steps.size())
            return unreadable(id, "more steps were begun than there are");
        return entry;
    } catch (json::exception const& e) {
        return unreadable(id, e.what());
    }
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

} // namespace

bool isOver(protocol::FaultState state) {
    return state == protocol::FaultState::Reverted || state == protocol::FaultState::Failed;
}

void Journal::Closer::operator()(sqlite3* database) const {
    sqlite3_close(database);
}

Got<Journal> Journal::open(std::string const& path) {
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
    while (get.next()) {
        auto entry = entryOf(get.text(0), get.text(1));
        if (auto const* failure = std::get_if<Failure>(&entry))
            return *failure;
        entries.push_back(std::get<JournalEntry>(std::move(entry)));
    }
    if (auto failed = get.failed())
        return *failed;
    return entries;
}

Got<std::vector<JournalEntry>> Journal::live() const {
    return select("over = 0 ORDER BY number");
}

Got<std::vector<JournalEntry>> Journal::ended(std::size_t atMost) const {
    return select("over = 1 ORDER BY number DESC LIMIT " + std::to_string(atMost));
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
