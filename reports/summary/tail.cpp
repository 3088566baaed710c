#include "reports/summary/tail.hpp"

#include <algorithm>
#include <cmath>

#include "reports/record/number_text.hpp"

namespace shakedown::summary {

namespace {

std::string secondsText(Duration d) {
    std::string text;
    record::append(text, record::tidied(d.inSeconds()));
    return text;
}

struct WindowWords {
    std::string operator()(model::WholeRun) const { return "whole run"; }
    std::string operator()(model::BeforeEvent const& w) const { return "before " + w.name; }
    std::string operator()(model::DuringEvent const& w) const { return "during " + w.name; }
    std::string operator()(model::AfterEvent const& w) const { return "after " + w.name; }
    std::string operator()(model::FromTo const& w) const {
        return "from " + secondsText(w.from) + " to " + secondsText(w.to) + " s";
    }
};

TailLine lineOf(measure::Histogram const& h, std::string window) {
    TailLine line{std::move(window), h.count(), {}};
    if (h.empty()) {
        return line;
    }
    // Beyond as many nines as there are requests there is only the maximum.
    double const reach = std::min<double>(mostNines, std::log10(static_cast<double>(h.count())));
    for (int i = 0; i * tailStep <= reach + 1e-9; ++i) {
        line.latencies.push_back(h.quantile(1 - std::pow(10.0, -i * tailStep)));
    }
    return line;
}

// The whole run first, then the story of the first fault in its order, then what else is measured.
std::vector<std::size_t> inOrder(std::vector<model::Window> const& windows) {
    std::vector<std::size_t> order{0};
    auto const add = [&](model::Window const& window) {
        auto const at = std::find(windows.begin(), windows.end(), window);
        auto const w = static_cast<std::size_t>(at - windows.begin());
        if (at != windows.end() && std::find(order.begin(), order.end(), w) == order.end()) {
            order.push_back(w);
        }
    };
    for (auto const& window : windows) {
        if (auto const* before = std::get_if<model::BeforeEvent>(&window)) {
            add(window);
            add(model::DuringEvent{before->name});
            add(model::AfterEvent{before->name});
        }
    }
    for (auto const& window : windows) {
        add(window);
    }
    return order;
}

} // namespace

std::vector<TailLine> tailOf(std::size_t i, verdict::Demand const& demand,
                             std::vector<verdict::Evidence> const& replications) {
    std::vector<TailLine> lines;
    for (std::size_t const w : inOrder(demand.windows)) {
        if (lines.size() == tailLines) {
            break;
        }
        measure::Histogram all;
        for (auto const& evidence : replications) {
            all.merge(evidence.loads.at(i).windows.at(w).latency);
        }
        if (w == 0 || !all.empty()) {
            lines.push_back(lineOf(all, std::visit(WindowWords(), demand.windows[w])));
        }
    }
    return lines;
}

} // namespace shakedown::summary
