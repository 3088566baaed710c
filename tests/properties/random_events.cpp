#include "tests/properties/random_events.hpp"

#include "tests/properties/random_policy.hpp"

namespace shakedown::tests {

namespace {

FlowMap timed(Chooser& choose, std::string const& name, int seconds, bool mayBeRandom) {
    FlowMap map;
    map.put("name", name);
    if (mayBeRandom && choose.oneIn(4)) {
        map.put("mtbf", choose.milliseconds(300, 4000));
        if (choose.mostly()) {
            map.put("mttr", choose.milliseconds(50, 1500));
        }
        return map;
    }
    map.put("at", choose.milliseconds(0, seconds * 900));
    int const lasts = choose.number(0, 2500);
    if (choose.mostly()) {
        map.put("for", fmt::format("{}ms", lasts));
        if (choose.oneIn(4)) {
            map.put("every", fmt::format("{}ms", lasts + choose.number(100, 1500)));
        }
    }
    return map;
}

RandomService const& addService(Chooser& choose, FlowMap& map, Victims const& victims) {
    auto const& service = choose.of(victims.services);
    map.put("service", service.name);
    bool const hasSome = service.replicas > 0 && choose.oneIn(2);
    if (hasSome) {
        int const last = service.replicas - 1;
        map.put("replicas", choose.word({"all", choose.percent(1, 100),
                                         std::to_string(choose.number(1, service.replicas)),
                                         fmt::format("[ {} ]", choose.number(0, last))}));
    }
    return service;
}

std::string processFault(Chooser& choose, Victims const& victims) {
    FlowMap map;
    std::string const verb = choose.word({"crash", "kill", "hang", "restart", "cpu"});
    addService(choose, map, victims);
    if (verb == "cpu") {
        map.put("steal", choose.percent(0, 100));
    }
    return verb + ": " + map.text();
}

std::string serviceFault(Chooser& choose, Victims const& victims) {
    FlowMap map;
    auto const& service = addService(choose, map, victims);
    if (choose.oneIn(3)) {
        map.put("endpoint", choose.of(service.endpoints).name);
    }
    if (choose.oneIn(2)) {
        map.put("share", choose.percent(0, 100));
        if (choose.oneIn(2)) {
            map.put("status", choose.word({"500", "503", "429"}));
        }
        return "errors: " + map.text();
    }
    bool const adds = choose.oneIn(2);
    if (adds) {
        map.put("add", randomDistribution(choose, choose.number(0, 400)));
    }
    if (!adds || choose.oneIn(3)) {
        map.put("factor", choose.word({"0", "0.5", "2", "7", "30"}));
    }
    return "slow: " + map.text();
}

void addCall(Chooser& choose, FlowMap& map, Victims const& victims) {
    if (choose.oneIn(3)) {
        map.put("service", choose.of(victims.services).name);
    } else {
        map.put("call", '"' + choose.of(victims.calls) + '"');
    }
}

std::string callFault(Chooser& choose, Victims const& victims) {
    FlowMap map;
    std::string const verb = choose.word({"latency", "jitter", "loss", "reset", "black_hole"});
    addCall(choose, map, victims);
    bool const isDelay = verb == "latency" || verb == "jitter";
    if (isDelay) {
        map.put("add", randomDistribution(choose, choose.number(0, 100)));
    }
    if (verb == "loss" || (verb == "reset" && choose.oneIn(2))) {
        map.put("share", choose.percent(0, 100));
    }
    if ((isDelay || verb == "loss") && choose.oneIn(2)) {
        map.put("direction", choose.word({"requests", "replies", "both"}));
    }
    return verb + ": " + map.text();
}

std::string partition(Chooser& choose, Victims const& victims) {
    std::string const call = choose.of(victims.calls);
    auto const arrow = call.find(" -> ");
    FlowMap map;
    map.put("between", "[ " + call.substr(0, arrow) + " ]");
    map.put("and", "[ " + call.substr(arrow + 4) + " ]");
    if (choose.oneIn(2)) {
        map.put("hold", choose.flag());
    }
    return "partition: " + map.text();
}

std::string surge(Chooser& choose, Victims const& victims) {
    FlowMap map;
    map.put("load", choose.of(victims.openLoads));
    bool const multiplies = choose.oneIn(2);
    if (multiplies) {
        map.put("factor", choose.word({"0", "0.5", "2", "4"}));
    }
    if (!multiplies || choose.oneIn(3)) {
        map.put("add", choose.rate(0, 100));
    }
    return "surge: " + map.text();
}

std::string verbOf(Chooser& choose, Victims const& victims) {
    switch (choose.number(0, 7)) {
    case 0:
    case 1:
        return processFault(choose, victims);
    case 2:
    case 3:
        return serviceFault(choose, victims);
    case 4:
    case 5:
        return callFault(choose, victims);
    case 6:
        return partition(choose, victims);
    default:
        return victims.openLoads.empty() ? processFault(choose, victims) : surge(choose, victims);
    }
}

std::string with(FlowMap const& map, std::string const& verb) {
    std::string text = map.text();
    text.resize(text.size() - 2);
    return text + ", " + verb + " }";
}

std::string setting(Chooser& choose, Victims const& victims) {
    auto const& service = choose.of(victims.services);
    switch (choose.number(0, 6)) {
    case 5:
        return fmt::format("set: {{ path: \"calls.{}.circuit_breaker\", value: {} }}",
                           choose.of(victims.calls),
                           choose.word({"none", "{ minimum_calls: 2, open_for: 300ms }"}));
    case 6:
        return fmt::format("set: {{ path: \"calls.{}.bulkhead\", value: none }}",
                           choose.of(victims.calls));
    case 0:
        return fmt::format("set: {{ services.{}.workers: {} }}", service.name,
                           choose.number(1, 20));
    case 1:
        return fmt::format("set: {{ path: services.{}.queue.capacity, value: {} }}", service.name,
                           choose.number(0, 50));
    case 2:
        return fmt::format("set: {{ path: \"calls.{}.timeout\", value: {} }}",
                           choose.of(victims.calls), choose.milliseconds(1, 500));
    case 3:
        return fmt::format("set: {{ path: \"calls.{}.retry\", value: {} }}",
                           choose.of(victims.calls), choose.word({"none", "3"}));
    default:
        return fmt::format("set: {{ path: \"calls.{}.bulkhead\", value: {} }}",
                           choose.of(victims.calls), choose.number(0, 10));
    }
}

} // namespace

std::string randomFault(Chooser& choose, std::string const& name, Victims const& victims) {
    FlowMap const map = timed(choose, name, victims.seconds, true);
    return with(map, verbOf(choose, victims));
}

std::string randomOperation(Chooser& choose, std::string const& name, Victims const& victims) {
    int const kind = choose.number(0, 3);
    FlowMap const map = timed(choose, name, victims.seconds, kind != 3);
    FlowMap what;
    switch (kind) {
    case 0:
        what.put("service", choose.of(victims.services).name);
        what.put("to", std::to_string(choose.number(0, 6)));
        return with(map, "scale: " + what.text());
    case 1:
        what.put("call", '"' + choose.of(victims.calls) + '"');
        what.put("state", choose.word({"auto", "forced_open", "disabled"}));
        return with(map, "flip_breaker: " + what.text());
    case 2:
        addService(choose, what, victims);
        return with(map, "drain: " + what.text());
    default:
        return with(map, setting(choose, victims));
    }
}

} // namespace shakedown::tests
