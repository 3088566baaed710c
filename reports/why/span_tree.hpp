#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "reports/record/moments.hpp"

namespace shakedown::why {

/// The attempts of a request as a tree: whose attempt made which.
class SpanTree {
public:
    /// The request must outlive it.
    explicit SpanTree(record::Request const& request);

    /// The load's own attempts.
    std::vector<std::uint32_t> const& roots() const { return roots_; }
    std::vector<std::uint32_t> const& below(std::uint32_t span) const { return below_[span]; }
    /// Those made beside it, itself among them.
    std::vector<std::uint32_t> const& beside(std::uint32_t span) const;
    /// Of the attempts below, the failed one that was answered last before this one answered.
    std::optional<std::uint32_t> failedBelow(std::uint32_t span) const;
    /// From the load's last attempt down to what it failed of: at each the failed attempt that its
    /// end came from. Empty without spans.
    std::vector<std::uint32_t> wayDown() const;

private:
    record::Request const* request_;
    std::vector<std::vector<std::uint32_t>> below_;
    std::vector<std::uint32_t> roots_;
};

} // namespace shakedown::why
