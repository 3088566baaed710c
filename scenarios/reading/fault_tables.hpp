#pragma once

#include "scenarios/model/verbs.hpp"
#include "scenarios/reading/fields_target.hpp"
#include "scenarios/reading/tagged.hpp"

/// The faults, a file a group: fields_fault_process.cpp, _network.cpp, _place.cpp.
namespace shakedown::reading {

/// To a process: crash, hang, slow, cpu ...
std::vector<Alternative> processFaults();
/// To the network of a call: latency, loss, partition ...
std::vector<Alternative> networkFaults();
/// To a protocol, a place, or by an operation: http, zone_outage, surge ...
std::vector<Alternative> otherFaults();
/// All of them.
std::vector<Alternative> joinedFaults();

/// One fault: its struct's table, under the verb that the model gives it.
template <class F>
Alternative fault(std::string sentence, std::vector<Field> rows, AfterReading after = {}) {
    std::string const verb(model::faultVerb<F>());
    Of<F> const kind =
        record<F>({"fault " + verb, sentence, std::move(rows), "", std::move(after), nullptr});
    return alternative<&model::Fault::what, F>(verb, kind, std::move(sentence));
}

} // namespace shakedown::reading
