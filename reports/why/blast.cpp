#include "reports/why/blast.hpp"

#include <algorithm>
#include <map>

namespace shakedown::why {

namespace {

template <class T, class F>
void hardestFirst(std::vector<T>& list, F const& struck) {
    list.erase(std::remove_if(list.begin(), list.end(),
                              [&](T const& t) { return struck(t).share() < struckFrom; }),
               list.end());
    std::stable_sort(list.begin(), list.end(),
                     [&](T const& a, T const& b) { return struck(a).share() > struck(b).share(); });
}

} // namespace

Blast blastOf(Course const& course, Tale const& tale) {
    Blast blast;
    auto const& names = course.header().names;
    blast.loadsInAll = names.loads.size();
    blast.servicesInAll = names.services.size();
    if (!tale.hurtFrom) {
        return blast;
    }
    for (auto const& load : names.loads) {
        blast.loads.push_back({load});
    }
    for (auto const& service : names.services) {
        blast.services.push_back({service});
    }
    for (auto const& stretch : course.stretches()) {
        if (stretch.end < *tale.hurtFrom || stretch.begin > tale.hurtUntil) {
            continue;
        }
        for (std::size_t l = 0; l < blast.loads.size(); ++l) {
            auto const& row = stretch.what.loads[l];
            blast.loads[l].asked +=
                double{1} * row.ok + row.degraded + row.failed + row.rejected + row.timedOut;
            blast.loads[l].bad += badOf(row);
        }
        for (std::uint32_t s = 0; s < blast.services.size(); ++s) {
            for (std::uint32_t const call : course.callsTo(s)) {
                auto const& row = stretch.what.calls[call];
                blast.services[s].asked += row.attempts;
                blast.services[s].bad += double{1} * row.timeouts + row.failures;
            }
        }
    }
    std::map<std::string, StruckOwner> owners;
    auto const& owned = course.header().owners;
    for (std::size_t s = 0; s < blast.services.size() && s < owned.size(); ++s) {
        auto& struck = blast.services[s];
        struck.bad = std::min(struck.bad, struck.asked);
        if (owned[s].empty()) {
            continue;
        }
        StruckOwner& owner = owners[owned[s]];
        owner.all.name = owned[s];
        owner.all.asked += struck.asked;
        owner.all.bad += struck.bad;
        if (struck.share() >= struckFrom) {
            owner.services.push_back(struck.name);
        }
    }
    for (auto& [name, owner] : owners) {
        blast.owners.push_back(std::move(owner));
    }
    auto const itself = [](Struck const& s) -> Struck const& { return s; };
    hardestFirst(blast.loads, itself);
    hardestFirst(blast.services, itself);
    hardestFirst(blast.owners, [](StruckOwner const& o) -> Struck const& { return o.all; });
    return blast;
}

} // namespace shakedown::why
