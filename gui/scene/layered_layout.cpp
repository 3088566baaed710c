#include "gui/scene/layered_layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace shakedown::gui {

namespace {

using Node = std::uint32_t;
using Edges = std::vector<std::pair<Node, Node>>;

constexpr int sweeps = 12;
constexpr int alignments = 8;

// Without loops, doubles and edges into nothing.
Edges cleaned(Graph const& graph) {
    std::set<std::pair<Node, Node>> seen;
    Edges edges;
    for (auto const& edge : graph.edges)
        if (edge.first != edge.second && edge.first < graph.nodes && edge.second < graph.nodes
            && seen.insert(edge).second)
            edges.push_back(edge);
    return edges;
}

std::vector<std::vector<Node>> targetsOf(std::size_t nodes, Edges const& edges) {
    std::vector<std::vector<Node>> targets(nodes);
    for (auto const& [from, to] : edges)
        targets[from].push_back(to);
    return targets;
}

// Turns edges to a node that is under way, depth first without recursion: graphs may be deep.
Edges withoutCircles(std::size_t nodes, Edges edges) {
    auto const targets = targetsOf(nodes, edges);
    enum class State : std::uint8_t { New, UnderWay, Done };
    std::vector<State> states(nodes, State::New);
    std::set<std::pair<Node, Node>> turned;
    for (Node root = 0; root < nodes; ++root) {
        if (states[root] != State::New)
            continue;
        std::vector<std::pair<Node, std::size_t>> stack{{root, 0}};
        states[root] = State::UnderWay;
        while (!stack.empty()) {
            auto& [node, next] = stack.back();
            if (next == targets[node].size()) {
                states[node] = State::Done;
                stack.pop_back();
                continue;
            }
            Node const to = targets[node][next++];
            if (states[to] == State::UnderWay) {
                turned.insert({node, to});
            } else if (states[to] == State::New) {
                states[to] = State::UnderWay;
                stack.push_back({to, 0});
            }
        }
    }
    for (auto& edge : edges)
        if (turned.contains(edge))
            std::swap(edge.first, edge.second);
    return edges;
}

// Layers by the longest path from the left.
std::vector<int> layersOf(std::size_t nodes, Edges const& edges) {
    auto const targets = targetsOf(nodes, edges);
    std::vector<int> waiting(nodes, 0);
    for (auto const& edge : edges)
        ++waiting[edge.second];
    std::vector<int> layers(nodes, 0);
    std::vector<Node> ready;
    for (Node node = 0; node < nodes; ++node)
        if (waiting[node] == 0)
            ready.push_back(node);
    for (std::size_t i = 0; i < ready.size(); ++i)
        for (Node const to : targets[ready[i]]) {
            layers[to] = std::max(layers[to], layers[ready[i]] + 1);
            if (--waiting[to] == 0)
                ready.push_back(to);
        }
    return layers;
}

// Nodes of the graph, then one for each layer that an edge passes through.
struct Layered {
    std::vector<int> layers;                // a node
    std::vector<std::vector<Node>> left;    // neighbours in the layer before
    std::vector<std::vector<Node>> right;   // and in the one behind
    std::vector<std::vector<Node>> columns; // a layer, from above
};

Layered layered(std::size_t nodes, Edges const& edges) {
    Layered graph;
    graph.layers = layersOf(nodes, edges);
    graph.left.resize(nodes);
    graph.right.resize(nodes);
    auto const link = [&](Node from, Node to) {
        graph.right[from].push_back(to);
        graph.left[to].push_back(from);
    };
    for (auto const& [from, to] : edges) {
        Node last = from;
        for (int layer = graph.layers[from] + 1; layer < graph.layers[to]; ++layer) {
            auto const passing = static_cast<Node>(graph.layers.size());
            graph.layers.push_back(layer);
            graph.left.emplace_back();
            graph.right.emplace_back();
            link(last, passing);
            last = passing;
        }
        link(last, to);
    }
    int const most =
        graph.layers.empty() ? -1 : *std::max_element(graph.layers.begin(), graph.layers.end());
    graph.columns.resize(static_cast<std::size_t>(most + 1));
    for (Node node = 0; node < graph.layers.size(); ++node)
        graph.columns[static_cast<std::size_t>(graph.layers[node])].push_back(node);
    return graph;
}

std::vector<double> ranksOf(Layered const& graph) {
    std::vector<double> ranks(graph.layers.size());
    for (auto const& column : graph.columns)
        for (std::size_t i = 0; i < column.size(); ++i)
            ranks[column[i]] = static_cast<double>(i);
    return ranks;
}

double meanOf(std::vector<Node> const& neighbours, std::vector<double> const& ranks,
              double otherwise) {
    if (neighbours.empty())
        return otherwise;
    double sum = 0;
    for (Node const node : neighbours)
        sum += ranks[node];
    return sum / static_cast<double>(neighbours.size());
}

void sortColumn(std::vector<Node>& column, std::vector<std::vector<Node>> const& neighbours,
                std::vector<double>& ranks) {
    std::vector<std::pair<double, Node>> keyed;
    keyed.reserve(column.size());
    for (Node const node : column)
        keyed.emplace_back(meanOf(neighbours[node], ranks, ranks[node]), node);
    std::stable_sort(keyed.begin(), keyed.end(),
                     [](auto const& a, auto const& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < keyed.size(); ++i) {
        column[i] = keyed[i].second;
        ranks[column[i]] = static_cast<double>(i);
    }
}

// Crossings between two neighbouring columns, by counting inversions in a tree.
std::size_t crossingsBetween(Layered const& graph, std::size_t column,
                             std::vector<double> const& ranks) {
    std::vector<std::size_t> order;
    for (Node const node : graph.columns[column]) {
        std::vector<std::size_t> ends;
        for (Node const to : graph.right[node])
            ends.push_back(static_cast<std::size_t>(ranks[to]));
        std::sort(ends.begin(), ends.end());
        order.insert(order.end(), ends.begin(), ends.end());
    }
    std::size_t const width = graph.columns[column + 1].size();
    std::vector<std::size_t> tree(width + 1, 0);
    std::size_t crossings = 0;
    std::size_t seen = 0;
    for (std::size_t const end : order) {
        std::size_t notAbove = 0;
        for (std::size_t i = end + 1; i > 0; i &= i - 1)
            notAbove += tree[i];
        crossings += seen - notAbove;
        for (std::size_t i = end + 1; i <= width; i += i & (~i + 1))
            ++tree[i];
        ++seen;
    }
    return crossings;
}

std::size_t crossings(Layered const& graph, std::vector<double> const& ranks) {
    std::size_t sum = 0;
    for (std::size_t column = 0; column + 1 < graph.columns.size(); ++column)
        sum += crossingsBetween(graph, column, ranks);
    return sum;
}

// Keeps the best order that the sweeps came by.
void lessenCrossings(Layered& graph) {
    auto ranks = ranksOf(graph);
    auto best = graph.columns;
    std::size_t fewest = crossings(graph, ranks);
    for (int sweep = 0; sweep < sweeps && fewest > 0; ++sweep) {
        if (sweep % 2 == 0)
            for (std::size_t c = 1; c < graph.columns.size(); ++c)
                sortColumn(graph.columns[c], graph.left, ranks);
        else
            for (std::size_t c = graph.columns.size() - 1; c-- > 0;)
                sortColumn(graph.columns[c], graph.right, ranks);
        std::size_t const now = crossings(graph, ranks);
        if (now < fewest) {
            fewest = now;
            best = graph.columns;
        }
    }
    graph.columns = std::move(best);
}

// Near the middle of the neighbours, in order and at least 1 apart.
void align(std::vector<Node> const& column, std::vector<std::vector<Node>> const& neighbours,
           std::vector<double>& places) {
    std::size_t const count = column.size();
    std::vector<double> wanted(count);
    for (std::size_t i = 0; i < count; ++i)
        wanted[i] =
            meanOf(neighbours[column[i]], places, places[column[i]]) - static_cast<double>(i);
    // Isotonic regression: pools of those that would overlap share a mean.
    std::vector<std::pair<double, std::size_t>> pools; // sum, count
    for (double const want : wanted) {
        pools.emplace_back(want, 1);
        while (pools.size() > 1) {
            auto const& last = pools[pools.size() - 1];
            auto const& before = pools[pools.size() - 2];
            if (before.first / static_cast<double>(before.second)
                <= last.first / static_cast<double>(last.second))
                break;
            pools[pools.size() - 2] = {before.first + last.first, before.second + last.second};
            pools.pop_back();
        }
    }
    std::size_t i = 0;
    for (auto const& [sum, members] : pools)
        for (std::size_t k = 0; k < members; ++k, ++i)
            places[column[i]] = sum / static_cast<double>(members) + static_cast<double>(i);
}

} // namespace

std::vector<NodePlace> layeredLayout(Graph const& graph) {
    auto layeredGraph = layered(graph.nodes, withoutCircles(graph.nodes, cleaned(graph)));
    lessenCrossings(layeredGraph);
    auto places = ranksOf(layeredGraph);
    for (int round = 0; round < alignments; ++round) {
        auto const& columns = layeredGraph.columns;
        if (round % 2 == 0)
            for (std::size_t c = columns.size(); c-- > 0;)
                align(columns[c], layeredGraph.right, places);
        else
            for (std::size_t c = 0; c < columns.size(); ++c)
                align(columns[c], layeredGraph.left, places);
    }
    double least = 0;
    for (Node node = 0; node < graph.nodes; ++node)
        least = node == 0 ? places[node] : std::min(least, places[node]);
    std::vector<NodePlace> result;
    result.reserve(graph.nodes);
    for (Node node = 0; node < graph.nodes; ++node)
        result.push_back({layeredGraph.layers[node], std::round((places[node] - least) * 2) / 2});
    // Halves may have come closer than 1.
    for (auto const& column : layeredGraph.columns) {
        double last = -1;
        for (Node const node : column)
            if (node < graph.nodes) {
                result[node].place = std::max(result[node].place, last + 1);
                last = result[node].place;
            }
    }
    return result;
}

std::size_t crossingsOf(Graph const& graph, std::vector<NodePlace> const& places) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < graph.edges.size(); ++i)
        for (std::size_t k = i + 1; k < graph.edges.size(); ++k) {
            auto const& a = graph.edges[i];
            auto const& b = graph.edges[k];
            if (places[a.first].layer != places[b.first].layer
                || places[a.second].layer != places[b.second].layer)
                continue;
            double const left = places[a.first].place - places[b.first].place;
            double const right = places[a.second].place - places[b.second].place;
            count += left * right < 0 ? 1 : 0;
        }
    return count;
}

} // namespace shakedown::gui
