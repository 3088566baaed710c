#pragma once

#include <vector>

#include <QString>

#include "scenarios/model/scenario.hpp"

namespace shakedown::gui {

enum class Measure : std::uint8_t { Seconds, Count, Share, PerSecond };

/// A number of a scenario that can be turned.
struct Knob {
    QString path;  // as `--set` takes it: "calls.site -> autos.timeout"
    QString label; // "timeout"
    QString about; // what it does, in a sentence
    Measure measure = Measure::Count;
    double value = 0; // seconds, number, share, a second
    double least = 0;
    double most = 1;
    bool isSet = true; // false: the value is where a slider would begin, and stands for "none"
};

/// Of a load, a service or a call ("a -> b") by its name; of all of them, if it is empty, those
/// numbers that the scenario names itself. In the order in which a request meets them.
std::vector<Knob> knobsOf(model::Scenario const& scenario, QString const& subject);

/// Where a value stands on a slider from 0 to `steps`, and back, rounded to three digits. Most
/// scales are logarithmic, because a timeout of 100 ms is as far from 1 s as that is from 10 s.
int placeOf(Knob const& knob, double value, int steps);
double valueAt(Knob const& knob, int place, int steps);

/// As it stands in a scenario: "300ms", "40", "50%", "120/s".
QString textOf(Measure measure, double value);

} // namespace shakedown::gui
