#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "reports/why/course.hpp"
#include "reports/why/ending.hpp"
#include "reports/why/pools.hpp"
#include "reports/why/shares.hpp"
#include "reports/why/span_tree.hpp"
#include "reports/why/where_time_went.hpp"

namespace shakedown::why {

/// Asks of one request after the other, in order of their ends, why it did not come out well.
class Inquiry {
public:
    Inquiry(Course const& course, Pools const& pools);

    struct Answer {
        Shares blame; // adds up to 1
        Proximate proximate;
        std::vector<std::uint32_t> path; // calls, from the load's own to the proximate one
    };
    Answer ask(record::Request const& request);
    /// Of one attempt of the request last asked about; adds up to 1, or blames nobody.
    Shares blameFor(std::uint32_t span) { return endOf(span); }

private:
    void prepare(record::Request const& request);
    Shares endOf(std::uint32_t span);
    Shares underWay(std::uint32_t span) const;
    Shares reasonOf(std::uint32_t span);
    Shares timedOut(std::uint32_t span);
    Shares errorReply(std::uint32_t span);
    Shares injected(std::uint32_t span);
    Shares refusedByCallee(std::uint32_t span);
    Shares goneCallee(std::uint32_t span);
    Shares tripped(std::uint32_t span);
    Shares gate(std::uint32_t span, CauseKind kind);
    Shares late(std::uint32_t span);
    void remember(std::uint32_t span, Shares const& blame);

    record::Span const& span(std::uint32_t i) const { return request_->spans[i]; }
    std::uint32_t calleeOf(std::uint32_t i) const { return course_.serviceOf(span(i).endpoint); }
    SimTime endOfSpan(std::uint32_t i) const;

    Course const& course_;
    Pools const& pools_;
    record::Request const* request_ = nullptr;
    std::optional<SpanTree> tree_;
    std::optional<WhereTimeWent> where_;
    std::vector<std::optional<Shares>> known_;
    std::vector<Shares> lately_; // a call: why its attempts failed, the latest counting most
};

} // namespace shakedown::why
