#include "chaos-agent/faults/limit_descriptors.hpp"

#include "chaos-agent/system/descriptor_limit.hpp"

namespace shakedown::injectors {

namespace {

std::string subjectOf(LimitDescriptors const& limit) {
    return "process " + textOf(limit.process);
}

} // namespace

system::Failed applyLimit(LimitDescriptors const& limit) {
    auto const was = system::changeDescriptorLimit(limit.process, limit.before, limit.during);
    if (auto const* failure = std::get_if<system::Failure>(&was))
        return *failure;
    if (std::holds_alternative<system::Gone>(was))
        return system::Failure{subjectOf(limit) + " is gone"};
    auto const found = std::get<std::uint64_t>(was);
    if (found != limit.before)
        return system::Failure{subjectOf(limit) + " may have " + std::to_string(found)
                               + " descriptors by now, and might have "
                               + std::to_string(limit.before) + " when the fault was planned"};
    return {};
}

// Another limit than ours is one that it took for itself, or that it was given by others.
system::Failed revertLimit(LimitDescriptors const& limit) {
    auto const was = system::changeDescriptorLimit(limit.process, limit.during, limit.before);
    if (auto const* failure = std::get_if<system::Failure>(&was))
        return *failure;
    return {};
}

Verdict isLimitApplied(LimitDescriptors const& limit) {
    auto const now = system::descriptorLimitOf(limit.process);
    if (auto const* failure = std::get_if<system::Failure>(&now))
        return {Verdict::Is::NotYet, failure->why};
    auto const* number = std::get_if<std::uint64_t>(&now);
    if (number == nullptr)
        return {Verdict::Is::NotSo, subjectOf(limit) + " is gone"};
    if (*number != limit.during)
        return {Verdict::Is::NotSo,
                subjectOf(limit) + " may have " + std::to_string(*number) + " descriptors"};
    return {};
}

Verdict isLimitReverted(LimitDescriptors const& limit) {
    auto const now = system::descriptorLimitOf(limit.process);
    if (auto const* failure = std::get_if<system::Failure>(&now))
        return {Verdict::Is::NotYet, failure->why};
    auto const* number = std::get_if<std::uint64_t>(&now);
    if (number != nullptr && *number == limit.during)
        return {Verdict::Is::NotSo,
                subjectOf(limit) + " may still have " + std::to_string(*number) + " descriptors"};
    return {};
}

protocol::PlannedStep wordsOfLimit(LimitDescriptors const& limit) {
    return {"let " + subjectOf(limit) + " have " + std::to_string(limit.during)
                + " descriptors (RLIMIT_NOFILE, now " + std::to_string(limit.before) + ")",
            "let it have " + std::to_string(limit.before)
                + " again, unless it or somebody else changed that"};
}

} // namespace shakedown::injectors
