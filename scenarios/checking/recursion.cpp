#include <map>
#include <string>
#include <vector>

#include "scenarios/checking/codes.hpp"
#include "scenarios/checking/rules.hpp"

namespace shakedown::checking {

using namespace model;

namespace {

struct Edge {
    std::size_t to;
    Place place;
};

// Endpoints and the calls each of their requests is certain to make.
class CertainCalls {
public:
    explicit CertainCalls(Scenario const& scenario) : scenario_(scenario) {
        for (auto const& service : scenario.services) {
            for (auto const& endpoint : service.endpoints) {
                numbers_.emplace(&endpoint, names_.size());
                names_.push_back(service.name + "/" + endpoint.name);
                endpoints_.push_back(&endpoint);
            }
        }
        edges_.resize(names_.size());
        for (std::size_t i = 0; i < endpoints_.size(); ++i) {
            addCertain(endpoints_[i]->steps, i);
        }
    }

    std::size_t size() const { return names_.size(); }
    std::string const& name(std::size_t i) const { return names_[i]; }
    std::vector<Edge> const& edges(std::size_t i) const { return edges_[i]; }

private:
    void addCertain(Steps const& steps, std::size_t from) {
        for (auto const& step : steps) {
            if (auto const* call = std::get_if<Call>(&step.what)) {
                addCall(*call, step.place, from);
            } else if (auto const* parallel = std::get_if<Parallel>(&step.what)) {
                for (auto const& branch : parallel->branches) {
                    addCertain(branch, from);
                }
            } else if (auto const* repeat = std::get_if<Repeat>(&step.what);
                       repeat && repeat->times > 0) {
                addCertain(repeat->steps, from);
            } else if (auto const* optional = std::get_if<model::Optional>(&step.what)) {
                addCertain(optional->steps, from);
            } else if (auto const* choose = std::get_if<Choose>(&step.what)) {
                addCertainOption(*choose, from);
            }
        }
    }

    void addCertainOption(Choose const& choose, std::size_t from) {
        for (auto const& option : choose.options) {
            if (option.p.value() >= 1) {
                addCertain(option.steps, from);
            }
        }
    }

    void addCall(Call const& call, Place const& place, std::size_t from) {
        if (Endpoint const* const target = findEndpoint(scenario_, call.target)) {
            edges_[from].push_back({numbers_.at(target), place});
        }
    }

    Scenario const& scenario_;
    std::map<Endpoint const*, std::size_t> numbers_;
    std::vector<Endpoint const*> endpoints_;
    std::vector<std::string> names_;
    std::vector<std::vector<Edge>> edges_;
};

enum class Colour : std::uint8_t { White, Grey, Black };

// Depth first without recursion: chains of calls may be long.
class CycleSearch {
public:
    CycleSearch(CertainCalls const& calls, Report& report)
        : calls_(calls), report_(report), colours_(calls.size(), Colour::White) {}

    void from(std::size_t start) {
        if (colours_[start] != Colour::White) {
            return;
        }
        enter(start);
        while (!path_.empty()) {
            auto& [node, next] = path_.back();
            auto const& edges = calls_.edges(node);
            if (next == edges.size()) {
                colours_[node] = Colour::Black;
                path_.pop_back();
                continue;
            }
            Edge const& edge = edges[next++];
            if (colours_[edge.to] == Colour::Grey) {
                reportCycle(edge);
            } else if (colours_[edge.to] == Colour::White) {
                enter(edge.to);
            }
        }
    }

private:
    struct Frame {
        std::size_t node;
        std::size_t next;
    };

    void enter(std::size_t node) {
        colours_[node] = Colour::Grey;
        path_.push_back({node, 0});
    }

    void reportCycle(Edge const& closing) {
        constexpr std::size_t mostShown = 6;
        std::string chain;
        std::size_t shown = 0;
        bool isInside = false;
        for (auto const& frame : path_) {
            isInside = isInside || frame.node == closing.to;
            if (isInside && ++shown <= mostShown) {
                chain += calls_.name(frame.node) + " -> ";
            }
        }
        chain += (shown > mostShown ? "... -> " : "") + calls_.name(closing.to);
        report_.add(codes::endlessCalls, closing.place, "these calls never end: " + chain,
                    "make one of them depend on chance ('choose:'), or remove it");
    }

    CertainCalls const& calls_;
    Report& report_;
    std::vector<Colour> colours_;
    std::vector<Frame> path_;
};

} // namespace

void checkRecursion(Scenario const& scenario, Report& report) {
    CertainCalls const calls(scenario);
    CycleSearch search(calls, report);
    for (std::size_t i = 0; i < calls.size(); ++i) {
        search.from(i);
    }
}

} // namespace shakedown::checking
