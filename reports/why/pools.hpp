#pragma once

#include <cstdint>
#include <vector>

#include "reports/why/course.hpp"
#include "reports/why/ordinary.hpp"
#include "reports/why/shares.hpp"

namespace shakedown::why {

/// Who holds the workers of each service, in each stretch of a run, and why requests wait there.
///
/// Workers that wait for a call are held by what holds the callee; workers at their own work, by
/// what slows it, or by nothing out of the ordinary. A queue remembers: from the instant it begins
/// to grow until it is empty again, it is put down to the worker-seconds that were lost (held,
/// gone, or spent on work that would not have come), by cause, whether that cause is over or not.
class Pools {
public:
    explicit Pools(Course const& course);

    /// Adds up to 1.
    Shares const& held(std::uint32_t service, std::size_t stretch) const {
        return held_[stretch][service];
    }
    /// Why requests wait or are refused: adds up to 1, or blames nobody.
    Shares const& queued(std::uint32_t service, std::size_t stretch) const {
        return queued_[stretch][service];
    }
    /// Of the calls under way: where they are, and why there. Adds up to 1.
    Shares call(std::uint32_t call, std::size_t stretch) const;
    /// Of the workers of a service that are busy, the share that waits for each of its calls.
    struct Holder {
        std::uint32_t call = 0;
        double share = 0;
    };
    std::vector<Holder> holders(std::uint32_t service, std::size_t stretch) const;

private:
    void follow(std::size_t stretch);
    Shares heldNow(std::uint32_t service, std::size_t stretch) const;
    Shares ownWork(std::uint32_t service, std::size_t stretch) const;
    void lose(std::uint32_t service, std::size_t stretch);
    double surplus(std::uint32_t service, std::size_t stretch, Shares& mass) const;
    double released(std::uint32_t service, std::size_t stretch, double regular, Shares& mass) const;
    Shares retriedFor(std::uint32_t service, std::size_t stretch) const;

    Course const& course_;
    std::vector<std::uint32_t> order_;                  // callees first
    std::vector<std::vector<std::uint32_t>> loadsInto_; // a service: loads that reach it
    Ordinary ordinary_;
    std::vector<std::vector<Shares>> held_;
    std::vector<std::vector<Shares>> queued_;
    // Of the episode under way, in worker-seconds: what was lost, and by how much the work that
    // comes anyhow exceeds what all workers can do (less than 0: it does not).
    std::vector<Shares> mass_;
    std::vector<double> excess_;
};

} // namespace shakedown::why
