#include "chaos-agent/conduct/live_kind.hpp"

#include <algorithm>
#include <utility>

#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::conduct {

namespace {

using Live = std::variant<std::vector<LiveFault>, LoadSurge, NotLive>;
namespace real = shakedown::protocol;

// Whom a target names, and whom it concerns beside them.
struct Aim {
    std::string service;
    std::vector<std::string> peers;
    std::string why; // there is no such aim
};

Aim aimOf(model::Target const& target) {
    if (!target.zone.empty() || !target.host.empty() || !target.link.empty()
        || !target.topic.empty())
        return {"", {}, "an agent knows services, not zones, hosts, links or topics"};
    if (target.call) {
        auto const& call = *target.call;
        if (call.callee.service == "*")
            return {"", {}, "name the service that is called; '*' is nobody's"};
        return {call.callee.service,
                call.caller == "*" ? std::vector<std::string>{} : std::vector{call.caller}, ""};
    }
    if (target.service.empty())
        return {"", {}, "it names no service"};
    return {target.service, {}, ""};
}

real::Way wayOf(model::Direction direction) {
    switch (direction) {
    case model::Direction::Requests:
        return real::Way::In;
    case model::Direction::Replies:
        return real::Way::Out;
    case model::Direction::Both:
        break;
    }
    return real::Way::Both;
}

Live one(model::Target const& target, real::FaultKind what, real::Way way = real::Way::Both,
         std::string note = "") {
    auto aim = aimOf(target);
    if (!aim.why.empty())
        return NotLive{std::move(aim.why)};
    return std::vector{LiveFault{std::move(what), std::move(aim.service), std::move(aim.peers), way,
                                 std::move(note)}};
}

// A proxy stands before the service, and sees whoever calls it.
Live throughProxy(model::Target const& target, real::FaultKind what,
                  real::Way way = real::Way::Both, std::string note = "") {
    auto aim = aimOf(target);
    if (!aim.why.empty())
        return NotLive{std::move(aim.why)};
    if (!aim.peers.empty()) {
        note += (note.empty() ? "" : "; ") + ("every caller of '" + aim.service)
                + "' is concerned, not '" + aim.peers.front() + "' alone";
    }
    return std::vector{
        LiveFault{std::move(what), std::move(aim.service), {}, way, std::move(note)}};
}

Duration meanOf(model::Distribution const& wait) {
    return Duration::fromSeconds(wait.mean());
}

std::string noteOn(model::Distribution const& wait) {
    bool const varies = !std::holds_alternative<chance::Constant>(wait.law());
    return varies ? "each wait is the mean; the simulation draws them" : "";
}

// The protocol's jitter is uniform about the delay.
real::Latency jitterOf(model::Distribution const& add) {
    Duration const mean = meanOf(add);
    if (auto const* uniform = std::get_if<chance::Uniform>(&add.law()))
        return {mean, Duration::fromSeconds((uniform->high - uniform->low) / 2)};
    return {mean, mean};
}

bool isOneEndpoint(model::Target const& target) {
    return !target.endpoint.empty() || (target.call && !target.call->callee.endpoint.empty());
}

struct Translate {
    Live operator()(model::Crash const& f) const { return one(f.target, real::Crash{}); }
    Live operator()(model::Kill const& f) const { return one(f.target, real::Kill{}); }
    Live operator()(model::Hang const& f) const { return one(f.target, real::Hang{}); }
    Live operator()(model::Restart const& f) const { return one(f.target, real::Restart{}); }
    Live operator()(model::Slow const& f) const {
        if (!f.add)
            return NotLive{"a `factor` on work cannot be done from outside; give `add`"};
        if (f.factor != 1)
            return NotLive{"a `factor` on work cannot be done from outside; only `add` can"};
        return throughProxy(f.target, real::Slow{meanOf(*f.add), 1}, real::Way::Both,
                            noteOn(*f.add));
    }
    Live operator()(model::Errors const& f) const {
        return throughProxy(f.target, real::Errors{f.status, f.share.value()});
    }
    Live operator()(model::Latency const& f) const {
        return throughProxy(f.target, real::Latency{meanOf(f.add), Duration()}, wayOf(f.direction),
                            noteOn(f.add));
    }
    Live operator()(model::JitterFault const& f) const {
        return throughProxy(f.target, jitterOf(f.add), wayOf(f.direction));
    }
    Live operator()(model::Loss const& f) const {
        return one(f.target, real::Loss{f.share.value()}, wayOf(f.direction));
    }
    Live operator()(model::Duplicate const& f) const {
        return one(f.target, real::Duplicate{f.share.value()}, real::Way::Both,
                   "packets come twice, not messages: TCP drops the second of them");
    }
    // A scenario says who is held back, an agent who is not.
    Live operator()(model::Reorder const& f) const {
        double const atOnce = 1 - f.share.value();
        if (atOnce <= 0)
            return NotLive{"with a share of 100 % nothing overtakes anything; `latency` does that"};
        return one(f.target, real::Reorder{atOnce, f.by}, real::Way::Both,
                   "packets overtake each other, not messages: TCP puts its own in order again");
    }
    Live operator()(model::Corrupt const& f) const {
        return one(f.target, real::Corrupt{f.share.value()}, real::Way::Both,
                   "packets are damaged, not messages: TCP drops those, and sends them again");
    }
    Live operator()(model::BandwidthFault const& f) const {
        auto const bytes = static_cast<std::int64_t>(f.limit.bitsPerSecond() / 8);
        return throughProxy(f.target, real::BandwidthLimit{Bytes::of(bytes)});
    }
    Live operator()(model::Partition const& f) const {
        std::vector<LiveFault> all;
        for (auto const& service : f.between)
            all.push_back({real::Partition{}, service, f.andSide, real::Way::Both, ""});
        return all;
    }
    Live operator()(model::Reject const& f) const { return one(f.target, real::Reject{}); }
    Live operator()(model::BlackHole const& f) const { return one(f.target, real::BlackHole{}); }
    Live operator()(model::Reset const& f) const {
        return throughProxy(f.target, real::Reset{f.share.value()});
    }
    Live operator()(model::SlowClose const& f) const {
        return throughProxy(f.target, real::SlowClose{f.by});
    }
    Live operator()(model::Slice const& f) const {
        return throughProxy(f.target, real::Slice{f.size, f.pause});
    }
    Live operator()(model::LimitData const& f) const {
        return throughProxy(f.target, real::LimitData{f.limit});
    }
    Live operator()(model::Http const& f) const {
        real::Http http;
        http.abort = f.abort;
        if (f.delay)
            http.delay = meanOf(*f.delay);
        http.header = f.header;
        http.body = f.body;
        http.method = f.method;
        http.path = f.path;
        http.share = f.share.value();
        if (f.first)
            http.first = *f.first;
        return throughProxy(f.target, std::move(http), real::Way::Both,
                            f.delay ? noteOn(*f.delay) : "");
    }
    Live operator()(model::Disk const& f) const {
        if (!f.full)
            return NotLive{"a slow disk is not done by agents of this release; a full one is"};
        if (f.factor != 1)
            return NotLive{"a disk is filled, not made slower; leave out `factor`"};
        return one(f.target, real::Disk{}, real::Way::Both,
                   "as full as the agent's configuration allows (keep_free_bytes)");
    }
    Live operator()(model::Cpu const& f) const {
        return one(f.target, real::Cpu{f.steal.value(), {}}, real::Way::Both,
                   "a load on every processor of its host, which all on it share");
    }
    Live operator()(model::Memory const& f) const {
        return one(f.target, real::Memory{f.amount, {}}, real::Way::Both,
                   "memory of its host, which all on it share");
    }
    Live operator()(model::Io const& f) const {
        return one(f.target, real::Io{}, real::Way::Both,
                   "a worker that writes and reads as fast as the disk lets it; a share of the disk"
                   " (`steal`) cannot be had from outside");
    }
    Live operator()(model::FileDescriptors const& f) const {
        return one(f.target, real::FileDescriptors{f.leave});
    }
    Live operator()(model::Surge const& f) const {
        return LoadSurge{f.target.load, f.factor, f.add.perSecond()};
    }

    Live operator()(model::Leak const&) const { return inside("a leak"); }
    Live operator()(model::Cold const&) const { return inside("a flushed cache"); }
    Live operator()(model::Dns const&) const { return later("dns"); }
    Live operator()(model::Grpc const&) const { return later("grpc"); }
    Live operator()(model::Clock const&) const { return later("clock"); }
    Live operator()(model::BadDeploy const&) const { return later("bad_deploy"); }
    Live operator()(model::ZoneOutage const&) const { return place("a zone"); }
    Live operator()(model::HostDown const&) const { return place("a host"); }
    Live operator()(model::LinkDown const&) const { return place("a link"); }
    Live operator()(model::BrownOut const&) const { return place("a slower machine"); }
    Live operator()(model::ExpiredCertificate const&) const { return inside("a certificate"); }
    Live operator()(model::PoisonMessage const&) const { return inside("a message"); }
    Live operator()(model::LostHeartbeats const&) const { return inside("a heartbeat"); }

private:
    static Live later(std::string const& kind) {
        return NotLive{"agents of this release do not do '" + kind + "'"};
    }
    static Live inside(std::string const& what) {
        return NotLive{what + " is inside a service; it cannot be done from outside"};
    }
    static Live place(std::string const& what) {
        return NotLive{what + " is more than one service; an agent does faults to services"};
    }
};

model::Target const* targetOf(model::FaultKind const& fault) {
    return std::visit(
        [](auto const& f) -> model::Target const* {
            if constexpr (requires { f.target; })
                return &f.target;
            else
                return nullptr;
        },
        fault);
}

} // namespace

std::variant<std::vector<LiveFault>, LoadSurge, NotLive> liveKindOf(model::FaultKind const& fault) {
    auto live = std::visit(Translate{}, fault);
    auto const* target = targetOf(fault);
    auto* faults = std::get_if<std::vector<LiveFault>>(&live);
    if (faults == nullptr || target == nullptr || !isOneEndpoint(*target))
        return live;
    if (std::holds_alternative<model::Http>(fault))
        return live; // told by method and path
    return NotLive{"it is for one endpoint; live, an `http` fault with a path does that"};
}

} // namespace shakedown::conduct
