#pragma once

#include "chaos-agent/protocol/fault_fields.hpp"

/// What the fields of the agent's answers are called.
namespace shakedown::protocol {

template <class V>
void describe(V& v, FaultReport& report) {
    v.text({"id", "16 hexadecimal digits.", Need::Must}, report.id, nameRule);
    v.text({"plan_hash", "SHA-256 of the steps that were done.", Need::Must}, report.planHash,
           {0, 256});
    v.message({"request", "What was asked for.", Need::Must}, report.request);
    v.text({"owner", "Who asked.", Need::Must}, report.owner, lineRule);
    v.choice({"state", "Where it stands.", Need::Must}, report.state, FaultState::Failed);
    v.choice({"reason", "Why it ended or ends.", Need::Must}, report.reason,
             EndReason::ApplyFailed);
    v.flag({"irreversible", "Something of it cannot be taken back.", Need::Must},
           report.irreversible);
    v.text({"detail", "Of what went wrong."}, report.detail, proseRule);
    v.text({"facts", "How the host was, of faults that load it: once applied, and before the end."},
           report.facts, proseRule);
    v.duration({"lease_left_us", "0 once it ended.", Need::Must}, report.leaseLeft,
               {{}, faultAtMost});
    v.duration({"duration_left_us", "0 once it ended.", Need::Must}, report.durationLeft,
               {{}, faultAtMost});
    v.whole({"started_at_ms", "Unix time.", Need::Must}, report.startedAtMs, {});
    v.whole({"ended_at_ms", "Unix time; 0 while it has not ended.", Need::Must}, report.endedAtMs,
            {});
}

template <class V>
void describe(V& v, PlannedStep& step) {
    v.text({"apply", "What is done.", Need::Must}, step.apply, proseRule);
    v.text({"revert", "What takes exactly that back.", Need::Must}, step.revert, proseRule);
}

template <class V>
void describe(V& v, PlanReport& plan) {
    v.text({"hash", "SHA-256 of the steps: what a start would do.", Need::Must}, plan.hash,
           {0, 256});
    v.messages({"steps", "In the order of doing; taken back in the reverse.", Need::Must},
               plan.steps);
    v.flag({"irreversible", "Something of it cannot be taken back.", Need::Must},
           plan.irreversible);
}

template <class V>
void describe(V& v, Capability& capability) {
    v.text({"kind", "A kind of fault.", Need::Must}, capability.kind, nameRule);
    v.text({"target", "Empty: the host as such."}, capability.target, {0, 256});
    v.flag({"possible", "Whether it can be done.", Need::Must}, capability.possible);
    v.text({"why", "Why it cannot."}, capability.why, proseRule);
    v.text({"reach", "How connections come to the proxy that disturbs them: addressed, by their"
                     " callers, or redirect."},
           capability.reach, {0, 256});
}

template <class V>
void describe(V& v, Halt& halt) {
    v.flag({"on", "Whether nothing may start.", Need::Must}, halt.on);
    v.text({"reason", "Why the lever was pulled."}, halt.reason, proseRule);
    v.text({"by", "Who pulled it."}, halt.by, lineRule);
    v.whole({"since_ms", "Unix time."}, halt.sinceMs, {});
}

template <class V>
void describe(V& v, HaltOrder& order) {
    v.text({"reason", "Why; whoever finds the lever pulled reads it.", Need::Must}, order.reason,
           {1, 1024});
}

template <class V>
void describe(V& v, AgentEvent& event) {
    v.whole({"number", "Counts from 1 since the agent started.", Need::Must}, event.number, {});
    v.whole({"at_ms", "Unix time.", Need::Must}, event.atMs, {});
    v.text({"what", "applied, reverted, stuck, halted, ...", Need::Must}, event.what, nameRule);
    v.text({"fault", "Its id; empty for the lever."}, event.fault, {0, 256});
    v.text({"detail", "More of it."}, event.detail, proseRule);
}

} // namespace shakedown::protocol
