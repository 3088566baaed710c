#include "reports/why/ordinary.hpp"

#include <algorithm>

namespace shakedown::why {

using record::nobody;

Ordinary::Ordinary(Course const& course, std::vector<std::uint32_t> const& order)
    : course_(course) {
    learnHolds(order);
    learnArrivals();
}

// From stretches in which nothing was done and nobody waited (Little's law); where there are none,
// from what the scenario says of the work.
void Ordinary::learnHolds(std::vector<std::uint32_t> const& order) {
    std::size_t const services = course_.header().names.services.size();
    holds_.assign(services, 0);
    for (std::uint32_t const s : order) {
        double workerSeconds = 0;
        double finished = 0;
        for (auto const& stretch : course_.stretches()) {
            if (stretch.end > course_.firstEvent()) {
                break;
            }
            auto const& row = stretch.what.services[s];
            if (row.queue > 0 || row.rejected > 0) {
                continue;
            }
            workerSeconds += row.utilisation * course_.workersOf(s) * stretch.seconds();
            finished += row.finished;
        }
        holds_[s] = finished >= 20 ? workerSeconds / finished : expectedHold(s);
    }
}

double Ordinary::expectedHold(std::uint32_t service) const {
    auto const& header = course_.header();
    double own = 0;
    double endpoints = 0;
    for (std::uint32_t e = 0; e < header.expected.size(); ++e) {
        if (course_.serviceOf(e) == service) {
            own += header.expected[e].inSeconds();
            endpoints += 1;
        }
    }
    double hold = endpoints > 0 ? own / endpoints : 0;
    double arrived = 0;
    for (auto const& stretch : course_.stretches()) {
        arrived += stretch.what.services[service].arrived;
    }
    for (std::uint32_t const call : course_.callsOf(service)) {
        double requests = 0;
        for (auto const& stretch : course_.stretches()) {
            requests += stretch.what.calls[call].requests;
        }
        std::uint32_t const to = course_.routes()[call].to;
        if (to != nobody && arrived > 0) {
            hold += std::min(10.0, requests / arrived) * holds_[to];
        }
    }
    return hold;
}

void Ordinary::learnArrivals() {
    auto const& header = course_.header();
    std::size_t const services = course_.header().names.services.size();
    arrivalRates_.assign(services, -1);
    loadRates_.assign(header.names.loads.size(), -1);
    double seconds = 0;
    std::vector<double> arrived(services, 0);
    std::vector<double> offered(header.names.loads.size(), 0);
    for (auto const& stretch : course_.stretches()) {
        if (stretch.end > course_.firstEvent()) {
            break;
        }
        seconds += stretch.seconds();
        for (std::size_t s = 0; s < services; ++s) {
            arrived[s] += stretch.what.services[s].arrived;
        }
        for (std::size_t l = 0; l < offered.size(); ++l) {
            offered[l] += stretch.what.loads[l].offered;
        }
    }
    for (std::size_t s = 0; s < services && seconds > 0; ++s) {
        arrivalRates_[s] = arrived[s] / seconds;
    }
    for (std::uint32_t l = 0; l < offered.size(); ++l) {
        loadRates_[l] = seconds > 0 ? offered[l] / seconds : undisturbedRate(l);
    }
}

// Of a run without a quiet beginning: from stretches in which nobody changed this load.
double Ordinary::undisturbedRate(std::uint32_t load) const {
    double seconds = 0;
    double offered = 0;
    for (auto const& stretch : course_.stretches()) {
        bool const isChanged =
            !course_.onLoad(load, Effect::Floods, stretch.begin, stretch.end).empty()
            || !course_.onLoad(load, Effect::Sets, stretch.begin, stretch.end).empty();
        if (!isChanged) {
            seconds += stretch.seconds();
            offered += stretch.what.loads[load].offered;
        }
    }
    return seconds > 0 ? offered / seconds : -1;
}

} // namespace shakedown::why
