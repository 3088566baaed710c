#include "chaos-agent/conduct/programme.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "chaos-agent/conduct/codes.hpp"
#include "chaos-agent/conduct/limits.hpp"
#include "chaos-agent/conduct/occurrences.hpp"
#include "chaos-agent/conduct/roster.hpp"
#include "scenarios/model/verbs.hpp"

namespace shakedown::conduct {

namespace {

constexpr Duration usualPatience = Duration::seconds(10);
// Done at one stroke: there is nothing to hold, and the agent wants some duration.
constexpr Duration strokeLasts = Duration::seconds(1);

class Maker {
public:
    Maker(model::Scenario const& scenario, ProgrammeOptions const& options)
        : scenario_(scenario), options_(options) {}

    Result<Programme> make() {
        if (!scenario_.live) {
            refuse(codes::noLiveSection, {scenario_.file, 0, 0},
                   "the scenario has no section `live`",
                   "say there where its services are found, and what shows the steady state");
            return std::move(findings_);
        }
        made_.seed = options_.seed;
        made_.lasts = std::min(scenario_.run.lasts, options_.until);
        checkSkipped();
        addLoads();
        addProbes();
        for (std::uint32_t i = 0; i < scenario_.faults.size(); ++i)
            if (!isSkipped(scenario_.faults[i].name))
                addFault(i, scenario_.faults[i]);
        for (auto const& operation : scenario_.operations)
            if (!isSkipped(operation.name))
                refuse(codes::notLive, operation.place,
                       "'" + operation.name + "' cannot be done live: an agent does no '"
                           + std::string(model::verbOf(operation.what)) + "'",
                       "leave it out with --skip " + operation.name);
        std::stable_sort(made_.occurrences.begin(), made_.occurrences.end(),
                         [](auto const& a, auto const& b) { return a.begin < b.begin; });
        if (made_.probes.empty() && made_.loads.empty())
            refuse(codes::nothingToSee, scenario_.live->place,
                   "nothing would be seen of the run: there are no probes and no load",
                   "give `live` a probe with a URL that answers while all is well");
        for (auto& broken : brokenLimits(scenario_, made_))
            findings_.push_back(std::move(broken));
        if (!findings_.empty())
            return std::move(findings_);
        return std::move(made_);
    }

private:
    model::Live const& live() const { return *scenario_.live; }

    void refuse(char const* code, Place place, std::string message, std::string hint) {
        findings_.push_back(
            {Severity::Error, code, std::move(message), std::move(hint), std::move(place)});
    }

    bool isSkipped(std::string const& name) const {
        return std::find(options_.skip.begin(), options_.skip.end(), name) != options_.skip.end();
    }
    void checkSkipped() {
        for (auto const& name : options_.skip) {
            if (model::findTiming(scenario_, name) != nullptr)
                continue;
            std::vector<std::string> known;
            for (auto const& fault : scenario_.faults)
                known.push_back(fault.name);
            for (auto const& operation : scenario_.operations)
                known.push_back(operation.name);
            auto const near = nearestWord(name, known);
            refuse(codes::notLive, {scenario_.file, 0, 0},
                   "--skip: there is no fault or operation '" + name + "'",
                   near ? "did you mean '" + *near + "'?" : "");
        }
    }

    std::optional<HttpUrl> urlOf(std::string const& text, Place const& place) {
        auto url = parseHttpUrl(text);
        if (auto* why = std::get_if<std::string>(&url)) {
            refuse(codes::badUrl, place, std::move(*why), "");
            return std::nullopt;
        }
        return std::get<HttpUrl>(std::move(url));
    }

    Duration patienceOf(model::Load const& load) const {
        if (load.mix.empty())
            return usualPatience;
        auto const policy =
            model::resolveCall(scenario_.calls, load.name, true, load.mix.front().to, {});
        auto const limit = std::min(policy.timeout.value_or(Duration::none()),
                                    policy.deadline.value_or(Duration::none()));
        return limit.isNone() || limit <= Duration() ? usualPatience : limit;
    }

    void addLoads() {
        std::uint32_t i = 0;
        for (auto const& live : live().load) {
            std::uint32_t const number = i++;
            auto const* load = model::findLoad(scenario_, live.load);
            auto const url = urlOf(live.url, live.place);
            if (load == nullptr || !url)
                continue;
            if (!load->rate && !live.rate) {
                refuse(codes::closedLoad, live.place,
                       "'" + load->name + "' is a number of users; a live load is a rate",
                       "give it a `rate` here");
                continue;
            }
            made_.loads.push_back({number, *load, live.rate, *url, patienceOf(*load)});
        }
    }

    void addProbes() {
        auto number = static_cast<std::uint32_t>(live().load.size());
        for (auto const& probe : live().probes) {
            auto const url = urlOf(probe.url, probe.place);
            if (probe.every <= Duration() || probe.timeout <= Duration())
                refuse(codes::badProbe, probe.place,
                       "the probe '" + probe.name + "' needs `every` and `timeout` above 0", "");
            else if (url)
                made_.probes.push_back(
                    {number, probe.name, *url, probe.every, probe.timeout, probe.expect});
            ++number;
        }
    }

    std::uint32_t agentNumber(model::LiveAgent const& agent) {
        auto& agents = made_.agents;
        auto const found = std::find_if(agents.begin(), agents.end(),
                                        [&](auto const& a) { return a.name == agent.name; });
        if (found != agents.end())
            return static_cast<std::uint32_t>(found - agents.begin());
        agents.push_back({agent.name, agent.address});
        return static_cast<std::uint32_t>(agents.size() - 1);
    }

    model::LiveTarget const* targetOf(std::string const& service) const {
        auto const& all = live().services;
        auto const found = std::find_if(all.begin(), all.end(),
                                        [&](auto const& t) { return t.service == service; });
        return found == all.end() ? nullptr : &*found;
    }

    // The agent of a service: the one it names, or the only one there is.
    std::optional<std::uint32_t> agentOf(std::string const& service, model::Fault const& fault) {
        Place const place = model::placeOf(service, fault.mentions, fault.place);
        auto const* target = targetOf(service);
        if (target == nullptr) {
            refuse(codes::noTarget, place,
                   "`live` does not say where the service '" + service + "' is found",
                   "give live.services an entry '" + service + "' with its agent");
            return std::nullopt;
        }
        auto const& agents = live().agents;
        auto const named = std::find_if(agents.begin(), agents.end(),
                                        [&](auto const& a) { return a.name == target->agent; });
        if (named != agents.end())
            return agentNumber(*named);
        if (target->agent.empty() && agents.size() == 1)
            return agentNumber(agents.front());
        refuse(codes::noTarget, target->place,
               "'" + service + "' names no agent, and there are " + std::to_string(agents.size()),
               "name the agent on its host");
        return std::nullopt;
    }

    void addFault(std::uint32_t event, model::Fault const& fault) {
        ProgrammeEvent added{event, fault.name, {}, {}};
        auto live = liveKindOf(fault.what);
        if (auto const* not_ = std::get_if<NotLive>(&live)) {
            refuse(codes::notLive, fault.place,
                   "'" + fault.name + "' cannot be done live: " + not_->why,
                   "leave it out with --skip " + fault.name);
            return;
        }
        if (auto* surge = std::get_if<LoadSurge>(&live))
            added.surge = std::move(*surge);
        else
            for (auto& one : std::get<std::vector<LiveFault>>(live))
                addAgentFault(fault, std::move(one), added);
        SimTime const end = SimTime::at(made_.lasts);
        bool const isStroke = std::holds_alternative<model::Restart>(fault.what)
                              && fault.when.lasts.isNone() && !fault.when.mttr;
        for (auto const& stretch : stretchesOf(fault.when, fault.name, options_.seed, end,
                                               occurrencesAtMost - made_.occurrences.size()))
            made_.occurrences.push_back(
                {static_cast<std::uint32_t>(made_.events.size()), stretch.begin,
                 isStroke ? std::min(end, stretch.begin + strokeLasts) : stretch.end});
        made_.events.push_back(std::move(added));
    }

    void addAgentFault(model::Fault const& fault, LiveFault one, ProgrammeEvent& added) {
        auto const agent = agentOf(one.service, fault);
        if (!agent)
            return;
        AgentFault asked{*agent, {}, std::move(one.note)};
        asked.request.what = std::move(one.what);
        asked.request.target = one.service;
        asked.request.way = one.way;
        asked.request.lease = options_.lease;
        asked.request.reason = "scenario " + scenario_.name + ", fault " + fault.name;
        for (auto const& peer : one.peers)
            addPeer(fault, peer, asked);
        added.faults.push_back(std::move(asked));
    }

    void addPeer(model::Fault const& fault, std::string const& peer, AgentFault& asked) {
        if (targetOf(peer) != nullptr) {
            asked.request.peers.push_back(peer);
            return;
        }
        if (model::findLoad(scenario_, peer) != nullptr
            && !std::holds_alternative<protocol::Partition>(asked.request.what)) {
            asked.note += (asked.note.empty() ? "" : "; ")
                          + ("every caller of '" + asked.request.target
                             + "' is concerned, not the load '" + peer + "' alone");
            return;
        }
        refuse(codes::noTarget, model::placeOf(peer, fault.mentions, fault.place),
               "packets between '" + asked.request.target + "' and '" + peer
                   + "' cannot be told apart: `live` does not say where '" + peer + "' is found",
               "");
    }

    model::Scenario const& scenario_;
    ProgrammeOptions const& options_;
    Programme made_;
    Diagnostics findings_;
};

} // namespace

Result<Programme> programmeOf(model::Scenario const& scenario, ProgrammeOptions const& options) {
    return Maker(scenario, options).make();
}

} // namespace shakedown::conduct
