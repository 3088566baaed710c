#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "chaos-agent/conduct/held_faults.hpp"
#include "chaos-agent/conduct/programme.hpp"
#include "reports/verdict/judgement.hpp"

namespace shakedown::conduct {

/// How a live run ended; whatever it was, everything has been taken back as far as `leftBehind`
/// says nothing else.
enum class Ending : std::uint8_t {
    Played,          // to its end
    NotSteadyBefore, // nothing was injected
    Refused,         // by an agent, or there is none; nothing was injected
    AgentLost,       // an agent ended a fault, refused one or was lost under way
    Aborted,         // an abort condition was broken
    FailedFast,      // a deviation, and that was to be the end
    Interrupted      // by a signal
};

/// What happens in a run, for who looks on.
struct Sight {
    SimTime at;
    Duration of;
    std::string what; // "slow-orders begins"; empty: time passes
};

enum class FailFast : std::uint8_t { No, Yes };

struct ConductOrders {
    record::Level level = record::Level::Sampled;
    FailFast failFast = FailFast::No;
    std::string version;
    std::string runKey; // that no other run has used; part of the idempotency keys
    std::atomic<bool> const* stop = nullptr;   // set by a signal handler; not null
    std::function<void(Sight const&)> onSight; // may be empty
};

struct LiveOutcome {
    Ending ending = Ending::Played;
    std::string why;                     // it did not play to its end
    std::vector<std::string> leftBehind; // what could not be taken back, or not be seen to be
    std::vector<std::string>
        notes; // where it was done otherwise than simulated, and how loaded hosts were
    /// What was measured; nothing if the run did not begin.
    std::optional<verdict::Evidence> evidence;
    verdict::Demand demand; // that it answers
    std::vector<verdict::Judgement> expectations;
    std::vector<verdict::Judgement> steadiness; // before and after, if there are probes
    /// Expectations that a live run can measure at all.
    std::size_t measured = 0;
};

/// Does a scenario for real: looks for the steady state, plays load, probes and timeline, takes
/// everything back in reverse order whatever happens, and looks for the steady state again.
/// `agents` are those of the programme, in its order; `sink` takes the moments.
LiveOutcome conduct(model::Scenario const& scenario, Programme const& programme,
                    std::vector<AgentPort*> const& agents, record::MomentSink& sink,
                    ConductOrders const& orders);

} // namespace shakedown::conduct
