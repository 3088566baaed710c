#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/why/course.hpp"
#include "reports/why/inquiry.hpp"
#include "reports/why/pools.hpp"

namespace shakedown::why {

enum class SubjectKind : std::uint8_t { Everything, Load, Service, Call };

/// Whose bad outcomes are asked about; of a stretch of time, those that ended in it.
struct Subject {
    SubjectKind kind = SubjectKind::Everything;
    std::uint32_t index = 0;
    SimTime from = SimTime();
    SimTime to = SimTime::never();

    bool holds(SimTime ended) const { return from <= ended && ended <= to; }
};
/// "home-seekers", "site", "site -> autos"; empty: everything. Nothing for a name that is not
/// there.
std::optional<Subject> subjectNamed(std::string const& name, record::Names const& names);

struct Blamed {
    FirstCause cause;
    double share = 0;    // of all bad outcomes; shares add up to 1
    double requests = 0; // so many
};

/// How requests came to their bad end, as their senders saw it.
struct Ending {
    Proximate what;
    double requests = 0;
};

enum class AmplifierKind : std::uint8_t { Retries, Hedges };

/// A call whose attempts were more than its requests while it hurt.
struct Amplifier {
    std::uint32_t call = 0;
    AmplifierKind kind = AmplifierKind::Retries;
    double factor = 1; // attempts a request
    double extra = 0;  // attempts beyond one a request
};

/// A step of the way from a bad outcome to its first cause.
struct Link {
    SimTime at;
    std::string subject;
    std::string what;
};

/// Why the outcomes of a subject were bad. A record holds some of the bad requests; each stands for
/// as many as there were of its load and outcome in its interval. A load of which it holds none is
/// counted, and takes part in what the others are blamed on; if it holds none at all, nothing is
/// blamed.
struct Account {
    double offered = 0;
    double bad = 0;                    // of a load or of all: as counted; else an estimate
    std::vector<Blamed> causes;        // the greatest share first
    std::vector<Ending> endings;       // the most frequent first
    std::vector<Amplifier> amplifiers; // the one with most extra attempts first
    std::vector<Link> chain;           // to the top cause
    std::size_t examined = 0;          // requests that were looked at
};

Account explain(Course const& course, Pools const& pools, Subject subject);

/// Requests of a load that did not come out well in a stretch: failed, degraded or late.
double badOf(record::LoadInterval const& row);

/// Amplifiers among all calls between two instants.
std::vector<Amplifier> amplifiersBetween(Course const& course, SimTime from, SimTime to);

} // namespace shakedown::why
