#include <algorithm>
#include <cmath>

#include "scenarios/chance/elementary.hpp"
#include "sim/world/world.hpp"

namespace shakedown::world {

using kernel::EventClass;

namespace {

kernel::Event arrivalOf(std::uint32_t load) {
    return {static_cast<std::uint16_t>(EventKind::Arrival), 0, load, 0, 0};
}

kernel::Event returnOf(std::uint32_t load, std::uint32_t user) {
    return {static_cast<std::uint16_t>(EventKind::UserReturns), 0, load, 0, user};
}

bool isTrace(LoadPlan const& plan) {
    return plan.rate && std::holds_alternative<model::RateTrace>(*plan.rate);
}

// Expected arrivals until the next one: the gap of the process at rate 1.
double nextGap(LoadPlan const& plan, chance::Stream const& stream, Key base, std::uint64_t n) {
    double const requests = plan.burst;
    if (plan.arrivals == model::Arrivals::Constant)
        return requests;
    return -requests * chance::logarithm(stream.uniform(base, n));
}

} // namespace

void World::startLoads() {
    loads_.resize(plan_.loads.size());
    for (std::uint32_t l = 0; l < plan_.loads.size(); ++l) {
        LoadPlan const& plan = plan_.loads[l];
        LoadState& state = loads_[l];
        auto const stream = [&](char const* what) {
            return chance::Stream(options_.seed, options_.replication, plan.name + what);
        };
        state.arrivals = stream("/arrivals");
        state.mix = stream("/mix");
        state.think = stream("/think");
        state.base = chance::hashName(plan.name);
        if (plan_.usesKeys && plan.keys > 0)
            state.keys = KeyLaw(plan.keys, plan.zipf);
        if (plan.rate) {
            state.curve = model::RateCurve(*plan.rate);
            state.exposureLeft = nextGap(plan, state.arrivals, state.base, state.drawn++);
            planArrival(l);
        }
        state.userTurns.assign(plan.users, 0);
        for (std::uint32_t user = 0; user < plan.users; ++user) {
            Key const key = chance::mixKey(state.base, user);
            Duration const think = plan.think.draw(state.think, key, 0);
            kernel_.schedule(plan.from + think, EventClass::Arrival, returnOf(l, user));
        }
    }
}

void World::planArrival(std::uint32_t load) {
    LoadPlan const& plan = plan_.loads[load];
    LoadState& state = loads_[load];
    kernel_.cancel(state.next);
    state.next = {};
    SimTime at = SimTime::never();
    if (isTrace(plan)) {
        auto const& trace = std::get<model::RateTrace>(*plan.rate);
        std::uint64_t const i = state.drawn - 1;
        if (trace.arrivals && i < trace.arrivals->size())
            at = plan.from + (*trace.arrivals)[i];
    } else {
        double const t = state.curve.whenReached(state.exposureSince, state.exposureLeft);
        at = plan.from + Duration::fromSeconds(t);
    }
    if (at >= plan.until || at >= SimTime::at(options_.lasts))
        return;
    state.next =
        kernel_.schedule(std::max(at, kernel_.now()), EventClass::Arrival, arrivalOf(load));
}

void World::onArrival(std::uint32_t load) {
    LoadPlan const& plan = plan_.loads[load];
    LoadState& state = loads_[load];
    state.next = {};
    // Drawn first, so that the processor does it beside the draws of the request.
    double const gap = nextGap(plan, state.arrivals, state.base, state.drawn++);
    for (int i = 0; i < plan.burst; ++i)
        sendRequest(load, nothing, state.nextNumber++);
    state.exposureSince = (kernel_.now() - plan.from).inSeconds();
    state.exposureLeft = gap;
    planArrival(load);
}

void World::onUserReturns(std::uint32_t load, std::uint32_t user) {
    if (kernel_.now() >= plan_.loads[load].until)
        return;
    sendRequest(load, user, loads_[load].nextNumber++);
}

// The key of an open request is its number, of a closed one the user and the user's turn, so that
// what one user does never shifts another's draws.
void World::sendRequest(std::uint32_t load, std::uint32_t user, std::uint64_t number) {
    LoadPlan const& plan = plan_.loads[load];
    LoadState& state = loads_[load];
    Request& request = requests_.take();
    request.load = load;
    request.user = user;
    request.intended = kernel_.now();
    request.windows = windowsOpen_;
    request.batch = batchNow();
    ++state.live;
    ++state.interval.offered;
    ++evidence_.whole[load].offered;
    auto& tallies = evidence_.loads[load].windows;
    for (std::uint64_t left = windowsOpen_; left != 0; left &= left - 1)
        ++tallies[static_cast<std::size_t>(std::countr_zero(left))].offered;
    if (loadSeconds_[load] != nothing)
        offerSecond(loadSeconds_[load]);
    if (isTracing_)
        beginTrace(request, number);

    Key key = 0;
    std::uint32_t client = 0;
    if (user == nothing) {
        key = chance::mixKey(state.base, number);
        if (plan.clients > 1)
            client = static_cast<std::uint32_t>(number % plan.clients);
    } else {
        key = chance::mixKey(chance::mixKey(state.base, user), ++state.userTurns[user]);
        client = user % plan.clients;
    }
    if (plan_.usesKeys)
        drawDataKey(request, key);
    std::size_t choice = 0;
    if (plan.mix.size() > 1) {
        double const u = state.mix.uniform(key, 0);
        while (choice + 1 < plan.mix.size() && u >= plan.mix[choice].upTo)
            ++choice;
    }
    std::uint32_t const site = plan.mix[choice].site;
    Caller const caller{nullptr, 0, client};
    if (goesExpress(site))
        beginExpressCall(caller, request, site, seedOf(site, key), SimTime::never(), nothing);
    else
        beginCall(caller, request, site, key, SimTime::never(), nothing);
}

// What the request asks for. Keys lie scattered in their order, so the hottest ones are not
// neighbours.
void World::drawDataKey(Request const& request, Key key) {
    LoadState const& state = loads_[request.load];
    DataKey& data = dataKeys_.put(request.index);
    data.key = plan_.loads[request.load].keys > 0
                   ? chance::mixKey(state.base, state.keys.rank(state.mix.draw(key, 1)))
                   : chance::mixKey(key, 0xDA7A);
    data.place = chance::Stream::toUnit(chance::mixKey(data.key, 1));
}

void World::endRequest(Request& request, measure::Outcome outcome, Cause cause) {
    LoadPlan const& plan = plan_.loads[request.load];
    LoadState& state = loads_[request.load];
    SimTime const now = kernel_.now();
    Duration const took = now - request.intended;
    bool const counts = outcome == measure::Outcome::Ok || outcome == measure::Outcome::Degraded;
    bool const inTime = took <= plan.inTime;
    request.ended = true;
    request.outcome = outcome;
    request.cause = cause;
    --state.live;

    ++evidence_.whole[request.load].by[static_cast<std::size_t>(outcome)];
    if (counts && inTime)
        ++evidence_.whole[request.load].good;
    auto& tallies = evidence_.loads[request.load].windows;
    for (std::uint64_t left = request.windows; left != 0; left &= left - 1)
        tallies[static_cast<std::size_t>(std::countr_zero(left))].end(outcome, took, inTime);
    if (counts && (request.windows & 1) != 0) {
        auto& batch = evidence_.batches[request.load][request.batch];
        batch.sumSeconds += took.inSeconds();
        ++batch.count;
    }
    if (loadSeconds_[request.load] != nothing)
        meterSecond(loadSeconds_[request.load], request.intended, counts && inTime, took, counts);
    if (tellsIntervals_) {
        auto& interval = state.interval;
        switch (outcome) {
        case measure::Outcome::Ok:
            ++interval.ok;
            interval.late += inTime ? 0 : 1;
            break;
        case measure::Outcome::Degraded:
            ++interval.degraded;
            break;
        case measure::Outcome::Failed:
            ++interval.failed;
            break;
        case measure::Outcome::Rejected:
            ++interval.rejected;
            break;
        case measure::Outcome::TimedOut:
            ++interval.timedOut;
            break;
        }
        if (counts)
            state.intervalLatency.record(took);
        if (counts && inTime)
            ++interval.good;
        if (request.isTraced)
            traceOf(request).ended = now;
    }
    if (request.user == nothing)
        return;
    Key const key = chance::mixKey(state.base, request.user);
    Duration const think = plan.think.draw(state.think, key, state.userTurns[request.user]);
    kernel_.schedule(now + think, EventClass::Arrival, returnOf(request.load, request.user));
}

void World::partEnded(Request& request) {
    require(request.parts > 0, "a request has the parts that end");
    if (--request.parts > 0 || !request.ended)
        return;
    if (request.isTraced)
        endTrace(request);
    requests_.giveBack(request);
}

} // namespace shakedown::world
