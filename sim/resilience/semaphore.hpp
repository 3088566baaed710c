#pragma once

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::resilience {

/// A bulkhead of permits (resilience4j SemaphoreBulkhead). Who waits, and how long, is the
/// caller's affair; a lowered limit takes effect as permits come back.
class Semaphore {
public:
    explicit Semaphore(int limit) : limit_(limit) {}

    bool tryEnter() {
        if (inUse_ >= limit_)
            return false;
        ++inUse_;
        return true;
    }
    void leave() {
        require(inUse_ > 0, "a permit that is given back was taken");
        --inUse_;
    }
    void setLimit(int limit) { limit_ = limit; }
    int inUse() const { return inUse_; }
    int limit() const { return limit_; }

private:
    int limit_;
    int inUse_ = 0;
};

} // namespace shakedown::resilience
