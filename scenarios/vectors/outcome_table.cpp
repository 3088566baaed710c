#include "scenarios/vectors/outcome_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/quantity_grammar.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::vectors {

namespace codes = reading::codes;

namespace {

constexpr std::size_t mostFindings = 20;

enum class Column : std::uint8_t { Time, Duration, Outcome, Host };
constexpr std::size_t columnKinds = 4;

std::map<std::string, Column, std::less<>> const& columns() {
    static std::map<std::string, Column, std::less<>> const words = {
        {"time", Column::Time},      {"duration", Column::Duration}, {"outcome", Column::Outcome},
        {"result", Column::Outcome}, {"status", Column::Outcome},    {"host", Column::Host}};
    return words;
}

std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string lowered(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

struct Cell {
    std::string text;
    int column = 1; // where it begins in its line
};

std::vector<Cell> cellsOf(std::string_view line, char separator) {
    std::vector<Cell> cells(1);
    bool isQuoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        char const c = line[i];
        bool const isEscaped = isQuoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"';
        if (isEscaped)
            cells.back().text += line[i++];
        else if (c == '"')
            isQuoted = !isQuoted;
        else if (c == separator && !isQuoted)
            cells.push_back({{}, static_cast<int>(i) + 2});
        else
            cells.back().text += c;
    }
    for (auto& cell : cells)
        cell.text = std::string(trimmed(cell.text));
    return cells;
}

std::optional<double> realOf(std::string_view text) {
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool const isNumber =
        error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
    return isNumber ? std::optional(value) : std::nullopt;
}

// A span before or after midnight of 1970-01-01 UTC.
std::optional<Duration> dateOf(std::string const& text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int used = 0;
    int const found = std::sscanf(text.c_str(), "%4d-%2u-%2u%*1[T ]%2d:%2d:%2d%n", &year, &month,
                                  &day, &hour, &minute, &second, &used);
    std::chrono::year_month_day const date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    bool const isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0
                        && second <= 60 && used > 0;
    if (found != 6 || !date.ok() || year < 1970 || year > 2200 || !isTime)
        return std::nullopt;
    std::string_view rest = std::string_view(text).substr(static_cast<std::size_t>(used));
    double fraction = 0;
    if (rest.starts_with('.')) {
        auto const end = std::min(rest.size(), rest.find_first_not_of("0123456789", 1));
        auto const read = realOf("0" + std::string(rest.substr(0, end)));
        if (!read)
            return std::nullopt;
        fraction = *read;
        rest.remove_prefix(end);
    }
    int ahead = 0; // of UTC, in minutes
    if (!rest.empty() && rest != "Z") {
        int hours = 0;
        int minutes = 0;
        char sign = 0;
        int length = 0;
        int const parts =
            std::sscanf(std::string(rest).c_str(), "%c%2d:%2d%n", &sign, &hours, &minutes, &length);
        bool const isZone = parts == 3 && (sign == '+' || sign == '-') && hours >= 0 && minutes >= 0
                            && static_cast<std::size_t>(length) == rest.size();
        if (!isZone)
            return std::nullopt;
        ahead = (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
    }
    auto const days = std::chrono::sys_days(date).time_since_epoch().count();
    std::int64_t const seconds =
        days * 86'400LL + hour * 3600LL + minute * 60LL + second - ahead * 60LL;
    return Duration::seconds(seconds) + Duration::fromSeconds(fraction);
}

class TableReader {
public:
    explicit TableReader(std::string const& file) : file_(file) {}

    Result<std::vector<LoggedCall>> read(std::string_view text);

private:
    struct Row {
        Duration at; // since whatever the table counts from
        LoggedCall call;
    };

    static constexpr std::string_view headingWords = "time,duration,outcome";

    void report(char const* code, int column, std::string message, std::string hint = {}) {
        if (findings_.size() < mostFindings)
            findings_.push_back({Severity::Error, code, std::move(message), std::move(hint),
                                 Place{file_, line_, column}});
    }
    void heading(std::string_view line);
    void row(std::string_view line);
    Duration time(Cell const& cell);
    Duration took(Cell const& cell);
    void outcome(Cell const& cell, LoggedCall& call);

    std::string const& file_;
    int line_ = 0;
    char separator_ = ',';
    bool hasHeading_ = false;
    std::array<std::size_t, columnKinds> where_{}; // from 1; 0: the table has no such column
    std::vector<Row> rows_;
    Diagnostics findings_;
};

void TableReader::heading(std::string_view line) {
    hasHeading_ = true;
    for (char const separator : {'\t', ';', ','})
        if (line.find(separator) != std::string_view::npos)
            separator_ = separator;
    auto const cells = cellsOf(line, separator_);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        auto const found = columns().find(lowered(cells[i].text));
        if (found == columns().end())
            continue;
        auto& place = where_[static_cast<std::size_t>(found->second)];
        if (place != 0)
            report(codes::duplicateKey, cells[i].column,
                   "the column '" + cells[i].text + "' stands twice, or under two names");
        place = i + 1;
    }
    // A word that means nothing here may be the one that is missing, misspelt.
    std::vector<std::string> others;
    std::string standing;
    for (auto const& cell : cells) {
        standing += (standing.empty() ? "'" : ", '") + cell.text + "'";
        if (!columns().contains(lowered(cell.text)))
            others.push_back(lowered(cell.text));
    }
    static constexpr std::array<char const*, 3> needed = {"time", "duration", "outcome"};
    for (std::size_t i = 0; i < needed.size(); ++i) {
        if (where_[i] != 0)
            continue;
        auto const meant = nearestWord(needed[i], others);
        report(codes::missingKey, 1,
               std::string("the heading has no column '") + needed[i] + "'; it has " + standing,
               meant ? "write '" + std::string(needed[i]) + "' for '" + *meant + "'?"
                     : "the first line names the columns: " + std::string(headingWords));
    }
}

Duration TableReader::time(Cell const& cell) {
    if (auto const seconds = realOf(cell.text); seconds && std::abs(*seconds) < 6e9)
        return Duration::fromSeconds(*seconds);
    if (auto const date = dateOf(cell.text))
        return *date;
    report(codes::badQuantity, cell.column, "'" + cell.text + "' is no time",
           "seconds (12.5), or a date (2026-03-01T02:13:05.250Z)");
    return {};
}

Duration TableReader::took(Cell const& cell) {
    auto const plain = realOf(cell.text);
    auto const parsed =
        plain ? Result<Duration>(Duration::fromSeconds(*plain)) : reading::parseDuration(cell.text);
    bool const isSpan =
        parsed.ok() && parsed.value() >= Duration() && parsed.value() < Duration::seconds(1 << 30);
    if (isSpan)
        return parsed.value();
    report(codes::badQuantity, cell.column, "'" + cell.text + "' is no duration of a call",
           "seconds (0.25), or with a unit (250ms)");
    return {};
}

void TableReader::outcome(Cell const& cell, LoggedCall& call) {
    static std::map<std::string, CallOutcome> const words = {
        {"success", CallOutcome::Success}, {"ok", CallOutcome::Success},
        {"failure", CallOutcome::Failure}, {"error", CallOutcome::Failure},
        {"timeout", CallOutcome::Failure}, {"ignored", CallOutcome::Ignored}};
    if (auto const found = words.find(lowered(cell.text)); found != words.end()) {
        call.outcome = found->second;
        return;
    }
    auto const status = realOf(cell.text);
    bool const isStatus =
        status && *status >= 100 && *status <= 599 && std::floor(*status) == *status;
    if (!isStatus)
        return report(codes::unknownWord, cell.column, "'" + cell.text + "' is no outcome",
                      "success, failure, timeout, ignored, or an HTTP status");
    call.status = static_cast<int>(*status);
    call.outcome = call.status >= 500 ? CallOutcome::Failure : CallOutcome::Success;
}

void TableReader::row(std::string_view line) {
    auto const cells = cellsOf(line, separator_);
    Row row;
    row.call.line = line_;
    for (std::size_t kind = 0; kind < columnKinds; ++kind) {
        if (where_[kind] == 0)
            continue;
        if (where_[kind] > cells.size())
            return report(codes::wrongShape, 1,
                          "this line has " + std::to_string(cells.size())
                              + " cells, the heading names more");
        Cell const& cell = cells[where_[kind] - 1];
        switch (static_cast<Column>(kind)) {
        case Column::Time:
            row.at = time(cell);
            break;
        case Column::Duration:
            row.call.took = took(cell);
            break;
        case Column::Outcome:
            outcome(cell, row.call);
            break;
        case Column::Host:
            row.call.host = cell.text;
            break;
        }
    }
    rows_.push_back(std::move(row));
}

Result<std::vector<LoggedCall>> TableReader::read(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    while (!text.empty()) {
        auto const end = std::min(text.size(), text.find('\n'));
        auto const line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + 1));
        ++line_;
        if (line.empty() || line.front() == '#')
            continue;
        if (!hasHeading_)
            heading(line);
        else if (rows_.size() >= reading::limits::dataFileValues)
            report(codes::tooLarge, 1, "the table has more than a million calls",
                   "give it in parts");
        else
            row(line);
        bool const isHopeless =
            findings_.size() >= mostFindings || (rows_.empty() && !findings_.empty());
        if (isHopeless)
            break;
    }
    if (!hasHeading_) {
        line_ = 1;
        report(codes::badDataFile, 1, "the file is empty",
               "the first line names the columns: " + std::string(headingWords));
    } else if (findings_.empty() && rows_.empty()) {
        report(codes::badDataFile, 1, "the table holds no call",
               "below the heading stands a line for each call");
    }
    if (!findings_.empty())
        return std::move(findings_);
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](Row const& a, Row const& b) { return a.at < b.at; });
    std::vector<LoggedCall> calls;
    calls.reserve(rows_.size());
    for (auto& row : rows_) {
        row.call.begun = SimTime::at(row.at - rows_.front().at);
        calls.push_back(std::move(row.call));
    }
    return calls;
}

} // namespace

Result<std::vector<LoggedCall>> readOutcomes(std::string_view text, std::string const& file) {
    return TableReader(file).read(text);
}

} // namespace shakedown::vectors
