#include "chaos-agent/conduct/conductor.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "chaos-agent/conduct/condition_watch.hpp"
#include "chaos-agent/conduct/live_header.hpp"
#include "chaos-agent/conduct/live_judgement.hpp"
#include "chaos-agent/conduct/rehearsal.hpp"
#include "chaos-agent/conduct/replicas.hpp"
#include "chaos-agent/conduct/steady.hpp"
#include "chaos-agent/conduct/traffic.hpp"

namespace shakedown::conduct {

namespace {

using protocol::ClientError;

constexpr std::chrono::milliseconds step{10};
constexpr Duration judgeEvery = Duration::seconds(1);
constexpr int badProbesInARow = 3;
constexpr int badRoundsBefore = 0;
// What was disturbed may need some time to find its feet.
constexpr int badRoundsAfter = 30;

std::string joined(std::vector<std::string> const& list) {
    std::string text;
    for (auto const& item : list)
        text += (text.empty() ? "" : "; ") + item;
    return text;
}

verdict::Judgement steadyJudgement(std::string text, SteadyCheck const& check,
                                   model::Scenario const& scenario) {
    verdict::Judgement judgement;
    judgement.text = std::move(text);
    judgement.held = check.isInterrupted ? verdict::Held::Unknown
                     : check.isSteady    ? verdict::Held::Yes
                                         : verdict::Held::No;
    judgement.unit = model::ValueUnit::Count;
    judgement.note = check.isSteady ? std::to_string(steadyRounds)
                                          + " rounds of all probes in a "
                                            "row were good"
                                    : joined(check.wrong);
    judgement.place = scenario.live->place;
    return judgement;
}

// The scenario with all conditions of both kinds, so that one ledger measures for both.
model::Scenario withAllConditions(model::Scenario const& scenario) {
    model::Scenario all = scenario;
    all.expect.insert(all.expect.end(), scenario.abort.begin(), scenario.abort.end());
    return all;
}
model::Scenario withAborts(model::Scenario const& scenario) {
    model::Scenario aborts = scenario;
    aborts.expect = scenario.abort;
    return aborts;
}

// A run that is under way.
class Performance {
public:
    Performance(model::Scenario const& scenario, Programme const& programme,
                std::vector<AgentPort*> const& agents, record::MomentSink& sink,
                ConductOrders const& orders)
        : scenario_(scenario), programme_(programme), orders_(orders),
          aborts_(withAborts(scenario)), roster_(rosterOf(scenario)),
          demand_(verdict::demandOf(withAllConditions(scenario))),
          header_(liveHeader(scenario, programme, roster_, orders.level, orders.version)),
          faults_(heldAgents(programme, agents)),
          ledger_(scenario, demand_, roster_, header_, sink),
          traffic_(programme, clock_, ledger_, header_.interval) {}

    void play() {
        SimTime const end = SimTime::at(programme_.lasts);
        while (!isOver_ && clock_.now() < end) {
            lookForStops();
            if (!isOver_)
                playDue();
            tell("");
            auto const until = clock_.instantOf(std::min(end, clock_.now() + nanoseconds(step)));
            std::this_thread::sleep_until(until);
        }
    }

    // Whatever happened: the youngest first. What began in the record ends in it.
    void takeBack(LiveOutcome& outcome) {
        for (auto const& one : underWay_)
            ledger_.eventGoes(clock_.now(), programme_.events[one.event].event);
        auto const ended = faults_.endAll();
        for (auto const& one : ended)
            if (one.how != TakenBack::Reverted)
                outcome.leftBehind.push_back(one.detail);
            else
                keepFacts(one);
        while (!underWay_.empty())
            end(underWay_.size() - 1);
        outcome.leftBehind.insert(outcome.leftBehind.end(), leftBehind_.begin(), leftBehind_.end());
        outcome.notes.insert(outcome.notes.end(), facts_.begin(), facts_.end());
    }

    void finish(LiveOutcome& outcome) {
        outcome.ending = ending_;
        outcome.why = why_;
        traffic_.stop();
        outcome.demand = demand_;
        outcome.evidence = ledger_.finish(clock_.now(), reason());
        outcome.expectations = judgeLive(scenario_, roster_, demand_, *outcome.evidence);
        outcome.measured = static_cast<std::size_t>(
            std::count_if(scenario_.expect.begin(), scenario_.expect.end(),
                          [&](auto const& condition) { return isMeasured(condition, roster_); }));
    }

private:
    struct UnderWay {
        std::uint32_t event = 0; // index into Programme::events
        SimTime end;
        std::vector<std::size_t> faults; // of held faults
    };

    static Duration nanoseconds(std::chrono::nanoseconds span) {
        return Duration::nanoseconds(span.count());
    }
    static std::vector<HeldAgent> heldAgents(Programme const& programme,
                                             std::vector<AgentPort*> const& agents) {
        std::vector<HeldAgent> held;
        for (std::size_t i = 0; i < programme.agents.size(); ++i)
            held.push_back({programme.agents[i].name, agents.at(i)});
        return held;
    }

    record::EndReason reason() const {
        switch (ending_) {
        case Ending::Played:
            return record::EndReason::Finished;
        case Ending::Interrupted:
            return record::EndReason::Interrupted;
        case Ending::NotSteadyBefore:
        case Ending::Refused:
        case Ending::AgentLost:
        case Ending::Aborted:
        case Ending::FailedFast:
            break;
        }
        return record::EndReason::Aborted;
    }

    void stop(Ending ending, std::string why) {
        isOver_ = true;
        ending_ = ending;
        why_ = std::move(why);
    }

    void lookForStops() {
        if (orders_.stop->load())
            return stop(Ending::Interrupted, "it was interrupted");
        if (auto why = faults_.lost())
            return stop(Ending::AgentLost, *std::move(why));
        if (clock_.now() < nextJudging_)
            return;
        nextJudging_ = clock_.now() + judgeEvery;
        if (auto why = ConditionWatch(aborts_, roster_, demand_).broken(ledger_, clock_.now()))
            return stop(Ending::Aborted, "aborted by " + *why);
        if (orders_.failFast == FailFast::No)
            return;
        if (auto const failing = traffic_.failing(badProbesInARow); !failing.empty())
            return stop(Ending::FailedFast, "probes fail: " + joined(failing));
        if (auto why = ConditionWatch(scenario_, roster_, demand_).lost(ledger_, clock_.now()))
            return stop(Ending::FailedFast, "not met: " + *why);
    }

    // First what ends, then what begins.
    void playDue() {
        for (std::size_t i = underWay_.size(); i-- > 0;)
            if (underWay_[i].end <= clock_.now())
                end(i);
        auto const& all = programme_.occurrences;
        while (!isOver_ && next_ < all.size() && all[next_].begin <= clock_.now())
            begin(all[next_++]);
    }

    void begin(Occurrence const& occurrence) {
        auto const& event = programme_.events[occurrence.event];
        Duration const lasts =
            std::max(Duration::milliseconds(1), occurrence.end - occurrence.begin);
        underWay_.push_back({occurrence.event, clock_.now() + lasts, {}});
        ledger_.eventComes(clock_.now(), event.event);
        for (std::size_t i = 0; i < event.faults.size() && !isOver_; ++i) {
            auto started = faults_.start(event.faults[i], lasts,
                                         orders_.runKey + "-" + std::to_string(++keys_));
            if (auto* refused = std::get_if<HeldFaults::NotStarted>(&started))
                stop(Ending::AgentLost, std::move(refused->why));
            else
                underWay_.back().faults.push_back(std::get<HeldFaults::Started>(started).number);
        }
        if (event.surge)
            traffic_.surge(event.surge->load, event.surge->factor, event.surge->morePerSecond);
        SimTime const now = clock_.now();
        ledger_.eventBegan(now, reachOf(event, roster_));
        for (auto const& change : replicasHit(event, roster_, Turn::Begins))
            ledger_.replicaChanged(now, change);
        tell(event.name + " begins");
    }

    void end(std::size_t i) {
        UnderWay const over = std::move(underWay_[i]);
        underWay_.erase(underWay_.begin() + static_cast<std::ptrdiff_t>(i));
        auto const& event = programme_.events[over.event];
        ledger_.eventGoes(clock_.now(), event.event);
        for (std::size_t f = over.faults.size(); f-- > 0;)
            if (auto const ended = faults_.end(over.faults[f]); ended.how != TakenBack::Reverted) {
                leftBehind_.push_back(ended.detail);
                if (!isOver_)
                    stop(Ending::AgentLost, ended.detail);
            } else {
                keepFacts(ended);
            }
        if (event.surge)
            traffic_.surge(event.surge->load, 1, 0);
        SimTime const now = clock_.now();
        ledger_.eventEnded(now, event.event);
        for (auto const& change : replicasHit(event, roster_, Turn::Ends))
            ledger_.replicaChanged(now, change);
        tell(event.name + " ends");
    }

    void keepFacts(HeldFaults::Ended const& ended) {
        constexpr std::size_t most = 100;
        if (!ended.facts.empty() && facts_.size() < most)
            facts_.push_back(ended.facts);
    }

    void tell(std::string what) const {
        if (orders_.onSight)
            orders_.onSight({clock_.now(), programme_.lasts, std::move(what)});
    }

    model::Scenario const& scenario_;
    Programme const& programme_;
    ConductOrders const& orders_;
    model::Scenario aborts_;
    Roster roster_;
    verdict::Demand demand_;
    record::Header header_;
    std::uint64_t keys_ = 0;
    std::size_t next_ = 0; // of the occurrences
    std::vector<UnderWay> underWay_;
    std::vector<std::string> leftBehind_;
    std::vector<std::string> facts_; // of loads, as their agents told
    bool isOver_ = false;
    Ending ending_ = Ending::Played;
    std::string why_;
    SimTime nextJudging_ = SimTime::at(judgeEvery);
    HeldFaults faults_;
    Clock clock_;
    Ledger ledger_;
    Traffic traffic_;
};

} // namespace

LiveOutcome conduct(model::Scenario const& scenario, Programme const& programme,
                    std::vector<AgentPort*> const& agents, record::MomentSink& sink,
                    ConductOrders const& orders) {
    LiveOutcome outcome;
    for (auto const& event : programme.events)
        for (auto const& fault : event.faults)
            if (!fault.note.empty())
                outcome.notes.push_back(event.name + ": " + fault.note);
    if (auto why = rehearse(programme, agents); !why.empty()) {
        outcome.ending = Ending::Refused;
        outcome.why = std::move(why);
        return outcome;
    }
    bool const hasProbes = !programme.probes.empty();
    auto const before = checkSteady(programme.probes, badRoundsBefore, *orders.stop);
    if (hasProbes)
        outcome.steadiness.push_back(steadyJudgement("steady state before", before, scenario));
    if (!before.isSteady) {
        outcome.ending = before.isInterrupted ? Ending::Interrupted : Ending::NotSteadyBefore;
        outcome.why = before.isInterrupted ? "it was interrupted" : joined(before.wrong);
        return outcome;
    }
    {
        Performance performance(scenario, programme, agents, sink, orders);
        performance.play();
        performance.takeBack(outcome);
        performance.finish(outcome);
    }
    if (hasProbes) {
        // Somebody who waits at a terminal after Ctrl+C is told at once.
        auto const after = checkSteady(programme.probes, badRoundsAfter, *orders.stop);
        outcome.steadiness.push_back(steadyJudgement("steady state after", after, scenario));
    }
    return outcome;
}

} // namespace shakedown::conduct
