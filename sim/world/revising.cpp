#include <algorithm>

#include "sim/world/hosting_plan.hpp"
#include "sim/world/plan.hpp"

// What the plans of a run that goes on with other numbers have to do with each other.
namespace shakedown::world {

bool sameShape(Plan const& a, Plan const& b) {
    auto const sameOps = std::equal(a.ops.begin(), a.ops.end(), b.ops.begin(), b.ops.end(),
                                    [](Op const& x, Op const& y) {
                                        return x.code == y.code && x.b == y.b && x.step == y.step;
                                    });
    bool const sameHosting =
        a.hosting && b.hosting ? sameMachines(*a.hosting, *b.hosting) : !a.hosting && !b.hosting;
    return sameHosting && sameOps && a.names.calls == b.names.calls
           && a.names.endpoints == b.names.endpoints && a.names.loads == b.names.loads
           && a.edges.size() == b.edges.size() && a.sites.size() == b.sites.size();
}

void foresee(Plan& plan, std::vector<Plan>& revisions) {
    std::vector<Plan*> all = {&plan};
    for (Plan& revision : revisions)
        all.push_back(&revision);
    bool const usesKeys =
        std::any_of(all.begin(), all.end(), [](Plan const* p) { return p->usesKeys; });
    for (Plan* p : all)
        p->usesKeys = usesKeys;
    for (std::size_t e = 0; e < plan.edges.size(); ++e) {
        auto const any = [&](bool Shortcuts::*flag) {
            bool const is = std::any_of(all.begin(), all.end(),
                                        [&](Plan const* p) { return p->edges[e].quick.*flag; });
            for (Plan* p : all)
                p->edges[e].quick.*flag = is;
        };
        any(&Shortcuts::isDetailed);
        any(&Shortcuts::entersDetailed);
        any(&Shortcuts::isWatched);
        for (Plan* p : all) {
            Shortcuts& quick = p->edges[e].quick;
            quick.isPlain = quick.isPlain && !quick.isDetailed && !quick.entersDetailed;
        }
    }
}

} // namespace shakedown::world
