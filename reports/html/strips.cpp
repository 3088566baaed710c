#include "reports/html/strips.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

#include "reports/html/table.hpp"
#include "reports/html/topology.hpp"
#include "reports/record/moment_words.hpp"
#include "reports/render/plain_text.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::html {

namespace {

constexpr double width = 960;
constexpr double left = 165;
constexpr double right = 950;
constexpr double top = 18;
constexpr double rowHeight = 17;
constexpr double cellHeight = 13;
constexpr std::size_t labelWidth = 25;
constexpr std::size_t spansTold = 12;

// What a step looks like: a class, how much of the row it fills, and a word.
struct Look {
    std::string_view cls; // empty: nothing is drawn
    double part = 0;
    std::string_view word;
    friend bool operator==(Look const&, Look const&) = default;
};

struct Strip {
    std::string name;
    std::vector<Look> looks; // a step
};

Look lookOf(Health health) {
    switch (health) {
    case Health::Calm:
        return {};
    case Health::Busy:
        return {"cell-busy", 0.35, "busy"};
    case Health::Strained:
        return {"cell-strained", 0.65, "strained"};
    case Health::Failing:
        return {"cell-failing", 1, "failing"};
    case Health::Down:
        return {"cell-down", 1, "down"};
    }
    return {};
}

Look lookOf(record::BreakerState state) {
    switch (state) {
    case record::BreakerState::Closed:
    case record::BreakerState::Disabled:
        return {};
    case record::BreakerState::HalfOpen:
        return {"cell-half-open", 0.5, "half open"};
    case record::BreakerState::Open:
        return {"cell-failing", 1, "open"};
    case record::BreakerState::ForcedOpen:
        return {"cell-hand", 1, "open by hand"};
    }
    return {};
}

using Run = std::function<void(std::size_t from, std::size_t to, Look const& look)>;

// Stretches of equal looks, the empty ones left out.
void forEachRun(Strip const& strip, Run const& run) {
    for (std::size_t i = 0; i < strip.looks.size();) {
        std::size_t end = i + 1;
        while (end < strip.looks.size() && strip.looks[end] == strip.looks[i]) {
            ++end;
        }
        if (!strip.looks[i].cls.empty()) {
            run(i, end, strip.looks[i]);
        }
        i = end;
    }
}

void drawStrip(Drawing& drawing, Strip const& strip, TimeAxis const& axis, Plot const& plot,
               double y) {
    drawing.openGroup(strip.name);
    drawing.text(left - 6, y + cellHeight - 3, Drawing::Anchor::End,
                 render::clipped(strip.name, labelWidth));
    drawing.line(left, y + cellHeight, right, y + cellHeight, "grid");
    // One path a look: a strip may change its look in every step.
    std::vector<std::pair<std::string_view, std::string>> paths;
    forEachRun(strip, [&](std::size_t from, std::size_t to, Look const& look) {
        auto const xOf = [&](std::size_t i) {
            return plot.x(std::min(1.0, static_cast<double>(i) * axis.step / axis.length));
        };
        double const height = look.part * cellHeight;
        auto path = std::find_if(paths.begin(), paths.end(),
                                 [&](auto const& p) { return p.first == look.cls; });
        if (path == paths.end()) {
            path = paths.insert(paths.end(), {look.cls, ""});
        }
        path->second += "M" + coordinate(xOf(from)) + " " + coordinate(y + cellHeight - height)
                        + "h" + coordinate(xOf(to) - xOf(from)) + "v" + coordinate(height) + "h-"
                        + coordinate(xOf(to) - xOf(from)) + "z";
    });
    for (auto const& [cls, d] : paths) {
        drawing.path(d, cls);
    }
    drawing.closeGroup();
}

Table tableOf(std::vector<Strip> const& strips, TimeAxis const& axis, std::string head) {
    Table table;
    table.heads = {std::move(head), "when"};
    for (Strip const& strip : strips) {
        std::string when;
        std::size_t told = 0;
        forEachRun(strip, [&](std::size_t from, std::size_t to, Look const& look) {
            if (++told > spansTold) {
                return;
            }
            when += when.empty() ? "" : "; ";
            when += std::string(look.word) + " from "
                    + instantText(static_cast<double>(from) * axis.step) + " to "
                    + instantText(std::min(axis.length, static_cast<double>(to) * axis.step));
        });
        if (told > spansTold) {
            when += "; and " + render::countText(told - spansTold) + " more times";
        }
        table.rows.push_back({strip.name, when.empty() ? "never" : when});
    }
    return table;
}

std::string drawn(std::vector<Strip> const& strips, TimeAxis const& axis,
                  std::string const& label) {
    Plot const plot{left, top, right, top + rowHeight * static_cast<double>(strips.size())};
    Drawing drawing(width, plot.bottom + 20, label, "strips", axisData(axis, plot));
    drawBands(drawing, axis, plot);
    for (std::size_t i = 0; i < strips.size(); ++i) {
        drawStrip(drawing, strips[i], axis, plot, top + 2 + rowHeight * static_cast<double>(i));
    }
    drawTimes(drawing, axis, plot);
    return "<div class=\"scroll\" tabindex=\"0\">" + drawing.take() + "</div>\n";
}

struct Entry {
    char const* cls;
    char const* means;
};
template <std::size_t count>
std::string legend(std::array<Entry, count> const& entries) {
    std::string out = "<p class=\"legend\">";
    for (Entry const& entry : entries) {
        out += std::string("<span class=\"item\"><svg xmlns=\"http://www.w3.org/2000/svg\" "
                           "width=\"14\" height=\"14\" aria-hidden=\"true\">"
                           "<path d=\"M1 1h12v12h-12z\" class=\"")
               + entry.cls + "\"/></svg>" + entry.means + "</span> ";
    }
    return out + "</p>\n";
}

} // namespace

std::string healthStrips(History const& history, Conditions const& conditions, TimeAxis const& axis,
                         std::size_t mostRows) {
    auto order = conditions.servicesByPain();
    std::size_t const leftOut = order.size() - std::min(order.size(), mostRows);
    order.resize(order.size() - leftOut);
    std::sort(order.begin(), order.end());
    std::vector<Strip> strips;
    for (std::size_t const i : order) {
        Strip strip{history.header().names.services[i], {}};
        for (std::size_t step = 0; step < history.steps(); ++step) {
            strip.looks.push_back(lookOf(conditions.service(i, step).health));
        }
        strips.push_back(std::move(strip));
    }
    constexpr std::array<Entry, 4> entries{{{"cell-busy", "busy (low)"},
                                            {"cell-strained", "strained (middle)"},
                                            {"cell-failing", "failing (full)"},
                                            {"cell-down", "down (hollow)"}}};
    std::string out = "<figure class=\"wide\">\n<figcaption><b>Services over time</b>"
                      "</figcaption>\n"
                      + drawn(strips, axis, "How every service fared over time.") + legend(entries);
    if (leftOut > 0) {
        out += element("p", "note",
                       render::countText(leftOut)
                           + " more services, which suffered less, are not shown.");
    }
    return out + behind(tableOf(strips, axis, "service")) + "</figure>\n";
}

std::string breakerStrips(History const& history, TimeAxis const& axis, std::size_t mostRows) {
    auto const& calls = history.header().names.calls;
    std::vector<Strip> strips;
    std::size_t leftOut = 0;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        Strip strip{calls[i], {}};
        for (std::size_t step = 0; step < history.steps(); ++step) {
            strip.looks.push_back(lookOf(history.call(i, step).worst));
        }
        bool const everOpened = std::any_of(strip.looks.begin(), strip.looks.end(),
                                            [](Look const& look) { return !look.cls.empty(); });
        if (everOpened && strips.size() < mostRows) {
            strips.push_back(std::move(strip));
        } else {
            leftOut += everOpened ? 1 : 0;
        }
    }
    if (strips.empty()) {
        return "";
    }
    constexpr std::array<Entry, 3> entries{{{"cell-half-open", "half open (half)"},
                                            {"cell-failing", "open (full)"},
                                            {"cell-hand", "open by hand (full)"}}};
    std::string out = "<figure class=\"wide\">\n<figcaption><b>Circuit breakers over time</b> "
                      "<span class=\"note\">of several callers the worst</span></figcaption>\n"
                      + drawn(strips, axis, "When the circuit breakers of every call were open.")
                      + legend(entries);
    if (leftOut > 0) {
        out += element("p", "note",
                       render::countText(leftOut) + " more calls with breakers are not shown.");
    }
    return out + behind(tableOf(strips, axis, "call")) + "</figure>\n";
}

} // namespace shakedown::html
