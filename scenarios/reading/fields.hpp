#pragma once

#include "scenarios/model/scenario.hpp"
#include "scenarios/reading/record.hpp"

/// The field table, a file a part of the document: fields_service.cpp, fields_fault.cpp ...
namespace shakedown::reading {

/// The whole document.
Of<model::Scenario> documentKind();

Of<model::Service> serviceKind();
Of<model::Steps> stepsKind();
Of<std::vector<model::CallRule>> callRulesKind();
Of<model::CallPolicy> callPolicyKind();
/// The keys of a call's policy, for rules and beside a `call:` step.
std::vector<Field> callPolicyRows();
/// The patterns within a policy.
Of<model::Retry> retryKind();
Of<model::ClientThrottle> clientThrottleKind();
Of<model::CircuitBreaker> circuitBreakerKind();
Of<model::Bulkhead> bulkheadKind();
Of<model::RateLimit> rateLimitKind();
Of<model::Hedge> hedgeKind();
Of<model::Fallback> fallbackKind();
Of<model::Balance> balanceKind();
Of<model::OutlierDetection> outlierDetectionKind();
Of<model::Connections> connectionsKind();
Of<model::SlowStart> slowStartKind();
Of<model::Load> loadKind();
Of<std::optional<model::RateShape>> rateShapeKind();
Of<model::Fault> faultKind();
Of<model::Operation> operationKind();
Of<model::Topic> topicKind();
Of<model::Discovery> discoveryKind();
Of<model::PlatformSection> platformKind();
Of<model::Condition> conditionKind();
Of<model::Live> liveKind();
Of<model::Lesson> lessonKind();

/// When a fault or operation happens: at, for, every, mtbf, mttr.
std::vector<Field> timingRows();
/// The words of a fault or an operation, with their places.
model::Mentions mentionsIn(Node const& map);
/// Reports a timing that says nothing or contradicts itself.
void checkTiming(model::Timing const& timing, Node const& map, Reading& reading);

} // namespace shakedown::reading
