#include "reports/summary/samples.hpp"

#include <algorithm>
#include <map>

namespace shakedown::summary {

namespace {

using Indices = std::map<ReplicationId, std::size_t>;

Indices firstOfEach(PastRun const& run) {
    Indices indices;
    for (std::size_t i = 0; i < run.kept.size(); ++i) {
        indices.emplace(run.kept[i], i);
    }
    return indices;
}

bool haveSameIds(Indices const& a, Indices const& b) {
    return !a.empty() && a.size() == b.size()
           && std::equal(a.begin(), a.end(), b.begin(),
                         [](auto const& x, auto const& y) { return x.first == y.first; });
}

void addNumbers(PastLoad const& load, std::vector<std::size_t> const& indices, NumberOf number,
                std::vector<double>& to) {
    for (std::size_t const i : indices) {
        if (auto const value = number(load.replications.at(i))) {
            to.push_back(*value);
        }
    }
}

} // namespace

Alignment aligned(PastRun const& before, PastRun const& now) {
    Indices const a = firstOfEach(before);
    Indices const b = firstOfEach(now);
    // In the order of the ids, which is that of both.
    Alignment alignment{haveSameIds(a, b), {}, {}};
    for (auto const& [id, i] : a) {
        alignment.before.push_back(i);
    }
    for (auto const& [id, i] : b) {
        alignment.now.push_back(i);
    }
    return alignment;
}

Samples samplesOf(PastLoad const& before, PastLoad const& now, Alignment const& alignment,
                  NumberOf number) {
    Samples samples;
    if (!alignment.isPaired) {
        addNumbers(before, alignment.before, number, samples.before);
        addNumbers(now, alignment.now, number, samples.now);
        return samples;
    }
    for (std::size_t i = 0; i < alignment.before.size(); ++i) {
        auto const a = number(before.replications.at(alignment.before[i]));
        auto const b = number(now.replications.at(alignment.now[i]));
        if (a && b) {
            samples.before.push_back(*a);
            samples.now.push_back(*b);
        }
    }
    return samples;
}

} // namespace shakedown::summary
