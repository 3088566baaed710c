#include "reports/html/topology.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "reports/html/layers.hpp"
#include "reports/html/markup.hpp"
#include "reports/html/table.hpp"
#include "reports/record/number_text.hpp"
#include "reports/render/plain_text.hpp"
#include "reports/render/quantity.hpp"
#include "reports/verdict/trouble.hpp"

namespace shakedown::html {

namespace {

constexpr double nodeWidth = 172;
constexpr double nodeHeight = 38;
constexpr double columnWidth = 238;
constexpr double rowHeight = 52;
constexpr double margin = 6;
constexpr double broad = 704;        // made no smaller than that
constexpr double worthTelling = 1.1; // attempts a request

struct Node {
    std::string name;
    Condition condition;
    bool isLoad = false;
};

// Everything that happened in one step on the calls between the same two.
struct Link {
    CallStep sum;
    std::string name;
};

class Picture {
public:
    Picture(History const& history, Conditions const& conditions, std::size_t step,
            std::size_t mostNodes)
        : history_(history), conditions_(conditions), step_(step), mostNodes_(mostNodes) {
        chooseNodes();
        gatherLinks();
    }

    std::string drawn() const {
        std::vector<std::pair<std::size_t, std::size_t>> edges;
        for (auto const& [ends, link] : links_) {
            edges.push_back(ends);
        }
        Layers const layers = layersOf(nodes_.size(), edges);
        double const width =
            2 * margin + nodeWidth
            + columnWidth * static_cast<double>(std::max<std::size_t>(1, layers.columns) - 1);
        Drawing drawing(width, 2 * margin + rowHeight * std::max(1.0, layers.rows), label(),
                        width > broad ? "topology broad" : "topology");
        std::size_t e = 0;
        for (auto const& [ends, link] : links_) {
            drawLink(drawing, layers.edges[e++], link);
        }
        for (std::size_t n = 0; n < nodes_.size(); ++n) {
            drawNode(drawing, layers.nodes[n], nodes_[n]);
        }
        return drawing.take();
    }

    Table table() const {
        Table table;
        table.heads = {"who", "outcome", "without success", "busy", "waiting"};
        for (Node const& node : nodes_) {
            Condition const& c = node.condition;
            table.rows.push_back({node.name, std::string(wordOf(c.health)),
                                  render::shareText(c.trouble),
                                  node.isLoad ? "-" : render::shareText(c.utilisation),
                                  node.isLoad ? "-" : render::countText(c.queue)});
        }
        return table;
    }

    Table linksTable() const {
        Table table;
        table.heads = {"call", "without success", "attempts a request", "breakers open"};
        for (auto const& [ends, link] : links_) {
            table.rows.push_back(
                {link.name, render::shareText(link.sum.trouble()),
                 link.sum.requests == 0 ? "-" : record::significant(amplification(link.sum), 3),
                 render::countText(link.sum.open)});
        }
        return table;
    }

    std::size_t leftOut() const {
        auto const& names = history_.header().names;
        return names.loads.size() + names.services.size() - nodes_.size();
    }

private:
    void chooseNodes() {
        auto const& names = history_.header().names;
        std::size_t const loads =
            std::min(names.loads.size(), std::max<std::size_t>(1, mostNodes_ / 4));
        for (std::size_t i = 0; i < loads; ++i) {
            loads_[i] = nodes_.size();
            nodes_.push_back({names.loads[i], conditions_.load(i, step_), true});
        }
        auto order = conditions_.servicesByPain();
        order.resize(std::min(order.size(), mostNodes_ - std::min(mostNodes_, loads)));
        std::sort(order.begin(), order.end());
        for (std::size_t const i : order) {
            services_[i] = nodes_.size();
            nodes_.push_back({names.services[i], conditions_.service(i, step_), false});
        }
    }

    std::optional<std::size_t> nodeOf(std::map<std::size_t, std::size_t> const& nodes,
                                      std::uint32_t i) const {
        auto const found = nodes.find(i); // `nobody` is none
        return found == nodes.end() ? std::nullopt : std::optional(found->second);
    }

    void gatherLinks() {
        auto const& routes = conditions_.routes();
        for (std::size_t i = 0; i < routes.size(); ++i) {
            auto const from = routes[i].fromLoad != record::nobody
                                  ? nodeOf(loads_, routes[i].fromLoad)
                                  : nodeOf(services_, routes[i].fromService);
            auto const to = nodeOf(services_, routes[i].to);
            if (!from || !to) {
                continue;
            }
            CallStep const& s = history_.call(i, step_);
            Link& link = links_[{*from, *to}];
            link.name = nodes_[*from].name + " -> " + nodes_[*to].name;
            link.sum.requests += s.requests;
            link.sum.attempts += s.attempts;
            link.sum.timeouts += s.timeouts;
            link.sum.failures += s.failures;
            link.sum.open += s.open;
            link.sum.worst = std::max(link.sum.worst, s.worst);
        }
    }

    static double amplification(CallStep const& s) {
        return s.requests == 0 ? 0
                               : static_cast<double>(s.attempts) / static_cast<double>(s.requests);
    }

    static Health healthOf(CallStep const& s) {
        double const trouble = s.trouble();
        return trouble >= verdict::failingFrom    ? Health::Failing
               : trouble >= verdict::strainedFrom ? Health::Strained
                                                  : Health::Calm;
    }

    static void drawLink(Drawing& drawing, std::vector<Layers::Point> const& points,
                         Link const& link) {
        if (points.size() < 2) {
            return;
        }
        bool const isForward = points.front().layer < points.back().layer;
        double const half = isForward ? nodeWidth / 2 : -nodeWidth / 2;
        std::string d;
        double x = xOf(points[0]) + half;
        double y = yOf(points[0]);
        d = "M" + coordinate(x) + " " + coordinate(y);
        double badgeX = 0;
        double badgeY = 0;
        for (std::size_t i = 1; i < points.size(); ++i) {
            bool const isLast = i + 1 == points.size();
            double const nextX = xOf(points[i]) - half;
            double const nextY = yOf(points[i]);
            double const middle = (x + nextX) / 2;
            d += "C" + coordinate(middle) + " " + coordinate(y) + " " + coordinate(middle) + " "
                 + coordinate(nextY) + " " + coordinate(nextX) + " " + coordinate(nextY);
            if (i == 1) {
                badgeX = middle;
                badgeY = (y + nextY) / 2;
            }
            x = nextX;
            y = nextY;
            if (!isLast) {
                x += 2 * half;
                d += "H" + coordinate(x);
            }
        }
        drawing.openGroup(link.name);
        drawing.path(d, "link " + std::string(wordOf(healthOf(link.sum))) + "-line");
        drawArrow(drawing, x, y, isForward ? 1 : -1);
        drawBadge(drawing, badgeX, badgeY, link.sum);
        drawing.closeGroup();
    }

    static void drawArrow(Drawing& drawing, double x, double y, double way) {
        drawing.path("M" + coordinate(x - 6 * way) + " " + coordinate(y - 3.5) + "L" + coordinate(x)
                         + " " + coordinate(y) + "L" + coordinate(x - 6 * way) + " "
                         + coordinate(y + 3.5) + "z",
                     "arrow");
    }

    // What is worth a word on a call: an open breaker, a load made greater by retries.
    static void drawBadge(Drawing& drawing, double x, double y, CallStep const& s) {
        std::string words;
        if (s.open > 0) {
            bool const isByHand = s.worst == record::BreakerState::ForcedOpen;
            words = isByHand ? "BY HAND" : "OPEN";
            char const* const cls = isByHand ? "bar hand-line" : "bar failing-line";
            drawing.line(x - 5, y + 9, x + 5, y - 9, cls);
            drawing.line(x - 1, y + 9, x + 9, y - 9, cls);
        }
        if (double const times = amplification(s); times >= worthTelling) {
            words += (words.empty() ? "\xc3\x97" : " \xc3\x97") + record::significant(times, 2);
        }
        if (!words.empty()) {
            double const width = 7.2 * static_cast<double>(render::widthOf(words)) + 6;
            drawing.rect(x - width / 2, y - 25, width, 14, "badge", 3);
            drawing.text(x, y - 14.5, Drawing::Anchor::Middle, words, "badge-text");
        }
    }

    static double xOf(Layers::Point p) { return margin + nodeWidth / 2 + columnWidth * p.layer; }
    static double yOf(Layers::Point p) { return margin + rowHeight * p.row; }

    static std::string queueText(std::uint32_t queue) {
        return queue < 10'000 ? render::countText(queue)
                              : record::significant(queue / 1000.0, 2) + "k";
    }

    static std::string told(Node const& node) {
        Condition const& c = node.condition;
        std::string words(wordOf(c.health));
        if (c.health == Health::Failing || (c.health == Health::Strained && c.trouble > 0)) {
            words += " " + render::shareText(c.trouble, 2);
        }
        if (node.isLoad) {
            return c.health == Health::Strained && !(c.trouble >= 0.01) ? "degraded" : words;
        }
        words += c.health == Health::Busy ? " " + render::shareText(c.utilisation, 2) : "";
        return c.queue > 0 ? words + ", " + queueText(c.queue) + " wait" : words;
    }

    static void drawNode(Drawing& drawing, Layers::Point at, Node const& node) {
        double const x = xOf(at) - nodeWidth / 2;
        double const y = yOf(at) - nodeHeight / 2;
        std::string const cls(wordOf(node.condition.health));
        drawing.openGroup(node.name + ": " + told(node));
        drawing.rect(x, y, nodeWidth, nodeHeight, "node " + cls + "-line",
                     node.isLoad ? nodeHeight / 2 : 5);
        drawing.path(signPath(node.condition.health, x + 16, y + nodeHeight / 2), cls);
        drawing.text(x + 29, y + 16, Drawing::Anchor::Start, render::clipped(node.name, 19),
                     "name");
        drawing.text(x + 29, y + 30, Drawing::Anchor::Start, render::clipped(told(node), 25));
        drawing.closeGroup();
    }

    std::string label() const {
        std::string label = "Who calls whom, at the worst moment:";
        constexpr std::size_t most = 20;
        for (std::size_t i = 0; i < std::min(most, nodes_.size()); ++i) {
            label += (i == 0 ? " " : "; ") + nodes_[i].name + " " + told(nodes_[i]);
        }
        return label + ".";
    }

    History const& history_;
    Conditions const& conditions_;
    std::size_t step_;
    std::size_t mostNodes_;
    std::vector<Node> nodes_;
    std::map<std::size_t, std::size_t> loads_;    // to nodes
    std::map<std::size_t, std::size_t> services_; // to nodes
    std::map<std::pair<std::size_t, std::size_t>, Link> links_;
};

} // namespace

std::string signPath(Health health, double x, double y) {
    auto const at = [&](double dx, double dy) {
        return coordinate(x + dx) + " " + coordinate(y + dy);
    };
    switch (health) {
    case Health::Calm:
    case Health::Busy:
        return "M" + at(-6.5, 0) + "a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0z";
    case Health::Strained:
        return "M" + at(-6, -3)
               + "a3 3 0 0 1 3 -3h6a3 3 0 0 1 3 3v6a3 3 0 0 1 -3 3h-6a3 3 0 0 1 -3 -3z";
    case Health::Failing:
        return "M" + at(-2.9, -7) + "h5.8l4.1 4.1v5.8l-4.1 4.1h-5.8l-4.1 -4.1v-5.8z";
    case Health::Down:
        return "M" + at(-6, -6) + "l12 12m0 -12l-12 12";
    }
    return "";
}

std::string healthLegend() {
    struct Entry {
        Health health;
        char const* means;
    };
    constexpr std::array<Entry, 5> entries{
        {{Health::Calm, "ok"},
         {Health::Busy, "busy: 90 % of the workers at work"},
         {Health::Strained, "strained: from 1 % without success"},
         {Health::Failing, "failing: from 10 %"},
         {Health::Down, "down: no replica"}}};
    std::string out = "<p class=\"legend\">";
    for (Entry const& entry : entries) {
        out += "<span class=\"item\"><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"16\" "
               "height=\"16\" aria-hidden=\"true\"><path d=\""
               + signPath(entry.health, 8, 8) + "\" class=\"" + std::string(wordOf(entry.health))
               + "\"/></svg>" + escaped(entry.means) + "</span> ";
    }
    return out + "</p>\n";
}

std::string topology(History const& history, Conditions const& conditions, std::size_t step,
                     std::size_t mostNodes) {
    Picture const picture(history, conditions, step, mostNodes);
    std::string out = "<figure class=\"wide\">\n<div class=\"scroll\" tabindex=\"0\">"
                      + picture.drawn() + "</div>\n" + healthLegend();
    if (picture.leftOut() > 0) {
        out += element("p", "note",
                       render::countText(picture.leftOut())
                           + " more, which suffered less, are not drawn.");
    }
    return out + "<details><summary>Tables</summary>\n" + tableHtml(picture.table())
           + tableHtml(picture.linksTable()) + "</details></figure>\n";
}

} // namespace shakedown::html
