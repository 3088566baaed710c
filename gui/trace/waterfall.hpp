#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "reports/formats/attempt_times.hpp"
#include "reports/record/moments.hpp"

namespace shakedown::why {
class SpanTree;
}

namespace shakedown::gui {

/// One attempt of one call, as a line of the picture.
struct WaterfallRow {
    std::uint32_t span = 0; // of the request
    std::uint32_t depth = 0;
    std::uint32_t attempts = 1; // of its call, it among them
    formats::AttemptTimes times;
    bool isAnswered = false; // before the record ended
    bool isCritical = false;
    bool isCause = false; // what the request ended of

    /// The last that is known of it, at the caller or at the callee.
    SimTime end() const {
        return times.hasArrived ? std::max(times.answered, times.ended) : times.answered;
    }
};

/// The largest part of a request's time, along what was waited for last.
struct LongestPart {
    enum class Where : std::uint8_t { OnTheWay, InQueue, InService };
    std::size_t row = 0;
    Where where = Where::InService;
    Duration lasts;
};

/// The attempts of one request as a tree in lines, parents before children, siblings as they were
/// sent. Its critical path is walked back from the end along the calls that were waited for last,
/// as reports/why shares out the blame.
class Waterfall {
public:
    /// `reach` is how far the record goes: what has not ended lasts until then.
    Waterfall(record::Request request, SimTime reach);

    record::Request const& request() const { return request_; }
    std::vector<WaterfallRow> const& rows() const { return rows_; }
    record::Span const& spanOf(WaterfallRow const& row) const { return request_.spans[row.span]; }
    /// From when it was meant to be sent, or the first attempt, to the last that is known of it.
    SimTime begin() const { return begin_; }
    SimTime end() const { return end_; }
    /// When it ended for its sender, or how far the record goes.
    SimTime ended() const { return ended_; }
    bool hasEnded() const { return request_.ended != SimTime::never(); }
    /// The row that the end of the request came from; nothing if it went well.
    std::optional<std::size_t> cause() const { return cause_; }
    std::optional<LongestPart> const& longest() const { return longest_; }

private:
    void layOut(why::SpanTree const& tree, SimTime written);

    record::Request request_;
    std::vector<WaterfallRow> rows_;
    SimTime begin_;
    SimTime end_;
    SimTime ended_;
    std::optional<std::size_t> cause_;
    std::optional<LongestPart> longest_;
};

} // namespace shakedown::gui
