#include "reports/html/layers.hpp"

#include <algorithm>
#include <map>

namespace shakedown::html {

namespace {

using Edge = std::pair<std::size_t, std::size_t>;
constexpr int sweeps = 8;
constexpr double passing = 0.45; // of a row: what an edge needs that only passes a column

class Layout {
public:
    Layout(std::size_t nodes, std::vector<Edge> const& edges) : nodes_(nodes), given_(edges) {}

    Layers make() {
        turnCircles();
        findColumns();
        addStops();
        order();
        return placed();
    }

private:
    // Edges along which a walk in depth comes back to a node it is still in are turned around. The
    // walk keeps its own stack: chains may be long.
    void turnCircles() {
        std::vector<std::vector<std::size_t>> out(nodes_);
        for (std::size_t e = 0; e < given_.size(); ++e) {
            out[given_[e].first].push_back(e);
        }
        forward_ = given_;
        enum class Seen : unsigned char { Not, Open, Done };
        std::vector<Seen> seen(nodes_, Seen::Not);
        std::vector<std::size_t> next(nodes_, 0);
        for (std::size_t root = 0; root < nodes_; ++root) {
            std::vector<std::size_t> stack;
            if (seen[root] == Seen::Not) {
                stack.push_back(root);
                seen[root] = Seen::Open;
            }
            while (!stack.empty()) {
                std::size_t const at = stack.back();
                if (next[at] == out[at].size()) {
                    seen[at] = Seen::Done;
                    stack.pop_back();
                    continue;
                }
                std::size_t const e = out[at][next[at]++];
                std::size_t const to = given_[e].second;
                if (seen[to] == Seen::Open) {
                    std::swap(forward_[e].first, forward_[e].second);
                } else if (seen[to] == Seen::Not) {
                    seen[to] = Seen::Open;
                    stack.push_back(to);
                }
            }
        }
    }

    // Longest path from the left (Kahn's order).
    void findColumns() {
        column_.assign(nodes_, 0);
        std::vector<std::size_t> waiting(nodes_, 0);
        std::vector<std::vector<std::size_t>> out(nodes_);
        for (Edge const& e : forward_) {
            if (e.first != e.second) {
                out[e.first].push_back(e.second);
                ++waiting[e.second];
            }
        }
        std::vector<std::size_t> ready;
        for (std::size_t n = 0; n < nodes_; ++n) {
            if (waiting[n] == 0) {
                ready.push_back(n);
            }
        }
        for (std::size_t i = 0; i < ready.size(); ++i) {
            for (std::size_t const to : out[ready[i]]) {
                column_[to] = std::max(column_[to], column_[ready[i]] + 1);
                if (--waiting[to] == 0) {
                    ready.push_back(to);
                }
            }
        }
    }

    // A stop in every column that an edge passes.
    void addStops() {
        stops_.resize(forward_.size());
        for (std::size_t e = 0; e < forward_.size(); ++e) {
            auto const [from, to] = forward_[e];
            std::size_t before = from;
            for (std::size_t c = column_[from] + 1; from != to && c < column_[to]; ++c) {
                std::size_t const stop = column_.size();
                column_.push_back(c);
                stops_[e].push_back(stop);
                links_.emplace_back(before, stop);
                before = stop;
            }
            if (from != to) {
                links_.emplace_back(before, to);
            }
        }
        std::size_t columns = 0;
        for (std::size_t const c : column_) {
            columns = std::max(columns, c + 1);
        }
        columns_.resize(columns);
        for (std::size_t n = 0; n < column_.size(); ++n) {
            columns_[column_[n]].push_back(n);
        }
    }

    double heightOf(std::size_t n) const { return n < nodes_ ? 1 : passing; }

    void place(std::vector<std::size_t> const& column) {
        double sum = 0;
        for (std::size_t const n : column) {
            sum += heightOf(n);
        }
        double top = -sum / 2;
        for (std::size_t const n : column) {
            row_[n] = top + heightOf(n) / 2;
            top += heightOf(n);
        }
    }

    void sortBy(std::vector<std::size_t>& column,
                std::vector<std::vector<std::size_t>> const& beside) {
        std::map<std::size_t, double> wish;
        for (std::size_t const n : column) {
            double sum = 0;
            for (std::size_t const other : beside[n]) {
                sum += row_[other];
            }
            wish[n] = beside[n].empty() ? row_[n] : sum / static_cast<double>(beside[n].size());
        }
        std::stable_sort(column.begin(), column.end(),
                         [&](std::size_t a, std::size_t b) { return wish[a] < wish[b]; });
        place(column);
    }

    void order() {
        row_.assign(column_.size(), 0);
        std::vector<std::vector<std::size_t>> left(column_.size());
        std::vector<std::vector<std::size_t>> right(column_.size());
        for (Edge const& link : links_) {
            left[link.second].push_back(link.first);
            right[link.first].push_back(link.second);
        }
        for (auto const& column : columns_) {
            place(column);
        }
        for (int i = 0; i < sweeps; ++i) {
            for (std::size_t c = 1; c < columns_.size(); ++c) {
                sortBy(columns_[c], left);
            }
            for (std::size_t c = columns_.size() - 1; i + 1 < sweeps && c-- > 0;) {
                sortBy(columns_[c], right);
            }
        }
    }

    Layers placed() const {
        Layers layers;
        layers.columns = columns_.size();
        double top = 0;
        double bottom = 0;
        for (std::size_t n = 0; n < row_.size(); ++n) {
            top = std::min(top, row_[n] - heightOf(n) / 2);
            bottom = std::max(bottom, row_[n] + heightOf(n) / 2);
        }
        layers.rows = bottom - top;
        auto const pointOf = [&](std::size_t n) {
            return Layers::Point{static_cast<double>(column_[n]), row_[n] - top};
        };
        for (std::size_t n = 0; n < nodes_; ++n) {
            layers.nodes.push_back(pointOf(n));
        }
        for (std::size_t e = 0; e < given_.size(); ++e) {
            std::vector<Layers::Point> points;
            if (forward_[e].first != forward_[e].second) {
                points.push_back(pointOf(forward_[e].first));
                for (std::size_t const stop : stops_[e]) {
                    points.push_back(pointOf(stop));
                }
                points.push_back(pointOf(forward_[e].second));
            }
            if (forward_[e] != given_[e]) {
                std::reverse(points.begin(), points.end());
            }
            layers.edges.push_back(std::move(points));
        }
        return layers;
    }

    std::size_t nodes_;
    std::vector<Edge> const& given_;
    std::vector<Edge> forward_;                   // without circles
    std::vector<std::size_t> column_;             // of nodes, then of stops
    std::vector<std::vector<std::size_t>> stops_; // an edge
    std::vector<Edge> links_;                     // from column to column
    std::vector<std::vector<std::size_t>> columns_;
    std::vector<double> row_;
};

} // namespace

Layers layersOf(std::size_t nodes, std::vector<Edge> const& edges) {
    return nodes == 0 ? Layers{} : Layout(nodes, edges).make();
}

} // namespace shakedown::html
