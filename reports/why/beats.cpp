#include "reports/why/beats.hpp"

#include "reports/why/account.hpp"

namespace shakedown::why {

std::vector<Beat> beatsOf(Course const& course, std::optional<std::uint32_t> load) {
    std::vector<Beat> beats;
    for (auto const& stretch : course.stretches()) {
        if (beats.empty() || beats.back().end - beats.back().begin >= beat) {
            beats.push_back({stretch.begin, stretch.begin, 0, 0});
        }
        Beat& b = beats.back();
        b.end = stretch.end;
        for (std::uint32_t l = 0; l < stretch.what.loads.size(); ++l) {
            if (load && *load != l) {
                continue;
            }
            auto const& row = stretch.what.loads[l];
            b.ended += double{1} * row.ok + row.degraded + row.failed + row.rejected + row.timedOut;
            b.bad += badOf(row);
        }
    }
    return beats;
}

double ordinaryShare(std::vector<Beat> const& beats, Course const& course) {
    double ended = 0;
    double bad = 0;
    SimTime const first = course.firstEvent();
    SimTime const warm = SimTime::at(course.header().warmup);
    for (auto const& b : beats) {
        if (b.end <= first && b.begin >= warm && first != SimTime::never()) {
            ended += b.ended;
            bad += b.bad;
        }
    }
    return ended > 0 ? bad / ended : 0;
}

} // namespace shakedown::why
