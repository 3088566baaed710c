#pragma once

#include <map>
#include <optional>
#include <vector>

#include "reports/why/inquiry.hpp"

namespace shakedown::why {

struct Link;

/// Remembers, of each first cause, the way that most of its bad requests went, and one of them.
class Examples {
public:
    void add(FirstCause cause, record::Request const& request, Inquiry::Answer const& answer,
             Course const& course, double weight);

    /// From the load that saw it to the first cause, in the order in which one would tell it.
    /// Behind a pool the way goes on along the call that most of its workers wait for.
    std::vector<Link> chainTo(FirstCause cause, Course const& course, Pools const& pools) const;

private:
    // Loads and calls that end at the same services in the same way went the same way.
    struct Way {
        std::vector<std::uint32_t> services;
        record::Cause cause = record::Cause::None;
        friend auto operator<=>(Way const&, Way const&) = default;
    };
    struct Seen {
        double weight = 0;
        SimTime at; // of the first one, whose the rest is
        std::vector<std::uint32_t> path;
        Proximate proximate;
        std::map<std::uint32_t, double> loads;
    };
    std::map<FirstCause, std::map<Way, Seen>> ways_;
};

} // namespace shakedown::why
