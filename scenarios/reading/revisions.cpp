#include "scenarios/reading/revisions.hpp"

#include <algorithm>
#include <set>

#include "scenarios/reading/assignment.hpp"
#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/limits.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

/// One stretch of time in which an assignment holds.
struct Stretch {
    Duration from;
    Duration to; // none: to the end
    Set const* set;
    Place path; ///< where the path stands
    Place value;
};

// All stretches, in order of their beginning; empty after a report.
std::vector<Stretch> stretchesOf(Scenario const& scenario, Findings& findings) {
    std::vector<Stretch> stretches;
    for (auto const& operation : scenario.operations) {
        auto const* const set = std::get_if<Set>(&operation.what);
        if (set == nullptr) {
            continue;
        }
        if (!operation.when.at) {
            findings.error(codes::badRevision, operation.place, "'set' happens at a fixed time",
                           "write 'at:' instead of 'mtbf:'");
            return {};
        }
        Duration from = *operation.when.at;
        while (from < scenario.run.lasts) {
            Duration const to =
                operation.when.lasts.isNone() ? Duration::none() : from + operation.when.lasts;
            stretches.push_back({from, to, set,
                                 placeOf(set->path, operation.mentions, operation.place),
                                 placeOf(set->value, operation.mentions, operation.place)});
            if (stretches.size() > limits::revisions) {
                findings.error(codes::badRevision, operation.place,
                               "'set' changes the document too often; at most "
                                   + std::to_string(limits::revisions / 2) + " times in a run");
                return {};
            }
            if (!operation.when.every) {
                break;
            }
            from = from + *operation.when.every;
        }
    }
    std::stable_sort(stretches.begin(), stretches.end(),
                     [](Stretch const& a, Stretch const& b) { return a.from < b.from; });
    return stretches;
}

std::set<Duration> boundariesOf(std::vector<Stretch> const& stretches, Duration end) {
    std::set<Duration> boundaries;
    for (auto const& stretch : stretches) {
        boundaries.insert(stretch.from);
        if (stretch.to < end) {
            boundaries.insert(stretch.to);
        }
    }
    return boundaries;
}

void placeAll(Node& node, Node const& origin) {
    node.setPlace(origin);
    node.markComputed();
    node.forEachValue([&](Node& child) { placeAll(child, origin); });
}

// The tree with everything assigned that holds at `now`; the later assignment wins.
Node treeAt(Duration now, Node const& tree, std::vector<Stretch> const& stretches,
            Findings& findings) {
    Node changed = tree;
    for (auto const& stretch : stretches) {
        if (stretch.from > now || stretch.to <= now) {
            continue;
        }
        if (auto value = parseValue(stretch.set->value, stretch.value.file, findings)) {
            Node origin;
            origin.setPlace(std::make_shared<std::string const>(stretch.value.file),
                            stretch.value.line, stretch.value.column, Node::Style::Plain);
            placeAll(*value, origin);
            assign(changed, stretch.set->path, std::move(*value), stretch.path, findings);
        }
    }
    return changed;
}

} // namespace

std::vector<Revision> revisionsOf(Scenario const& scenario, Node const& tree, ReadTree const& read,
                                  Findings& findings) {
    auto const stretches = stretchesOf(scenario, findings);
    auto const boundaries = boundariesOf(stretches, scenario.run.lasts);
    if (boundaries.size() * tree.count() > limits::revisedNodes) {
        findings.error(codes::badRevision, stretches.front().path,
                       "'set' changes this large document too often");
        return {};
    }
    std::vector<Revision> revisions;
    for (Duration const at : boundaries) {
        Findings here;
        auto document = read(treeAt(at, tree, stretches, here), here);
        // What the document says itself has been reported before.
        for (auto& finding : std::move(here).sorted()) {
            if (finding.severity == Severity::Error) {
                findings.report(std::move(finding));
            }
        }
        if (document) {
            revisions.push_back({at, std::make_shared<Scenario const>(std::move(*document))});
        }
    }
    return revisions;
}

} // namespace shakedown::reading
