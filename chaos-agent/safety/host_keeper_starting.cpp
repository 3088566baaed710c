#include "chaos-agent/safety/host_keeper.hpp"

#include <algorithm>

#include "chaos-agent/protocol/fault_json.hpp"
#include "chaos-agent/system/boot.hpp"
#include "chaos-agent/system/sha256.hpp"

/// From a request to a fault at work: may it be, what would it do, and doing it.
namespace shakedown::safety {

namespace {

using protocol::EndReason;
using protocol::FaultReport;
using protocol::FaultRequest;
using system::Failure;

Refusal refusal(Refusal::Reason reason, std::string message) {
    return {reason, std::move(message)};
}

bool isSame(FaultRequest const& a, FaultRequest const& b) {
    return protocol::toJson(a) == protocol::toJson(b);
}

} // namespace

Or<injectors::Plan> HostKeeper::allowedPlan(FaultRequest const& request) {
    using Reason = Refusal::Reason;
    if (halt_.on)
        return refusal(Reason::Halted, "halted by " + halt_.by + ": " + halt_.reason);
    if (auto why = denial(request, settings_.targets, settings_.caps, atWork()))
        return refusal(Reason::NotAllowed, *why);
    auto planned = injectors::planOf(request, settings_.targets, spared());
    auto* plan = std::get_if<injectors::Plan>(&planned);
    // Two faults that fight are told as that, though planning may trip over the first as well.
    for (auto const& [id, live] : live_) {
        if (isOver(live.entry.state))
            continue;
        bool const fights =
            plan != nullptr
            && std::any_of(plan->claims.begin(), plan->claims.end(), [&](std::string const& claim) {
                   auto const& held = live.entry.claims;
                   return std::find(held.begin(), held.end(), claim) != held.end();
               });
        bool const isTwin = live.entry.request.target == request.target
                            && live.entry.request.what.index() == request.what.index();
        std::string const over =
            live.entry.claims.empty() ? request.target : live.entry.claims.front();
        if (fights || isTwin)
            return refusal(Reason::Conflict, std::string("'") + nameOf(request.what) + "' on '"
                                                 + request.target + "' fights over " + over
                                                 + " with '" + nameOf(live.entry.request.what)
                                                 + "' (fault " + id + " of " + live.entry.owner
                                                 + ")");
    }
    if (plan == nullptr)
        return refusal(Reason::NotPossible, std::get<Failure>(planned).why);
    return std::move(*plan);
}

Or<protocol::PlanReport> HostKeeper::plan(FaultRequest const& request) {
    auto const allowed = allowedPlan(request);
    if (auto const* refused = std::get_if<Refusal>(&allowed))
        return *refused;
    return injectors::reportOf(std::get<injectors::Plan>(allowed));
}

Or<FaultReport> HostKeeper::start(FaultRequest const& request, Caller const& caller,
                                  std::string const& key) {
    if (!key.empty())
        if (auto const known = keys_.find({caller.name, key}); known != keys_.end()) {
            auto earlier = get(known->second);
            auto const* report = std::get_if<FaultReport>(&earlier);
            if (report != nullptr && !isSame(report->request, request))
                return refusal(Refusal::Reason::Conflict,
                               "the idempotency key '" + key + "' was used for another request");
            return earlier;
        }
    auto allowed = allowedPlan(request);
    if (auto const* refused = std::get_if<Refusal>(&allowed)) {
        ++health_.refused;
        record(
            {caller.name, "refused", "",
             std::string(nameOf(request.what)) + " on " + request.target + ": " + refused->message},
            refused_);
        return *refused;
    }
    auto& plan = std::get<injectors::Plan>(allowed);

    Live live;
    live.entry.id = system::randomDigits(16);
    live.entry.request = request;
    live.entry.planHash = injectors::hashOf(plan);
    live.entry.steps = std::move(plan.steps);
    live.entry.claims = std::move(plan.claims);
    live.entry.irreversible = plan.irreversible;
    live.entry.owner = caller.name;
    live.entry.key = key;
    live.entry.boot = system::bootId();
    live.entry.startedAtMs = system::wallClockMs();
    live.leaseUntil = now_ + request.lease;
    live.endsAt = now_ + request.duration;
    live.decideBy = now_ + patience;

    auto failed =
        record({caller.name, "start", live.entry.id,
                std::string(nameOf(request.what)) + " on " + request.target + ", plan "
                    + live.entry.planHash + (request.reason.empty() ? "" : ": " + request.reason)});
    if (!failed)
        failed = write(live);
    if (failed)
        return refusal(Refusal::Reason::NoRecord,
                       "nothing was done, because it could not be written down: " + failed->why);

    std::string const id = live.entry.id;
    rememberKey(live.entry);
    Live& kept = live_.emplace(id, std::move(live)).first->second;
    ++health_.started;
    applySteps(kept);
    settle(kept);
    return get(id);
}

void HostKeeper::applySteps(Live& live) {
    auto const lease = std::min(live.leaseUntil, live.endsAt) - now_;
    for (std::size_t step = 0; step < live.entry.steps.size(); ++step) {
        live.entry.begun = step + 1;
        if (auto failed = write(live)) {
            beginRevert(live, EndReason::ApplyFailed, failed->why);
            return;
        }
        at(Point::BeforeApply);
        auto const failed = injectors::apply(live.entry.steps[step], lease, settings_.tools);
        at(Point::AfterApply);
        if (failed) {
            beginRevert(live, EndReason::ApplyFailed, failed->why);
            return;
        }
    }
}

} // namespace shakedown::safety
