#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>

#include "reports/record/line_parsing.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::record {

/// Reads a record line by line, holding one line at a time. A record cut short by a crash is
/// readable up to the cut; a broken line in the middle is an error with its number.
class RecordReader {
public:
    /// Longer lines are an error, so that a file without newlines does not fill the memory.
    static constexpr std::size_t longestLine = std::size_t{1} << 24;

    /// Reads the header. `name` is the file's, for diagnostics; the stream must outlive the reader.
    static Result<RecordReader> open(std::istream& stream, std::string name);

    Header const& header() const { return header_; }

    /// The next line of any kind, nothing at the end of the record.
    Result<std::optional<LineContent>> nextLine();
    /// The next moment, nothing at the end of the record.
    Result<std::optional<Moment>> next();

    /// Set at the end of a record whose last line is not whole.
    std::optional<Diagnostic> const& cut() const { return cut_; }
    /// Requests that the writer's limit left out; known at the end.
    std::uint64_t requestsLeftOut() const { return leftOut_; }

    /// Where the next line begins, in bytes and in lines, to come back to with seek().
    struct Position {
        std::int64_t offset = 0;
        std::size_t line = 0;
    };
    Position position() const { return position_; }
    void seek(Position position);

private:
    RecordReader(std::istream& stream, std::string name)
        : stream_(&stream), name_(std::move(name)) {}

    enum class Got { Line, LastLine, TooLong, End };
    Got readLine();
    bool isAtEnd() { return stream_->peek() == std::istream::traits_type::eof(); }
    Diagnostic finding(Severity severity, char const* code, std::string message,
                       std::string hint = {}) const;

    std::istream* stream_;
    std::string name_;
    Header header_;
    Position position_;
    std::string line_;
    std::optional<Diagnostic> cut_;
    std::uint64_t leftOut_ = 0;
};

} // namespace shakedown::record
