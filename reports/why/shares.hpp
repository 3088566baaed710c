#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "reports/why/first_cause.hpp"

namespace shakedown::why {

/// Weights of first causes, and of what is as it should be. Few entries, in order of the causes, so
/// that sums do not depend on where they came from.
class Shares {
public:
    using Entry = std::pair<FirstCause, double>;

    static Shares of(FirstCause cause, double weight = 1) {
        Shares shares;
        shares.add(cause, weight);
        return shares;
    }
    static Shares ordinarily(double weight = 1) {
        Shares shares;
        shares.ordinary_ = weight;
        return shares;
    }

    void add(FirstCause cause, double weight) {
        if (!(weight > 0)) {
            return;
        }
        auto const place = std::lower_bound(
            entries_.begin(), entries_.end(), cause,
            [](Entry const& entry, FirstCause const& wanted) { return entry.first < wanted; });
        if (place != entries_.end() && place->first == cause) {
            place->second += weight;
        } else {
            entries_.insert(place, {cause, weight});
        }
    }
    void addOrdinary(double weight) {
        if (weight > 0) {
            ordinary_ += weight;
        }
    }
    void add(Shares const& other, double factor = 1) {
        for (auto const& [cause, weight] : other.entries_) {
            add(cause, weight * factor);
        }
        addOrdinary(other.ordinary_ * factor);
    }
    void scale(double factor) {
        for (auto& entry : entries_) {
            entry.second *= factor;
        }
        ordinary_ *= factor;
    }
    void clear() {
        entries_.clear();
        ordinary_ = 0;
    }

    /// Of all causes together, what is ordinary left aside.
    double blamed() const {
        double sum = 0;
        for (auto const& entry : entries_) {
            sum += entry.second;
        }
        return sum;
    }
    double ordinary() const { return ordinary_; }
    double total() const { return blamed() + ordinary_; }
    double weightOf(FirstCause cause) const {
        for (auto const& entry : entries_) {
            if (entry.first == cause) {
                return entry.second;
            }
        }
        return 0;
    }
    bool blamesNobody() const { return entries_.empty(); }
    std::vector<Entry> const& entries() const { return entries_; }

    /// The causes alone, adding up to 1; nobody if there are none.
    Shares blame() const {
        Shares shares = *this;
        shares.ordinary_ = 0;
        double const sum = shares.blamed();
        if (sum > 0) {
            shares.scale(1 / sum);
        }
        return shares;
    }
    /// All of it, adding up to 1.
    Shares normalised() const {
        Shares shares = *this;
        if (double const sum = total(); sum > 0) {
            shares.scale(1 / sum);
        }
        return shares;
    }

private:
    std::vector<Entry> entries_;
    double ordinary_ = 0;
};

} // namespace shakedown::why
