#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "reports/record/moments.hpp"

namespace shakedown::gui {

/// Reads a record as its bytes come, and hands every whole line to a sink. A broken line ends it:
/// what came before stays.
class RecordStream {
public:
    /// Longer lines are an error, so that a file without newlines does not fill the memory.
    static constexpr std::size_t longestLine = std::size_t{1} << 24;

    explicit RecordStream(record::MomentSink& sink) : sink_(sink) {}

    /// False from the first error on; nothing is taken after it.
    bool feed(std::string_view bytes);
    /// What is wrong, for people, with the number of the line; empty if nothing is.
    std::string const& error() const { return error_; }
    /// Bytes of a line that has not ended: behind the last byte, the record is cut short.
    bool isCut() const { return !line_.empty(); }
    /// Requests that the writer's limit left out.
    std::uint64_t leftOut() const { return leftOut_; }

private:
    void takeLine(std::string_view line);
    void fail(std::string why);

    record::MomentSink& sink_;
    std::optional<record::Header> header_;
    std::string line_;
    std::size_t number_ = 0;
    std::uint64_t leftOut_ = 0;
    std::string error_;
};

} // namespace shakedown::gui
