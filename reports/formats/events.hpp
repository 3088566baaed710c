#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "reports/formats/format_writer.hpp"

namespace shakedown::formats {

/// events.jsonl: what changed in a run, a JSON object a line, for tools that read structured logs.
/// Every line has time, at_s, level (info, warn, error), event, subject and message; what else it
/// has depends on the event (docs/reference/formats.md). Requests and intervals are none.
class EventsWriter final : public FormatWriter {
public:
    explicit EventsWriter(std::ostream& out) : out_(out) {}

    void begin(record::Header const& header) override;
    void take(record::Moment const& moment) override;
    /// The expectations, if the summary is known.
    void finish(Results const& results) override;

private:
    void tell(SimTime at, record::EventBegan const& began);
    void tell(SimTime at, record::EventEnded const& ended);
    void tell(SimTime at, record::ReplicaChanged const& changed);
    void tell(SimTime at, record::BreakerChanged const& changed);
    void tell(SimTime at, record::PressureBegan const& began);
    void tell(SimTime at, record::PressureEnded const& ended);
    void tell(SimTime at, record::HostCrowded const& crowded);
    void tell(SimTime at, record::HostRelieved const& relieved);
    void tell(SimTime at, record::RunEnded const& ended);
    template <class Other>
    void tell(SimTime, Other const&) {}
    void tell(verdict::Judgement const& judgement);

    std::ostream& out_;
    record::Header header_;
    SimTime last_;
};

} // namespace shakedown::formats
