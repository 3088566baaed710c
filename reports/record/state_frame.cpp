#include "reports/record/state_frame.hpp"

namespace shakedown::record {

namespace {

struct Follower {
    StateFrame& frame;
    Header const& header;

    void operator()(EventBegan const& m) const { frame.events.insert(m.event); }
    void operator()(EventEnded const& m) const {
        if (auto const found = frame.events.find(m.event); found != frame.events.end()) {
            frame.events.erase(found);
        }
    }
    void operator()(ReplicaChanged const& m) const {
        bool const known =
            m.service < header.replicas.size() && m.replica < header.replicas[m.service];
        if (known && m.to == ReplicaState::Up) {
            frame.replicas.erase({m.service, m.replica});
        } else {
            frame.replicas[{m.service, m.replica}] = m.to;
        }
    }
    void operator()(BreakerChanged const& m) const {
        if (m.to == BreakerState::Closed) {
            frame.breakers.erase({m.call, m.caller});
        } else {
            frame.breakers[{m.call, m.caller}] = m.to;
        }
    }
    void operator()(Interval const& m) const {
        frame.services.clear();
        for (std::size_t i = 0; i < m.services.size(); ++i) {
            auto const& s = m.services[i];
            if (s.queue > 0 || s.inService > 0) {
                frame.services[static_cast<std::uint32_t>(i)] = {s.queue, s.inService};
            }
        }
    }
    void operator()(PressureBegan const&) const {}
    void operator()(PressureEnded const&) const {}
    void operator()(HostCrowded const&) const {}
    void operator()(HostRelieved const&) const {}
    void operator()(Request const&) const {}
    void operator()(RunEnded const&) const {}
};

} // namespace

void StateFrame::follow(Moment const& moment, Header const& header) {
    at = moment.at;
    std::visit(Follower{*this, header}, moment.what);
}

} // namespace shakedown::record
