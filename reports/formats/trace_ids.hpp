#pragma once

#include <cstdint>
#include <string>

#include "reports/record/moments.hpp"

namespace shakedown::formats {

/// The ids of one request's trace. They follow from seed, replication, load, number and span, so
/// equal runs give equal ids, and requests of different runs do not meet in one trace.
class TraceIds {
public:
    enum class Side : std::uint8_t { Request, Caller, Callee };

    TraceIds(record::Header const& header, record::Request const& request);

    /// 32 hex digits, not all zero.
    std::string const& trace() const { return trace_; }
    /// 16 hex digits, not all zero; `span` is an index in the request's list.
    std::string span(Side side, std::size_t span = 0) const;

private:
    std::uint64_t first_;
    std::string trace_;
};

} // namespace shakedown::formats
