#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "reports/record/moments.hpp"

namespace shakedown::gui {

/// A stretch of simulated time.
struct Stretch {
    SimTime from;
    SimTime to;
    friend bool operator==(Stretch const&, Stretch const&) = default;
};

/// How somebody fares, each worse than the one before: a service is Strained from 1 % of the calls
/// to it that do not succeed, Failing from 10 %; Busy with 90 % of its workers at work; Down
/// without any replica. A load is Strained from 1 % of degraded or unsuccessful requests, Failing
/// from 10 % unsuccessful ones. The report page has the same words.
enum class Health : std::uint8_t { Calm, Busy, Strained, Failing, Down };
std::string_view wordOf(Health health);

/// A load in the interval that an instant lies in. Rates are per second of simulated time.
struct LoadNow {
    double offered = 0;
    double good = 0;
    double degraded = 0;
    double bad = 0; // failed, rejected, timed out
    double ended = 0;
    double badShare = 0; // of the ended
    Duration p50;        // of ok and degraded; 0 if there were none
    Duration p95;
    Duration p99;
    Health health = Health::Calm;
};

struct ServiceNow {
    std::uint32_t queue = 0;
    std::uint32_t inService = 0;
    std::uint32_t workers = 0; // of all replicas as configured
    double utilisation = 0;
    double arrived = 0;  // a second
    double trouble = 0;  // share of the attempts to it that did not succeed
    double attempts = 0; // to it, a second
    std::vector<record::ReplicaState> replicas;
    std::uint32_t gone = 0; // of them: neither up nor draining
    Health health = Health::Calm;
};

struct CallNow {
    double requests = 0; // a second
    double attempts = 0;
    double failed = 0;         // timeouts, errors and refusals, a second
    double amplification = 1;  // attempts a request; 1 without requests
    double trouble = 0;        // share of the attempts that did not succeed
    std::uint32_t waiting = 0; // calls under way at the end of the interval
    std::uint32_t open = 0;    // callers whose breaker is open, by hand or not
    std::uint32_t halfOpen = 0;
    std::uint32_t byHand = 0; // forced open
};

/// Everything at one instant of a run.
struct Snapshot {
    SimTime at;
    std::vector<LoadNow> loads;
    std::vector<ServiceNow> services;
    std::vector<CallNow> calls;
    std::vector<std::uint32_t> events; // under way, each once
};

} // namespace shakedown::gui
