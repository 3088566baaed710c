#pragma once

#include <cstdint>
#include <deque>
#include <iosfwd>
#include <map>
#include <optional>
#include <vector>

#include "reports/formats/chrome_events.hpp"
#include "reports/formats/chrome_slices.hpp"
#include "reports/formats/format_writer.hpp"
#include "reports/formats/nodes.hpp"

namespace shakedown::formats {

/// trace.chrome.json: the run as a timeline for Perfetto, chrome://tracing or speedscope. A process
/// a load and service, a thread a lane of a replica (what overlaps goes side by side); counters of
/// those waiting and in service; instants for replicas and breakers; faults and operations as
/// stretches of a process of their own. Source: "Trace Event Format" (Google), the object form.
class ChromeTraceWriter final : public FormatWriter {
public:
    explicit ChromeTraceWriter(std::ostream& out) : out_(out), events_(out) {}

    void begin(record::Header const& header) override;
    void take(record::Moment const& moment) override;
    void finish(Results const& results) override;

private:
    void follow(SimTime at, record::EventBegan const& began);
    void follow(SimTime at, record::EventEnded const& ended);
    void follow(SimTime at, record::ReplicaChanged const& changed);
    void follow(SimTime at, record::BreakerChanged const& changed);
    void follow(SimTime at, record::Interval const& interval);
    void follow(SimTime at, record::Request const& request) { slices_.add(at, request, *nodes_); }
    template <class Other>
    void follow(SimTime, Other const&) {} // pressure shows in the counters
    void event(char phase, std::uint32_t event, std::uint64_t id, SimTime at);
    char const* kindOf(std::uint32_t event) const;

    struct Count {
        std::uint32_t queue = 0;
        std::uint32_t inService = 0;
        friend bool operator==(Count const&, Count const&) = default;
    };

    std::ostream& out_;
    ChromeEvents events_;
    record::Header header_;
    std::optional<Nodes> nodes_;
    ChromeSlices slices_;
    std::vector<std::optional<Count>> counts_;                // a service: as last written
    std::map<std::uint32_t, std::deque<std::uint64_t>> open_; // events under way: ids
    std::uint64_t nextId_ = 0;
    SimTime last_;
};

} // namespace shakedown::formats
