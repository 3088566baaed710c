#include "gui/scene/traffic.hpp"

#include <algorithm>

namespace shakedown::gui {

namespace {

constexpr Duration lookBack = Duration::seconds(1);
constexpr double longestSeconds = 3600;

struct Sums {
    double requests = 0;
    double attempts = 0;
    double bad = 0;
    double waiting = 0; // times seconds
};

Traffic trafficOf(Sums const& sums, double seconds) {
    Traffic traffic;
    traffic.rate = sums.attempts / seconds;
    if (sums.attempts > 0)
        traffic.trouble = std::min(1.0, sums.bad / sums.attempts);
    if (sums.requests > 0)
        traffic.latency =
            Duration::fromSeconds(std::min(longestSeconds, sums.waiting / sums.requests));
    return traffic;
}

} // namespace

std::vector<Traffic> trafficAt(RunIndex const& index, SimTime at) {
    auto const last = index.intervalAt(at);
    if (!last)
        return {};
    std::vector<Sums> sums(index.routes().size());
    double whole = 0;
    for (std::size_t i = *last + 1; i-- > 0;) {
        if (i < *last && index.intervalEnds()[i] + lookBack <= index.intervalEnds()[*last])
            break;
        double const seconds = index.secondsOf(i);
        whole += seconds;
        auto const& calls = index.interval(i).calls;
        for (std::size_t call = 0; call < std::min(sums.size(), calls.size()); ++call) {
            sums[call].requests += calls[call].requests;
            sums[call].attempts += calls[call].attempts;
            sums[call].bad += calls[call].timeouts + calls[call].failures;
            sums[call].waiting += calls[call].waiting * seconds;
        }
    }
    std::vector<Traffic> all;
    all.reserve(sums.size());
    for (auto const& sum : sums)
        all.push_back(trafficOf(sum, whole));
    return all;
}

} // namespace shakedown::gui
