#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/vocabulary/diagnostic.hpp"
#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

/// The sections that only the agent (live) or the teacher (lesson) reads.
namespace shakedown::model {

struct LiveAgent {
    std::string name;
    std::string address;
    Place place;
};
/// Where a service is found; exactly one of unit, pidFile, container, namespace or address.
struct LiveTarget {
    std::string service;
    std::string agent;
    std::string address;
    std::string unit;
    std::string pidFile;
    std::string container;
    std::string networkNamespace;
    std::string proxy; // address the proxy listens on in front of it
    Place place;
};
struct LiveProbe {
    std::string name;
    std::string url;
    Duration every = Duration::seconds(1);
    Duration timeout = Duration::seconds(1);
    int expect = 200;
    Place place;
};
struct LiveLoad {
    std::string load; // a load of this document
    std::string url;
    std::optional<Rate> rate;
    Place place;
};
struct BlastLimits {
    std::optional<int> maxTargets;
    std::optional<Duration> maxDuration;
    std::optional<int> maxFaults;
};
struct Live {
    std::vector<LiveAgent> agents;
    std::vector<LiveTarget> services;
    std::vector<LiveProbe> probes;
    std::vector<LiveLoad> load;
    BlastLimits limits;
    Place place;
};

struct LessonStep {
    std::string change;
    std::string watch;
    std::string notice;
    Place place;
};
struct LessonNumber {
    std::string what; // METRIC(SUBJECT) [WINDOW]
    double value = 0; // in base units
    Ratio tolerance = Ratio::of(0.05);
};
struct Lesson {
    int order = 0;
    std::string title;
    std::string story;
    std::string question;
    std::vector<LessonStep> steps;
    std::optional<LessonNumber> number;
    Place place;
};

} // namespace shakedown::model
