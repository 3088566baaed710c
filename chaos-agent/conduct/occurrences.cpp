#include "chaos-agent/conduct/occurrences.hpp"

#include <algorithm>

#include "scenarios/chance/elementary.hpp"
#include "scenarios/chance/stream.hpp"

namespace shakedown::conduct {

std::vector<Stretch> stretchesOf(model::Timing const& when, std::string const& name,
                                 std::uint64_t seed, SimTime end, std::size_t most) {
    chance::Stream const stream(seed, 0, "event/" + name);
    std::uint64_t count = 0;
    auto const drawn = [&](Duration mean, std::uint64_t what) {
        return Duration::fromSeconds(-mean.inSeconds()
                                     * chance::logarithm(stream.uniform(count, what)));
    };
    std::vector<Stretch> stretches;
    SimTime begin = SimTime::at(when.at.value_or(Duration()));
    if (when.mtbf)
        begin = begin + drawn(*when.mtbf, 1);
    while (begin < end && stretches.size() < most) {
        ++count;
        SimTime over = begin + when.lasts;
        if (when.mttr)
            over = begin + drawn(*when.mttr, 2);
        stretches.push_back({begin, std::min(over, end)});
        if (when.mtbf)
            begin = over + drawn(*when.mtbf, 1);
        else if (when.every && *when.every > Duration())
            begin = begin + *when.every;
        else
            break;
    }
    return stretches;
}

} // namespace shakedown::conduct
