#include "chaos-agent/safety/statement.hpp"

#include <sqlite3.h>

namespace shakedown::safety {

namespace {

system::Failure failureOf(sqlite3* database) {
    return {std::string("journal: ") + sqlite3_errmsg(database)};
}

} // namespace

Statement::Statement(sqlite3* database, char const* text)
    : database_(database), status_(sqlite3_prepare_v2(database, text, -1, &statement_, nullptr)) {}

Statement::~Statement() {
    sqlite3_finalize(statement_);
}

Statement& Statement::bind(std::string const& text) {
    if (status_ == SQLITE_OK)
        status_ = sqlite3_bind_text(statement_, ++bound_, text.data(),
                                    static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bind(std::int64_t number) {
    if (status_ == SQLITE_OK)
        status_ = sqlite3_bind_int64(statement_, ++bound_, number);
    return *this;
}

bool Statement::next() {
    if (status_ == SQLITE_OK || status_ == SQLITE_ROW)
        status_ = sqlite3_step(statement_);
    return status_ == SQLITE_ROW;
}

std::string Statement::text(int column) const {
    auto const* bytes = sqlite3_column_blob(statement_, column);
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string() : std::string(static_cast<char const*>(bytes), size);
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

system::Failed Statement::failed() const {
    if (status_ == SQLITE_OK || status_ == SQLITE_ROW || status_ == SQLITE_DONE)
        return {};
    return failureOf(database_);
}

system::Failed execute(sqlite3* database, char const* text) {
    if (sqlite3_exec(database, text, nullptr, nullptr, nullptr) == SQLITE_OK)
        return {};
    return failureOf(database);
}

} // namespace shakedown::safety
