#pragma once

#include "scenarios/model/timeline.hpp"
#include "scenarios/reading/record.hpp"
#include "scenarios/reading/scalar_kinds.hpp"

/// The rows by which faults and operations name what they are done to. Each takes the member
/// pointer of a struct's target: processTarget<&Crash::target>().
namespace shakedown::reading {

/// `all`, a number, a share or a list of replicas.
Of<model::ReplicaChoice> replicaChoice();

/// Demands exactly one of the keys.
AfterReading needsOneOf(std::vector<std::string> keys);

template <auto Target>
std::vector<Field> serviceTarget() {
    using T = model::Target;
    return {field<Target, &T::service>("service", nameOf("service"), "The service it is done to."),
            field<Target, &T::replicas>(
                "replicas", replicaChoice(),
                "Which of its replicas: all, a number or a share (drawn by chance), or "
                "a list of numbers from 0.")};
}

template <auto Target>
std::vector<Field> processTarget() {
    using T = model::Target;
    return joined(
        serviceTarget<Target>(),
        {field<Target, &T::zone>("zone", nameOf("zone"), "Every replica in this zone instead."),
         field<Target, &T::host>("host", nameOf("host"), "Every replica on this host instead.")});
}

template <auto Target>
std::vector<Field> endpointTarget() {
    using T = model::Target;
    return joined(processTarget<Target>(),
                  {field<Target, &T::endpoint>("endpoint", nameOf("endpoint"),
                                               "Only this endpoint of the service.")});
}

template <auto Target>
std::vector<Field> callTarget() {
    using T = model::Target;
    return {field<Target, &T::call>("call", callName(),
                                    "The call whose messages are touched: \"a -> b\"."),
            field<Target, &T::service>("service", nameOf("service"),
                                       "Every call to this service instead."),
            field<Target, &T::link>("link", nameOf("link"),
                                    "A link of the platform instead of a call.")};
}

inline std::vector<std::string> processTargets() {
    return {"service", "zone", "host"};
}
inline std::vector<std::string> callTargets() {
    return {"call", "service", "link"};
}

} // namespace shakedown::reading
