#include "sim/world/plan.hpp"

namespace shakedown::world {

Law::Law(chance::Distribution distribution)
    : full_(std::make_shared<chance::Distribution const>(std::move(distribution))) {
    double const mean = full_->mean();
    mean_ = mean < 1e9 ? Duration::fromSeconds(mean) : Duration::none();
    if (std::holds_alternative<chance::Constant>(full_->law())) {
        constant_ = mean_;
    } else if (auto const* e = std::get_if<chance::Exponential>(&full_->law())) {
        kind_ = Kind::Exponential;
        meanNanoseconds_ = e->mean * 1e9;
    } else if (auto const* l = std::get_if<chance::Lognormal>(&full_->law())) {
        kind_ = Kind::Lognormal;
        table_ = std::make_shared<chance::QuantileTable const>(*l);
    } else {
        kind_ = Kind::Other;
    }
}

Duration Law::drawOther(chance::Stream const& stream, chance::Key key, std::uint64_t step) const {
    return chance::sampleDuration(*full_, stream, key, step);
}

bool operator==(Law const& a, Law const& b) {
    if (a.full_ == nullptr || b.full_ == nullptr)
        return a.isZero() && b.isZero();
    return *a.full_ == *b.full_;
}

Shortcuts shortcutsOf(EdgePolicy const& policy) {
    Shortcuts quick;
    quick.timeout = policy.timeout;
    quick.deadline = policy.deadline;
    quick.isCarried = policy.requestSize > Bytes() || policy.responseSize > Bytes();
    bool const isPaced = quick.isCarried && policy.bandwidth > Bandwidth();
    quick.isInstant = policy.latency.isZero() && policy.loss == 0 && !isPaced;
    quick.isGuarded = policy.guards.size() > 1
                      || (policy.guards.size() == 1 && policy.guards.front() != Guard::Timeout);
    quick.isWatched = policy.breaker || policy.needsProtection();
    quick.hedges = policy.hedge.has_value();
    quick.hasAround = !policy.around.empty();
    quick.connects = !policy.connect.isZero();
    auto const balance = policy.balance.policy;
    quick.weighs = resilience::Balancer::isNeededFor(policy.balance);
    quick.countsOutstanding = quick.connects || balance == model::BalancePolicy::LeastRequest
                              || balance == model::BalancePolicy::PeakEwma
                              || (quick.weighs && policy.balance.bound > 0);
    quick.choosesAmongSome =
        policy.outliers || balance == model::BalancePolicy::ZoneAware
        || (policy.breaker && policy.breakerPer == model::BreakerScope::Replica);
    quick.propagatesDeadline = policy.propagateDeadline;
    quick.isDetailed = quick.isGuarded || quick.isWatched || quick.hedges || quick.hasAround
                       || quick.weighs || quick.countsOutstanding || policy.avoidSameReplica;
    quick.isPlain = quick.isInstant && !quick.isDetailed && !quick.choosesAmongSome;
    return quick;
}

} // namespace shakedown::world
