#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "reports/html/line_chart.hpp"
#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::html {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<char const*, 6> colours{"q0", "q1", "q2", "q3", "q4", "q5"};

class Charts {
public:
    explicit Charts(Shown const& shown) : shown_(shown), history_(shown.report.history) {}

    // Of all loads together, in requests a second.
    LineChart goodput() const {
        auto const rate = [&](std::uint64_t LoadStep::*count) {
            return loadRates([count](LoadStep const& s) { return s.*count; });
        };
        return {"Goodput and offered load",
                "good: answered in time",
                model::ValueUnit::PerSecond,
                Growth::Linear,
                {{"offered", "offered", rate(&LoadStep::offered)},
                 {"good", "good", rate(&LoadStep::good)},
                 {"degraded", "degraded", rate(&LoadStep::degraded)}}};
    }

    LineChart errors() const {
        auto const rate = [&](std::uint64_t LoadStep::*count) {
            return loadRates([count](LoadStep const& s) { return s.*count; });
        };
        return {"Requests without success",
                "all loads",
                model::ValueUnit::PerSecond,
                Growth::Linear,
                {{"failed", "failed", rate(&LoadStep::failed)},
                 {"rejected", "rejected", rate(&LoadStep::rejected)},
                 {"timed out", "timed-out", rate(&LoadStep::timedOut)}}};
    }

    LineChart latency(std::size_t load) const {
        auto const values = [&](auto const& of) {
            return perStep([&](std::size_t step) {
                LoadStep const& s = history_.load(load, step);
                return s.answered() == 0 ? nothing : of(s);
            });
        };
        return {"Latency of " + history_.header().names.loads[load],
                "",
                model::ValueUnit::Seconds,
                Growth::Logarithmic,
                {{"p99", "p99", values([](LoadStep const& s) { return s.p99; })},
                 {"p95", "p95", values([](LoadStep const& s) { return s.p95(); })},
                 {"p50", "p50", values([](LoadStep const& s) { return s.p50(); })}}};
    }

    LineChart queues() const {
        auto const& names = history_.header().names.services;
        std::vector<std::uint64_t> longest;
        for (std::size_t i = 0; i < names.size(); ++i) {
            longest.push_back(
                most([&](std::size_t step) { return history_.service(i, step).queue; }));
        }
        LineChart chart{"Requests waiting", "", model::ValueUnit::Count, Growth::Linear, {}};
        for (std::size_t const i : largest(longest)) {
            chart.lines.push_back(
                {names[i], colours.at(chart.lines.size()), perStep([&](std::size_t step) {
                     return static_cast<double>(history_.service(i, step).queue);
                 })});
        }
        chart.note = noteOf(longest, "services with the longest queues");
        return chart;
    }

    LineChart retries() const {
        auto const& names = history_.header().names.calls;
        std::vector<std::uint64_t> sums;
        for (std::size_t i = 0; i < names.size(); ++i) {
            std::uint64_t sum = 0;
            for (std::size_t step = 0; step < shown_.axis.steps; ++step) {
                sum += history_.call(i, step).retries;
            }
            sums.push_back(sum);
        }
        LineChart chart{"Retries", "", model::ValueUnit::PerSecond, Growth::Linear, {}};
        for (std::size_t const i : largest(sums)) {
            chart.lines.push_back(
                {names[i], colours.at(chart.lines.size()), perStep([&](std::size_t step) {
                     return static_cast<double>(history_.call(i, step).retries) / lengthOf(step);
                 })});
        }
        chart.note = noteOf(sums, "calls with most of them");
        return chart;
    }

private:
    std::vector<double> perStep(std::function<double(std::size_t)> const& value) const {
        std::vector<double> values;
        for (std::size_t step = 0; step < shown_.axis.steps; ++step) {
            values.push_back(value(step));
        }
        return values;
    }

    // The last step may be cut short by the end of the run.
    double lengthOf(std::size_t step) const {
        double const from = static_cast<double>(step) * shown_.axis.step;
        return std::max(1e-9, std::min(shown_.axis.step, shown_.axis.length - from));
    }

    std::vector<double>
    loadRates(std::function<std::uint64_t(LoadStep const&)> const& count) const {
        return perStep([&](std::size_t step) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < history_.header().names.loads.size(); ++i) {
                sum += count(history_.load(i, step));
            }
            return static_cast<double>(sum) / lengthOf(step);
        });
    }

    std::uint64_t most(std::function<std::uint64_t(std::size_t)> const& value) const {
        std::uint64_t most = 0;
        for (std::size_t step = 0; step < shown_.axis.steps; ++step) {
            most = std::max(most, value(step));
        }
        return most;
    }

    // Those above zero, as many as there are colours, in their order.
    static std::vector<std::size_t> largest(std::vector<std::uint64_t> const& sizes) {
        std::vector<std::size_t> order(sizes.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
        while (!order.empty() && (order.size() > colours.size() || sizes[order.back()] == 0)) {
            order.pop_back();
        }
        std::sort(order.begin(), order.end());
        return order;
    }

    static std::string noteOf(std::vector<std::uint64_t> const& sizes, std::string const& which) {
        auto const any = std::count_if(sizes.begin(), sizes.end(), [](auto s) { return s > 0; });
        return static_cast<std::size_t>(any) > colours.size()
                   ? "the " + std::to_string(colours.size()) + " " + which
                   : "";
    }

    Shown const& shown_;
    History const& history_;
};

std::string intro(Shown const& shown) {
    summary::Summary const& s = shown.report.summary;
    std::string text =
        "Steps of " + roundText(shown.axis.step, model::ValueUnit::Seconds)
        + ", made of intervals of "
        + roundText(shown.report.history.header().interval.inSeconds(), model::ValueUnit::Seconds)
        + "; p50 and p95 are their means, p99 is their highest.";
    if (s.replications > 1) {
        text += " This is the first of " + render::countText(s.replications) + " replications.";
    }
    return element("p", "note", text);
}

} // namespace

std::string timeSection(Shown const& shown) {
    if (shown.axis.steps == 0) {
        return "";
    }
    Charts const charts(shown);
    auto const loads = chosenLoads(shown.report.summary, shown.detail.loads);
    std::string out = intro(shown) + marksLegend(shown.axis) + "<div class=\"charts\">\n"
                      + figure(charts.goodput(), shown.axis, shown.detail.tableRows)
                      + figure(charts.errors(), shown.axis, shown.detail.tableRows);
    for (std::size_t const load : loads) {
        out += figure(charts.latency(load), shown.axis, shown.detail.tableRows);
    }
    std::string unseen;
    for (auto const& [chart, otherwise] :
         {std::pair(charts.queues(), "Nothing waited at the end of any interval."),
          std::pair(charts.retries(), "Nothing was retried.")}) {
        if (chart.lines.empty()) {
            unseen += element("p", "note", otherwise);
        } else {
            out += figure(chart, shown.axis, shown.detail.tableRows);
        }
    }
    out += "</div>\n" + unseen;
    if (std::size_t const more = shown.report.summary.loads.size() - loads.size(); more > 0) {
        out +=
            element("p", "note",
                    "The latencies of " + render::countText(more) + " more loads are not shown.");
    }
    return section("time", "Time", out);
}

} // namespace shakedown::html
