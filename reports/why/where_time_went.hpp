#pragma once

#include <cstdint>

#include "reports/why/course.hpp"
#include "reports/why/pools.hpp"
#include "reports/why/shares.hpp"
#include "reports/why/span_tree.hpp"

namespace shakedown::why {

/// Where the time of one request's attempts went, in seconds by cause: on the way, in queues, at
/// work of their own, and so on along the calls that were waited for.
class WhereTimeWent {
public:
    /// All of them must outlive it.
    WhereTimeWent(Course const& course, Pools const& pools, record::Request const& request,
                  SpanTree const& tree)
        : course_(course), pools_(pools), request_(request), tree_(tree) {}

    /// Of an attempt from its sending to `until`.
    Shares of(std::uint32_t span, SimTime until) const;

private:
    Shares inService(std::uint32_t span, SimTime from, SimTime until) const;
    Shares own(std::uint32_t span, Duration time, SimTime from, SimTime until) const;
    Shares messages(std::uint32_t span, SimTime from, SimTime until) const;
    record::Span const& span(std::uint32_t i) const { return request_.spans[i]; }
    std::uint32_t calleeOf(std::uint32_t i) const { return course_.serviceOf(span(i).endpoint); }

    Course const& course_;
    Pools const& pools_;
    record::Request const& request_;
    SpanTree const& tree_;
};

} // namespace shakedown::why
