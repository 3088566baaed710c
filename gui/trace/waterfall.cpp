#include "gui/trace/waterfall.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "reports/why/span_tree.hpp"

namespace shakedown::gui {

using record::Cause;
using record::nobody;

namespace {

Duration between(SimTime from, SimTime to) {
    return to > from ? to - from : Duration();
}

// A first attempt begins a call; attempt k belongs to the oldest call that has come to k - 1.
class Calls {
public:
    /// Of the attempt that comes next among its siblings: the number of its call.
    std::uint32_t callOf(record::Span const& span) {
        if (span.attempt > 1) {
            auto const before = latest_.find({span.call, span.endpoint, span.attempt - 1});
            if (before != latest_.end() && !before->second.empty()) {
                std::uint32_t const call = before->second.front();
                before->second.erase(before->second.begin());
                return reached(call, span);
            }
        }
        attempts_.push_back(0);
        return reached(static_cast<std::uint32_t>(attempts_.size() - 1), span);
    }
    std::uint32_t attemptsOf(std::uint32_t call) const { return attempts_[call]; }
    void forgetSiblings() { latest_.clear(); }

private:
    std::uint32_t reached(std::uint32_t call, record::Span const& span) {
        latest_[{span.call, span.endpoint, span.attempt}].push_back(call);
        attempts_[call] = std::max(attempts_[call], span.attempt);
        return call;
    }

    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>>
        latest_;
    std::vector<std::uint32_t> attempts_;
};

// Walks back from the end along what was waited for last.
class CriticalPath {
public:
    CriticalPath(record::Request const& request, why::SpanTree const& tree,
                 std::vector<WaterfallRow>& rows, std::vector<std::uint32_t> const& rowOf)
        : request_(request), tree_(tree), rows_(rows), rowOf_(rowOf) {}

    void walk(SimTime ended) {
        waitedFor(tree_.roots(), nobody, SimTime::atNanoseconds(INT64_MIN), ended);
        while (!open_.empty()) {
            auto const [span, from, until] = open_.back();
            open_.pop_back();
            waitedFor(tree_.below(span), span, from, until);
        }
    }

    std::optional<LongestPart> longest() const {
        std::optional<LongestPart> found;
        for (auto const& [row, where] : parts_)
            for (std::size_t i = 0; i < where.size(); ++i)
                if (where[i] > (found ? found->lasts : Duration()))
                    found = LongestPart{row, static_cast<LongestPart::Where>(i), where[i]};
        return found;
    }

private:
    struct Open {
        std::uint32_t span;
        SimTime from;
        SimTime until;
    };

    void waitedFor(std::vector<std::uint32_t> siblings, std::uint32_t owner, SimTime from,
                   SimTime until) {
        std::sort(siblings.begin(), siblings.end(), [&](std::uint32_t a, std::uint32_t b) {
            auto const& s = request_.spans[a];
            auto const& t = request_.spans[b];
            return std::tuple(t.answered, t.sent, b) < std::tuple(s.answered, s.sent, a);
        });
        SimTime at = until;
        for (std::uint32_t const i : siblings) {
            auto const& s = request_.spans[i];
            auto const& times = rows_[rowOf_[i]].times;
            // Who answered without it did not wait for it.
            bool const wasWaitedFor =
                s.answered != SimTime::never()
                || (owner == nobody ? request_.ended : request_.spans[owner].ended) > until;
            if (times.sent >= at || times.sent < from || s.cause == Cause::Cancelled
                || !wasWaitedFor)
                continue;
            SimTime const end = std::min(times.answered, at);
            count(owner, LongestPart::Where::InService, end, at);
            take(i, end);
            at = times.sent;
        }
        if (owner != nobody)
            count(owner, LongestPart::Where::InService, from, at);
    }

    void take(std::uint32_t span, SimTime until) {
        auto& row = rows_[rowOf_[span]];
        auto const& times = row.times;
        using enum LongestPart::Where;
        row.isCritical = true;
        if (!times.hasArrived)
            return count(span, OnTheWay, times.sent, until);
        count(span, OnTheWay, times.sent, std::min(times.arrived, until));
        SimTime const served = std::min(times.ended, until);
        SimTime const started = times.hasStarted ? std::min(times.started, served) : served;
        count(span, InQueue, times.arrived, started);
        count(span, OnTheWay, served, until);
        if (started < served)
            open_.push_back({span, started, served});
    }

    void count(std::uint32_t span, LongestPart::Where where, SimTime from, SimTime to) {
        if (span != nobody)
            parts_[rowOf_[span]][static_cast<std::size_t>(where)] =
                parts_[rowOf_[span]][static_cast<std::size_t>(where)] + between(from, to);
    }

    record::Request const& request_;
    why::SpanTree const& tree_;
    std::vector<WaterfallRow>& rows_;
    std::vector<std::uint32_t> const& rowOf_;
    std::vector<Open> open_;
    std::map<std::size_t, std::array<Duration, 3>> parts_;
};

} // namespace

Waterfall::Waterfall(record::Request request, SimTime reach) : request_(std::move(request)) {
    ended_ = std::max(formats::sane(request_.intended), hasEnded() ? request_.ended : reach);
    why::SpanTree const tree(request_);
    layOut(tree, std::max(reach, ended_));
    std::vector<std::uint32_t> rowOf(request_.spans.size());
    for (std::size_t row = 0; row < rows_.size(); ++row)
        rowOf[rows_[row].span] = static_cast<std::uint32_t>(row);
    CriticalPath path(request_, tree, rows_, rowOf);
    path.walk(ended_);
    longest_ = path.longest();
    auto const way = tree.wayDown();
    if (hasEnded() && request_.outcome != measure::Outcome::Ok && !way.empty()
        && request_.spans[way.back()].cause != Cause::None) {
        cause_ = rowOf[way.back()];
        rows_[*cause_].isCause = true;
    }
    begin_ = formats::sane(request_.intended);
    end_ = ended_;
    for (auto const& row : rows_) {
        begin_ = std::min(begin_, row.times.sent);
        end_ = std::max(end_, row.end());
    }
}

// Without recursion: a record may be as deep as it is long.
void Waterfall::layOut(why::SpanTree const& tree, SimTime written) {
    Calls calls;
    std::vector<std::uint32_t> callOf(request_.spans.size());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> open; // span, depth; the next at the back
    auto const openAll = [&](std::vector<std::uint32_t> siblings, std::uint32_t depth) {
        std::stable_sort(siblings.begin(), siblings.end(), [&](std::uint32_t a, std::uint32_t b) {
            return request_.spans[a].sent < request_.spans[b].sent;
        });
        calls.forgetSiblings();
        for (std::uint32_t const i : siblings)
            callOf[i] = calls.callOf(request_.spans[i]);
        for (auto i = siblings.rbegin(); i != siblings.rend(); ++i)
            open.emplace_back(*i, depth);
    };
    rows_.reserve(request_.spans.size());
    openAll(tree.roots(), 0);
    while (!open.empty()) {
        auto const [i, depth] = open.back();
        open.pop_back();
        auto const& span = request_.spans[i];
        WaterfallRow row;
        row.span = i;
        row.depth = depth;
        row.times = formats::timesOf(span, written);
        row.isAnswered = span.answered != SimTime::never();
        rows_.push_back(row);
        openAll(tree.below(i), depth + 1);
    }
    for (auto& row : rows_)
        row.attempts = calls.attemptsOf(callOf[row.span]);
}

} // namespace shakedown::gui
