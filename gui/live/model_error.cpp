#include "gui/live/model_error.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "reports/record/number_text.hpp"
#include "reports/render/difference_text.hpp"
#include "reports/render/quantity.hpp"
#include "reports/summary/load_replication.hpp"

namespace shakedown::gui {

namespace {

using measure::Outcome;
using model::ValueUnit;
using summary::Difference;

using Spans = std::vector<std::pair<SimTime, SimTime>>;

// A stretch of time by its name, where it lay on each side: a real fault begins a little late.
struct Window {
    std::string name;
    Spans live;
    Spans simulated;
};

double secondsOf(Spans const& spans) {
    double sum = 0;
    for (auto const& [from, to] : spans)
        sum += (to - from).inSeconds();
    return sum;
}

Spans spansOf(RunIndex const& run, std::string const& event, SimTime until) {
    Spans spans;
    auto const& names = run.header().names.events;
    for (auto const& span : run.events())
        if (names[span.event] == event && span.begin < until)
            spans.emplace_back(span.begin, std::min(span.end, until));
    return spans;
}

std::vector<Window> windowsOf(RunIndex const& live, RunIndex const& simulated) {
    SimTime const from = SimTime::at(std::max(live.header().warmup, simulated.header().warmup));
    SimTime const until = std::min(live.reach(), simulated.reach());
    std::vector<Window> windows;
    if (from >= until)
        return windows;
    windows.push_back({"whole run", {{from, until}}, {{from, until}}});
    for (auto const& name : live.header().names.events) {
        if (windows.size() > mostFaultWindows)
            break;
        Window window{"during " + name, spansOf(live, name, until),
                      spansOf(simulated, name, until)};
        if (secondsOf(window.live) > 0 && secondsOf(window.simulated) > 0)
            windows.push_back(std::move(window));
    }
    return windows;
}

bool isWithin(SimTime at, Spans const& spans) {
    return std::any_of(spans.begin(), spans.end(),
                       [at](auto const& span) { return at >= span.first && at < span.second; });
}

// Of each window and each load: the requests that were meant to be sent within it.
using Tallies = std::vector<std::vector<measure::OutcomeTally>>;
Tallies talliesOf(RunIndex const& run, std::vector<Window> const& windows, Spans Window::*side) {
    auto const& header = run.header();
    Tallies tallies(windows.size());
    for (auto& window : tallies)
        window.resize(header.names.loads.size());
    for (auto const& request : run.requests()) {
        Duration const took = request.ended - request.intended;
        Duration const inTime =
            request.load < header.inTime.size() ? header.inTime[request.load] : Duration::none();
        for (std::size_t w = 0; w < windows.size(); ++w) {
            if (!isWithin(request.intended, windows[w].*side))
                continue;
            auto& tally = tallies[w][request.load];
            ++tally.offered;
            if (request.ended != SimTime::never())
                tally.end(request.outcome, took, took <= inTime);
        }
    }
    return tallies;
}

// A load in a window of one run, with the numbers by which runs are compared.
struct Side {
    measure::OutcomeTally const& tally;
    summary::LoadReplication numbers;
    double offered = 0; // a second
};
Side sideOf(RunIndex const& run, measure::OutcomeTally const& tally, Spans const& spans) {
    // Of a sampled record each request stands for several.
    double const seconds = secondsOf(spans) / std::max<std::uint32_t>(1, run.header().sampleEvery);
    return {tally, summary::loadReplication(tally, seconds),
            static_cast<double>(tally.offered) / seconds};
}

std::optional<double> shareOf(measure::OutcomeTally const& tally, Outcome outcome) {
    if (tally.ended() == 0)
        return {};
    return static_cast<double>(tally.of(outcome)) / static_cast<double>(tally.ended());
}

Difference differenceOf(std::string metric, ValueUnit unit, std::optional<double> live,
                        std::optional<double> simulated) {
    Difference d;
    d.metric = std::move(metric);
    d.unit = unit;
    d.before = live;
    d.now = simulated;
    d.value = live && simulated ? *simulated - *live : 0;
    d.noticeable = unit == ValueUnit::Share ? agreesWithin.share
                                            : agreesWithin.relative * std::abs(live.value_or(0));
    return d;
}

// What too much and too little of a number is called.
struct TooWords {
    char const* much;
    char const* little;
};
TooWords tooWords(Difference const& d) {
    if (d.unit == ValueUnit::Seconds)
        return {"too slow", "too fast"};
    if (d.unit == ValueUnit::Share)
        return {"too many", "too few"};
    return {"too much", "too little"};
}

Agreement agreementOf(Difference const& d) {
    if (!d.before || !d.now)
        return Agreement::OneSided;
    if (std::abs(d.value) <= d.noticeable)
        return Agreement::Agrees;
    return d.value > 0 ? Agreement::TooMuch : Agreement::TooLittle;
}

// "12.0 %", of shares "2.10 pp"; what really was 0 has no per cent.
std::string sizeOf(Difference const& d) {
    if (d.unit == ValueUnit::Share || *d.before == 0)
        return render::signedText(std::abs(d.value), d.unit).substr(1);
    return record::significant(std::abs(d.value / *d.before) * 100, 3) + " %";
}

// Beyond that, per cent say less than a factor.
bool isManyTimes(Difference const& d) {
    constexpr double many = 3;
    return d.unit != ValueUnit::Share && *d.before > 0 && *d.now > many * *d.before;
}

std::string verdictOf(Difference const& d, Agreement agreement) {
    switch (agreement) {
    case Agreement::Agrees:
        return "agrees";
    case Agreement::OneSided:
        return d.now      ? "nothing like it happened"
               : d.before ? "the model has none"
                          : "nobody has any";
    case Agreement::TooMuch:
    case Agreement::TooLittle:
        break;
    }
    if (isManyTimes(d))
        return "the model says " + record::significant(*d.now / *d.before, 3)
               + (d.unit == ValueUnit::Seconds ? " times as long" : " times as much");
    auto const words = tooWords(d);
    return "the model says " + sizeOf(d) + " "
           + (agreement == Agreement::TooMuch ? words.much : words.little);
}

class Table {
public:
    void add(Window const& window, std::string const& load, Difference const& d) {
        if (!d.before && !d.now)
            return;
        auto const agreement = agreementOf(d);
        if (window.name == "whole run" && agreement != Agreement::OneSided) {
            ++compared_;
            agreed_ += agreement == Agreement::Agrees ? 1 : 0;
            if (agreement != Agreement::Agrees)
                rememberFurthest(load, d, agreement);
        }
        error_.rows.push_back({window.name, load, d.metric, render::sideText(d.before, d.unit),
                               render::sideText(d.now, d.unit), render::differenceText(d),
                               agreement, verdictOf(d, agreement)});
    }
    ModelError finish() {
        if (error_.rows.empty()) {
            error_.sentence =
                "There is nothing to hold against each other: the two have no load in "
                "common, or no requests in their records.";
            return std::move(error_);
        }
        error_.sentence = "Over the whole run the model agrees in " + std::to_string(agreed_)
                          + " of " + std::to_string(compared_) + " numbers, within "
                          + render::noticeableText(agreesWithin) + ".";
        if (!furthest_.empty())
            error_.sentence += " Furthest off: " + furthest_ + ".";
        error_.sentence += " One run each: some of it is chance.";
        return std::move(error_);
    }

private:
    void rememberFurthest(std::string const& load, Difference const& d, Agreement agreement) {
        double const times = std::abs(d.value) / std::max(d.noticeable, 1e-12);
        if (times <= times_)
            return;
        times_ = times;
        furthest_ = d.metric + " of " + load + ", " + verdictOf(d, agreement);
    }

    ModelError error_;
    std::size_t compared_ = 0;
    std::size_t agreed_ = 0;
    double times_ = 0;
    std::string furthest_;
};

void addLoad(Table& table, Window const& window, std::string const& name, Side const& live,
             Side const& simulated) {
    table.add(window, name,
              differenceOf("offered", ValueUnit::PerSecond, live.offered, simulated.offered));
    // The same numbers in the same order as `compare`.
    for (auto const& metric : summary::metrics)
        if (metric.unit != ValueUnit::Share)
            table.add(window, name,
                      differenceOf(metric.name, metric.unit, metric.number(live.numbers),
                                   metric.number(simulated.numbers)));
    for (auto const& [kind, outcome] :
         {std::pair{"failed", Outcome::Failed}, std::pair{"rejected", Outcome::Rejected},
          std::pair{"timed out", Outcome::TimedOut}, std::pair{"degraded", Outcome::Degraded}}) {
        auto const a = shareOf(live.tally, outcome);
        auto const b = shareOf(simulated.tally, outcome);
        if (a.value_or(0) > 0 || b.value_or(0) > 0)
            table.add(window, name, differenceOf(kind, ValueUnit::Share, a, b));
    }
}

} // namespace

ModelError modelErrorOf(RunIndex const& live, RunIndex const& simulated) {
    Table table;
    if (!live.hasHeader() || !simulated.hasHeader() || live.requests().empty()
        || simulated.requests().empty())
        return table.finish();
    std::map<std::string, std::uint32_t> there;
    for (auto const& name : simulated.header().names.loads)
        there.emplace(name, static_cast<std::uint32_t>(there.size()));
    auto const windows = windowsOf(live, simulated);
    auto const lived = talliesOf(live, windows, &Window::live);
    auto const foretold = talliesOf(simulated, windows, &Window::simulated);
    auto const& loads = live.header().names.loads;
    for (std::size_t w = 0; w < windows.size(); ++w)
        for (std::size_t load = 0; load < loads.size(); ++load)
            if (auto const other = there.find(loads[load]); other != there.end())
                addLoad(table, windows[w], loads[load],
                        sideOf(live, lived[w][load], windows[w].live),
                        sideOf(simulated, foretold[w][other->second], windows[w].simulated));
    return table.finish();
}

} // namespace shakedown::gui
