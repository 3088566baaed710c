#pragma once

#include <cstdint>
#include <string>

#include "chaos-agent/system/failure.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace shakedown::safety {

/// A prepared statement of SQLite (https://sqlite.org/c3ref/stmt.html).
class Statement {
public:
    Statement(sqlite3* database, char const* text);
    ~Statement();
    Statement(Statement const&) = delete;
    Statement& operator=(Statement const&) = delete;

    Statement& bind(std::string const& text);
    Statement& bind(std::int64_t number);
    /// A row is there; false at the end and on errors.
    bool next();
    std::string text(int column) const;
    std::int64_t number(int column) const;
    /// Nothing if all went well so far.
    system::Failed failed() const;

private:
    sqlite3* database_;
    sqlite3_stmt* statement_ = nullptr;
    int bound_ = 0;
    int status_;
};

/// Runs statements that give no rows.
system::Failed execute(sqlite3* database, char const* text);

} // namespace shakedown::safety
