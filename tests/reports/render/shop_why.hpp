#pragma once

#include <string>

#include "reports/why/explanation.hpp"

/// An explanation put together by hand: autos was slow from 10 s to 20 s, and a timeout is short.
namespace shakedown::tests {

inline why::Explanation shopWhy() {
    using why::CauseKind;
    auto const sec = [](double s) { return SimTime::at(Duration::fromSeconds(s)); };
    why::Explanation e;
    e.isFounded = true;
    e.header.scenario = "shop";
    e.header.seed = 7;
    e.header.names = {{"visitors", "buyers"},
                      {"site", "autos"},
                      {"site/page", "autos/search"},
                      {"visitors -> site", "buyers -> site", "site -> autos"},
                      {"autos-slow", "line-cut"},
                      {},
                      {}};
    e.header.faults = {2};
    e.header.verbs = {"slow", "partition"};
    e.account.offered = 6000;
    e.account.bad = 1500;
    e.account.examined = 40;
    e.account.causes = {{{CauseKind::Event, 0}, 0.9, 1350},
                        {{CauseKind::ShortTimeout, 2}, 0.1, 150}};
    e.account.endings = {{{record::Cause::QueueFull, 0}, 1200}, {{record::Cause::Timeout, 2}, 300}};
    e.account.amplifiers = {{2, why::AmplifierKind::Retries, 2.5, 450}};
    e.account.chain = {{sec(10.5), "visitors", "queue full at site"},
                       {sec(11), "site", "20 of 20 busy workers wait for autos"},
                       {sec(10), "fault autos-slow (slow)", "from 10.0 s to 20.0 s"}};
    e.tale.lines = {{sec(10), "fault autos-slow (slow) begins at autos"},
                    {sec(11), "requests of visitors go wrong"},
                    {sec(25), "all is well again, 5.00 s after autos-slow ended"}};
    e.tale.toDetect = Duration::seconds(1);
    e.tale.toSpread = Duration::milliseconds(2500);
    e.tale.toRecover = Duration::seconds(5);
    e.tale.hurtFrom = sec(11);
    e.tale.hurtUntil = sec(25);
    e.blast.loads = {{"visitors", 1000, 500}};
    e.blast.services = {{"site", 2000, 970}};
    e.blast.owners = {{{"web-team", 2000, 970}, {"site"}}};
    e.blast.loadsInAll = 2;
    e.blast.servicesInAll = 2;
    return e;
}

/// The same with every name replaced.
inline why::Explanation hostileWhy(std::string const& name) {
    auto e = shopWhy();
    e.header.scenario = name;
    e.header.names.loads.assign(2, name);
    e.header.names.services.assign(2, name);
    e.header.names.calls.assign(3, name + " -> " + name);
    e.header.names.events.assign(2, name);
    e.subject = {why::SubjectKind::Load, 0};
    for (auto& link : e.account.chain) {
        link.subject = name;
        link.what = "waits for " + name + " and " + name;
    }
    for (auto& line : e.tale.lines) {
        line.text = "requests of " + name + " and " + name + " go wrong";
    }
    e.blast.loads[0].name = e.blast.services[0].name = e.blast.owners[0].all.name = name;
    e.blast.owners[0].services = {name};
    return e;
}

} // namespace shakedown::tests
