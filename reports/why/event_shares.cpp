#include "reports/why/event_shares.hpp"

namespace shakedown::why {

using record::nobody;

void addEvents(Shares& shares, std::vector<std::uint32_t> const& events, double weight) {
    for (std::uint32_t const event : events) {
        shares.add({CauseKind::Event, event}, weight / static_cast<double>(events.size()));
    }
}

Shares configured(Course const& course, FirstCause cause, SimTime at) {
    bool const isOfCall = cause.kind == CauseKind::ShortTimeout || cause.kind == CauseKind::Bulkhead
                          || cause.kind == CauseKind::Pool || cause.kind == CauseKind::RateLimit;
    auto const events = isOfCall ? course.onCall(cause.of, Effect::Sets, at, at)
                                 : course.onService(cause.of, nobody, Effect::Sets, at, at);
    Shares shares;
    addEvents(shares, events, 1);
    return events.empty() ? Shares::of(cause) : shares;
}

} // namespace shakedown::why
