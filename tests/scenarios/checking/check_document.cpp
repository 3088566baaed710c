#include "tests/scenarios/checking/check_document.hpp"

#include <catch2/catch.hpp>

#include "scenarios/reading/reader.hpp"

namespace shakedown::tests {

std::string found(std::string const& text, checking::Purpose purpose) {
    auto const result = reading::readText("shakedown: 1\n" + text, "checked.yaml");
    for (auto const& finding : result.findings) {
        UNSCOPED_INFO(finding.place.line << ':' << finding.place.column << ' ' << finding.message);
    }
    REQUIRE(result.scenario);
    std::string lines;
    for (auto const& finding : checking::check(*result.scenario, purpose)) {
        lines += std::to_string(finding.place.line) + ":" + std::to_string(finding.place.column)
                 + " " + finding.code + " " + finding.message + "\n";
    }
    return lines;
}

std::string quietShop() {
    return "run: { for: 60s }\n"
           "services:\n"
           "  site: { queue: 50, zone: north, replicas: 2, endpoints: { page: [ work: 4ms, "
           "{ call: shop/buy, timeout: 100ms } ] } }\n"
           "  shop: { queue: 50, endpoints: { buy: [ work: 2ms ], sell: [ work: 2ms ] } }\n"
           "load: { visitors: { to: site, rate: 50/s } }\n";
}

std::string withSteps(std::string const& steps) {
    return "services:\n  a: { queue: 5, endpoints: { e: [ " + steps
           + " ] } }\n  b: { queue: 5, endpoints: { e: [ work: 1ms ] } }\n"
             "load: { l: { to: a, rate: 1/s } }\n";
}

bool holds(std::string const& lines, std::string const& part) {
    return lines.find(part) != std::string::npos;
}

} // namespace shakedown::tests
