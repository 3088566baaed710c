#include "sim/world/plan.hpp"

namespace shakedown::world {

Law::Law(chance::Distribution distribution) : full_(std::move(distribution)) {
    double const mean = full_.mean();
    mean_ = mean < 1e9 ? Duration::fromSeconds(mean) : Duration::none();
    if (std::holds_alternative<chance::Constant>(full_.law())) {
        constant_ = mean_;
    } else if (auto const* e = std::get_if<chance::Exponential>(&full_.law())) {
        kind_ = Kind::Exponential;
        meanNanoseconds_ = e->mean * 1e9;
    } else {
        kind_ = Kind::Other;
    }
}

Duration Law::drawOther(chance::Stream const& stream, chance::Key key, std::uint64_t step) const {
    return chance::sampleDuration(full_, stream, key, step);
}

} // namespace shakedown::world
