#include "tests/properties/random_services.hpp"

#include <algorithm>
#include <functional>

#include "tests/properties/random_policy.hpp"

namespace shakedown::tests {

namespace {

// Writes the steps of one endpoint, keeping count of the calls they can make.
class StepWriter {
public:
    StepWriter(Chooser& choose, std::string caller, std::vector<RandomService> const& callees,
               std::vector<std::string>& calls)
        : choose_(choose), caller_(std::move(caller)), callees_(callees), calls_(calls) {}

    std::string steps(int depth, int times) {
        std::string text;
        int const count = choose_.number(1, depth == 0 ? 4 : 2);
        for (int i = 0; i < count; ++i) {
            text += (text.empty() ? "" : ", ") + step(depth, times);
        }
        return "[ " + text + " ]";
    }
    int made() const { return made_; }

private:
    static constexpr int mostCalls = 10;
    static constexpr int deepest = 2;

    std::string step(int depth, int times) {
        int const kind = choose_.number(0, 15);
        if (kind <= 3) {
            return "{ work: " + randomDistribution(choose_, choose_.number(0, 20)) + " }";
        }
        if (kind <= 9) {
            return call(times);
        }
        if (kind == 10) {
            return wait();
        }
        if (kind == 11) {
            return "{ fail: " + choose_.percent(0, 10) + " }";
        }
        if (kind == 12 && depth == 0) {
            return "reply";
        }
        return depth < deepest ? nested(depth, times) : wait();
    }

    std::string wait() {
        if (choose_.oneIn(3)) {
            return "{ wait: \"load_dependent(" + choose_.milliseconds(1, 10) + ", "
                   + choose_.milliseconds(0, 3) + ")\" }";
        }
        return "{ wait: " + randomDistribution(choose_, choose_.number(0, 15)) + " }";
    }

    std::string nested(int depth, int times) {
        switch (choose_.number(0, 4)) {
        case 0:
            return parallel(depth, times);
        case 1: {
            int const rounds = choose_.number(0, 3);
            return fmt::format("{{ repeat: {{ times: {}, do: {} }} }}", rounds,
                               steps(depth + 1, times * std::max(1, rounds)));
        }
        case 2:
            return "{ choose: [ { p: " + choose_.percent(0, 50) + ", do: " + steps(depth + 1, times)
                   + " }, { p: " + choose_.percent(0, 50) + ", do: " + steps(depth + 1, times)
                   + " } ] }";
        case 3:
            return "{ cache: { name: c, hit: " + choose_.percent(0, 100)
                   + ", miss: " + steps(depth + 1, times) + " } }";
        default:
            return "{ optional: " + steps(depth + 1, times) + " }";
        }
    }

    std::string parallel(int depth, int times) {
        int const branches = choose_.number(1, 3);
        std::string text;
        for (int i = 0; i < branches; ++i) {
            text += (text.empty() ? "" : ", ")
                    + (choose_.oneIn(2) ? call(times) : steps(depth + 1, times));
        }
        FlowMap map;
        map.put("parallel", "[ " + text + " ]");
        if (choose_.oneIn(2)) {
            map.put("need", std::to_string(choose_.number(1, branches)));
        }
        if (choose_.oneIn(3)) {
            map.put("return", "early");
        }
        return map.text();
    }

    std::string call(int times) {
        if (callees_.empty() || made_ >= mostCalls) {
            return "{ work: " + randomDistribution(choose_, choose_.number(0, 5)) + " }";
        }
        auto const& callee = choose_.of(callees_);
        auto const& endpoint = choose_.of(callee.endpoints);
        if (made_ + times * endpoint.calls > mostCalls) {
            return "{ wait: 1ms }";
        }
        made_ += times * endpoint.calls;
        std::string const pair = caller_ + " -> " + callee.name;
        if (std::find(calls_.begin(), calls_.end(), pair) == calls_.end()) {
            calls_.push_back(pair);
        }
        FlowMap map;
        map.put("call", callee.name + "/" + endpoint.name);
        if (choose_.oneIn(4)) {
            addRandomPolicy(choose_, map);
        }
        return map.text();
    }

    Chooser& choose_;
    std::string caller_;
    std::vector<RandomService> const& callees_;
    std::vector<std::string>& calls_;
    int made_ = 1;
};

std::string queue(Chooser& choose) {
    FlowMap map;
    if (choose.mostly()) {
        map.put("capacity", choose.oneIn(8) ? "unbounded" : std::to_string(choose.number(0, 60)));
    }
    std::string const order =
        choose.word({"fifo", "fifo", "lifo", "adaptive_lifo", "codel", "priority"});
    map.put("order", order);
    if (choose.oneIn(3)) {
        map.put("max_wait", choose.milliseconds(0, 600));
    }
    if (choose.oneIn(2)) {
        map.put("drop", choose.word({"none", "expired", "hopeless"}));
    }
    if (order == "codel" && choose.oneIn(2)) {
        map.put("target", choose.milliseconds(1, 20));
        map.put("interval", choose.milliseconds(20, 200));
    }
    return map.text();
}

std::string limit(Chooser& choose) {
    FlowMap map;
    map.put("concurrency", choose.word({"fixed", "aimd", "vegas", "gradient2"}));
    map.put("limit", std::to_string(choose.number(1, 40)));
    if (choose.oneIn(3)) {
        map.put("rate", choose.rate(5, 200));
        map.put("burst", std::to_string(choose.number(1, 20)));
    }
    return map.text();
}

std::string endpointText(Chooser& choose, std::string const& steps) {
    if (choose.mostly()) {
        return steps;
    }
    FlowMap map;
    map.put("priority", std::to_string(choose.number(-1, 3)));
    map.put("idempotent", choose.flag());
    return map.put("steps", steps).text();
}

void addEndpoints(Chooser& choose, RandomService& service,
                  std::vector<RandomService> const& callees, FlowMap& map,
                  std::vector<std::string>& calls) {
    FlowMap endpoints;
    int const count = choose.number(1, 3);
    for (int e = 0; e < count; ++e) {
        StepWriter writer(choose, service.name, callees, calls);
        std::string const name = "e" + std::to_string(e);
        endpoints.put(name, endpointText(choose, writer.steps(0, 1)));
        service.endpoints.push_back({name, writer.made()});
    }
    map.put("endpoints", endpoints.text());
}

RandomService serviceOf(Chooser& choose, std::string name,
                        std::vector<RandomService> const& callees,
                        std::vector<std::string>& calls) {
    RandomService service;
    service.name = std::move(name);
    service.replicas = choose.oneIn(40) ? 0 : choose.number(1, 4);
    service.workers = choose.number(1, 12);
    FlowMap map;
    map.put("replicas", std::to_string(service.replicas));
    map.put("workers", std::to_string(service.workers));
    if (choose.oneIn(3)) {
        map.put("cores", std::to_string(choose.number(1, service.workers)));
    }
    if (choose.oneIn(3)) {
        map.put("async", choose.flag());
    }
    if (choose.mostly()) {
        map.put("queue", queue(choose));
    }
    if (choose.oneIn(6) && service.replicas > 0) {
        bool const byRange = service.replicas > 1 && choose.oneIn(3);
        map.put("shards", byRange
                              ? "{ by: range, ranges: [ a-m, n-z ] }"
                              : fmt::format("{{ count: {} }}", choose.number(1, service.replicas)));
    }
    if (choose.oneIn(4)) {
        map.put("zones", choose.word({"[ a ]", "[ a, b ]", "[ b, a, c ]"}));
    }
    if (choose.oneIn(6)) {
        map.put("limit", limit(choose));
    }
    if (choose.oneIn(5)) {
        map.put("start", randomDistribution(choose, choose.number(0, 900)));
    }
    if (choose.oneIn(5)) {
        map.put("stop", choose.oneIn(5) ? "none" : choose.milliseconds(0, 900));
    }
    addEndpoints(choose, service, callees, map, calls);
    service.text = map.text();
    return service;
}

} // namespace

std::vector<RandomService> randomServices(Chooser& choose, std::vector<std::string>& calls) {
    std::vector<RandomService> services;
    int const count = choose.number(1, 8);
    for (int i = count - 1; i >= 0; --i) {
        services.push_back(serviceOf(choose, "s" + std::to_string(i), services, calls));
    }
    std::reverse(services.begin(), services.end());
    return services;
}

} // namespace shakedown::tests
