#include "reports/record/record_reader.hpp"

#include <algorithm>
#include <streambuf>
#include <utility>

namespace shakedown::record {

namespace {

constexpr char const* notARecord = "R101";
constexpr char const* brokenLine = "R102";
constexpr char const* lineTooLong = "R103";
constexpr char const* cutShort = "R104";

} // namespace

Diagnostic RecordReader::finding(Severity severity, char const* code, std::string message,
                                 std::string hint) const {
    return {
        severity, code, std::move(message), std::move(hint),
        Place{name_, static_cast<int>(std::min<std::size_t>(position_.line, 2'000'000'000)), 0}};
}

RecordReader::Got RecordReader::readLine() {
    line_.clear();
    std::streambuf& bytes = *stream_->rdbuf();
    for (int c = bytes.sbumpc(); c != std::char_traits<char>::eof(); c = bytes.sbumpc()) {
        if (c == '\n') {
            position_.offset += static_cast<std::int64_t>(line_.size()) + 1;
            ++position_.line;
            return Got::Line;
        }
        if (line_.size() == longestLine) {
            ++position_.line;
            return Got::TooLong;
        }
        line_ += static_cast<char>(c);
    }
    if (line_.empty()) {
        return Got::End;
    }
    position_.offset += static_cast<std::int64_t>(line_.size());
    ++position_.line;
    return Got::LastLine;
}

Result<RecordReader> RecordReader::open(std::istream& stream, std::string name) {
    RecordReader reader(stream, std::move(name));
    Got const got = reader.readLine();
    if (got == Got::End) {
        return reader.finding(Severity::Error, notARecord, "an empty file is not a record");
    }
    if (got == Got::TooLong) {
        return reader.finding(Severity::Error, notARecord,
                              "not a record: its first line does not end");
    }
    auto parsed = parseHeader(reader.line_);
    if (auto const* fault = std::get_if<LineFault>(&parsed)) {
        bool const maybeCut = got == Got::LastLine && fault->why == "not JSON";
        return reader.finding(Severity::Error, notARecord, "cannot read the header: " + fault->why,
                              maybeCut ? "the record was cut within its first line" : "");
    }
    reader.header_ = std::get<Header>(std::move(parsed));
    return reader;
}

Result<std::optional<LineContent>> RecordReader::nextLine() {
    if (cut_) {
        return std::optional<LineContent>{};
    }
    Got const got = readLine();
    if (got == Got::End) {
        return std::optional<LineContent>{};
    }
    if (got == Got::TooLong) {
        return finding(Severity::Error, lineTooLong,
                       "a line longer than " + std::to_string(longestLine) + " bytes");
    }
    auto parsed = parseLine(line_, header_);
    if (auto const* fault = std::get_if<LineFault>(&parsed)) {
        if (got == Got::LastLine || isAtEnd()) {
            cut_ = finding(Severity::Warning, cutShort,
                           "the record was cut short: its last line is broken (" + fault->why + ")",
                           "everything before it was read");
            return std::optional<LineContent>{};
        }
        return finding(Severity::Error, brokenLine, "cannot read this line: " + fault->why);
    }
    auto content = std::get<LineContent>(std::move(parsed));
    if (auto const* leftOut = std::get_if<LeftOut>(&content)) {
        leftOut_ = leftOut->requests;
    }
    return std::optional<LineContent>{std::move(content)};
}

Result<std::optional<Moment>> RecordReader::next() {
    for (;;) {
        auto line = nextLine();
        if (!line) {
            return line.errors();
        }
        auto content = std::move(line).value();
        if (!content) {
            return std::optional<Moment>{};
        }
        if (auto* moment = std::get_if<Moment>(&*content)) {
            return std::optional<Moment>{std::move(*moment)};
        }
    }
}

void RecordReader::seek(Position position) {
    stream_->clear();
    stream_->seekg(position.offset);
    position_ = position;
    cut_.reset();
}

} // namespace shakedown::record
