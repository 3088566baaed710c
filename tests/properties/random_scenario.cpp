#include "tests/properties/random_scenario.hpp"

#include "tests/properties/random_events.hpp"
#include "tests/properties/random_policy.hpp"

namespace shakedown::tests {

namespace {

std::string target(Chooser& choose, RandomService const& service) {
    return service.name + "/" + choose.of(service.endpoints).name;
}

std::string rateShape(Chooser& choose, int most) {
    switch (choose.number(0, 4)) {
    case 0:
        return fmt::format(
            "{{ steps: [ {{ at: 0s, rate: {} }}, {{ at: 1500ms, rate: {} }}, {{ at: 3s, rate: "
            "{} }} ] }}",
            choose.rate(0, most), choose.rate(0, 2 * most), choose.rate(0, most));
    case 1:
        return fmt::format("{{ ramp: {{ from: {}, to: {}, over: {} }} }}", choose.rate(0, most),
                           choose.rate(0, 2 * most), choose.milliseconds(500, 8000));
    case 2:
        return fmt::format("{{ sine: {{ mean: {}, amplitude: {}, period: {} }} }}",
                           choose.rate(most / 2, most), choose.rate(0, most / 2),
                           choose.milliseconds(500, 8000));
    default:
        return choose.rate(1, most);
    }
}

void addArrivals(Chooser& choose, FlowMap& map, int most) {
    map.put("rate", rateShape(choose, most));
    if (!choose.oneIn(2)) {
        return;
    }
    std::string const arrivals = choose.word({"poisson", "constant", "bursts"});
    map.put("arrivals", arrivals);
    if (arrivals == "bursts") {
        map.put("burst", std::to_string(choose.number(1, 12)));
    }
}

void addUsers(Chooser& choose, FlowMap& map) {
    map.put("users", std::to_string(choose.number(1, 12)));
    map.put("think", randomDistribution(choose, choose.number(60, 400)));
}

void addRest(Chooser& choose, FlowMap& map) {
    if (choose.oneIn(3)) {
        map.put("clients", std::to_string(choose.number(1, 5)));
    }
    if (choose.oneIn(4)) {
        map.put("from", choose.milliseconds(0, 2000));
    }
    if (choose.oneIn(4)) {
        map.put("for", choose.milliseconds(500, 5000));
    }
    if (choose.oneIn(4)) {
        map.put("priority", std::to_string(choose.number(-1, 3)));
    }
    if (choose.oneIn(4)) {
        map.put("in_time", choose.milliseconds(1, 400));
    }
    if (choose.oneIn(2)) {
        map.put("key", choose.oneIn(2) ? std::to_string(choose.number(1, 500))
                                       : fmt::format("{{ keys: {}, zipf: 1.{} }}",
                                                     choose.number(1, 500), choose.number(0, 9)));
    }
}

// Everything of a scenario, section by section, each drawn from what stands before it.
class Writer {
public:
    explicit Writer(std::uint64_t seed) : choose_(seed), seed_(seed) {}

    std::string text() {
        // Services come first, since the other sections name them.
        std::string const services = servicesText();
        std::string const loads = loadsText();
        return "shakedown: 1\n" + runText() + "services:\n" + services + "load:\n" + loads
               + callsText() + faultsText() + operationsText() + expectText();
    }

private:
    std::string runText() {
        return fmt::format("name: Random {}\nrun: {{ for: {}s, warmup: {}, seed: {} }}\n", seed_,
                           seconds_, choose_.milliseconds(0, 1000), seed_);
    }

    std::string servicesText() {
        services_ = randomServices(choose_, calls_);
        std::string text;
        for (auto const& service : services_) {
            text += "  " + service.name + ": " + service.text + "\n";
        }
        return text;
    }

    std::string loadsText() {
        std::string text;
        int const count = choose_.number(1, 3);
        for (int i = 0; i < count; ++i) {
            text += loadText("l" + std::to_string(i), 90 / count);
        }
        return text;
    }

    std::string loadText(std::string const& name, int most) {
        FlowMap map;
        auto const& service = choose_.oneIn(2) ? services_.front() : choose_.of(services_);
        calls_.push_back(name + " -> " + service.name);
        if (choose_.oneIn(3)) {
            auto const& other = choose_.of(services_);
            std::string const pair = name + " -> " + other.name;
            if (other.name != service.name) {
                calls_.push_back(pair);
            }
            map.put("mix", "[ { to: " + target(choose_, service)
                               + ", weight: 3 }, { to: " + target(choose_, other) + " } ]");
        } else {
            map.put("to", target(choose_, service));
        }
        if (choose_.oneIn(4)) {
            addUsers(choose_, map);
        } else {
            addArrivals(choose_, map, most);
            openLoads_.push_back(name);
        }
        addRest(choose_, map);
        loads_.push_back(name);
        return "  " + name + ": " + map.text() + "\n";
    }

    std::string callsText() {
        std::string text;
        auto const rule = [&](std::string const& name) {
            FlowMap map;
            addRandomPolicy(choose_, map);
            text += map.isEmpty() ? "" : "  \"" + name + "\": " + map.text() + "\n";
        };
        if (choose_.oneIn(2)) {
            rule("* -> *");
        }
        for (auto const& call : calls_) {
            if (choose_.oneIn(2)) {
                rule(call);
            }
        }
        return text.empty() ? "" : "calls:\n" + text;
    }

    std::string faultsText() {
        std::string text;
        int const count = choose_.number(0, 4);
        for (int i = 0; i < count; ++i) {
            faults_.push_back("f" + std::to_string(i));
            text += "  - " + randomFault(choose_, faults_.back(), victims()) + "\n";
        }
        return text.empty() ? "" : "faults:\n" + text;
    }

    std::string operationsText() {
        std::string text;
        int const count = choose_.number(0, 2);
        for (int i = 0; i < count; ++i) {
            std::string const name = "o" + std::to_string(i);
            text += "  - " + randomOperation(choose_, name, victims()) + "\n";
        }
        return text.empty() ? "" : "operations:\n" + text;
    }

    std::string expectText() {
        std::string text = "expect:\n  - errors(" + choose_.of(loads_) + ") < 5%\n";
        text += "  - p99(" + choose_.of(services_).name + ") < 80ms from 1s to 3s\n";
        text += "  - amplification(" + choose_.of(calls_) + ") < 2\n";
        if (!faults_.empty()) {
            std::string const fault = choose_.of(faults_);
            text += "  - goodput(" + choose_.of(loads_) + ") > 50% during " + fault + "\n";
            text += "  - availability(" + choose_.of(loads_) + ") > 90% after " + fault + "\n";
            text += "  - recovers(" + choose_.of(loads_) + ") within 2s of " + fault + "\n";
        }
        return text;
    }

    Victims victims() const { return {services_, calls_, openLoads_, seconds_}; }

    Chooser choose_;
    std::uint64_t seed_;
    int seconds_ = 6;
    std::vector<RandomService> services_;
    std::vector<std::string> calls_;
    std::vector<std::string> loads_;
    std::vector<std::string> openLoads_;
    std::vector<std::string> faults_;
};

std::string inserted(std::string text, std::string const& after, std::string const& what) {
    return text.insert(text.find(after) + after.size(), what);
}

} // namespace

std::string randomScenario(std::uint64_t seed) {
    return Writer(seed).text();
}

std::string withBystander(std::string const& scenario) {
    std::string const more = inserted(
        scenario, "\nservices:\n",
        fmt::format("  {}: {{ workers: 3, queue: {{ capacity: 9 }}, endpoints: {{ sit: [ work: "
                    "exponential(4ms) ] }} }}\n",
                    bystander));
    return inserted(more, "\nload:\n",
                    fmt::format("  {}: {{ to: {}/sit, rate: 40/s }}\n", bystanderLoad, bystander));
}

} // namespace shakedown::tests
