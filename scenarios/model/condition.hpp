#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "scenarios/vocabulary/diagnostic.hpp"
#include "scenarios/vocabulary/time.hpp"

/// What shall hold: METRIC(SUBJECT) OP VALUE [WINDOW], or recovers(SUBJECT) within D of FAULT.
namespace shakedown::model {

enum class Metric : std::uint8_t {
    P50,
    P90,
    P95,
    P99,
    P999,
    Mean,
    Max,
    Throughput,
    Goodput,
    Errors,
    Degraded,
    Rejected,
    Timeouts,
    Queue,
    Utilisation,
    Amplification,
    Open,
    Lag,
    Availability,
    BlastRadius
};

enum class SubjectKind : std::uint8_t { Load, Service, Endpoint, Call, Topic, Fault };

/// What a metric is taken of. `name` as written ("visitors", "site", "site/page", "site -> autos").
struct Subject {
    SubjectKind kind = SubjectKind::Load;
    std::string name;
    friend bool operator==(Subject const&, Subject const&) = default;
};

enum class Comparison : std::uint8_t { Less, LessOrEqual, Greater, GreaterOrEqual };

/// Values are in base units: seconds, per second, share (0.01 is 1 %), count.
enum class ValueUnit : std::uint8_t { Seconds, PerSecond, Share, Count };

struct WholeRun {
    friend bool operator==(WholeRun, WholeRun) = default;
};
/// From the end of the warm-up until the event begins for the first time.
struct BeforeEvent {
    std::string name; // a fault or an operation
    friend bool operator==(BeforeEvent const&, BeforeEvent const&) = default;
};
struct DuringEvent {
    std::string name; // a fault or an operation
    friend bool operator==(DuringEvent const&, DuringEvent const&) = default;
};
struct AfterEvent {
    std::string name;
    friend bool operator==(AfterEvent const&, AfterEvent const&) = default;
};
struct FromTo {
    Duration from;
    Duration to;
    friend bool operator==(FromTo const&, FromTo const&) = default;
};
using Window = std::variant<WholeRun, BeforeEvent, DuringEvent, AfterEvent, FromTo>;

struct MetricCondition {
    Metric metric = Metric::P99;
    Subject subject;
    Comparison comparison = Comparison::Less;
    double value = 0;
    ValueUnit unit = ValueUnit::Seconds;
    Window window;
};

struct RecoveryCondition {
    Subject subject;
    Duration within;
    std::string event;
};

struct Condition {
    std::variant<MetricCondition, RecoveryCondition> what;
    std::string text; // as written
    Place place;
};

} // namespace shakedown::model
