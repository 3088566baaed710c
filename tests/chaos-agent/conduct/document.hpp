#pragma once

#include <catch2/catch.hpp>

#include <sstream>
#include <string>
#include <vector>

#include "reports/record/record_reader.hpp"
#include "scenarios/reading/reader.hpp"

namespace shakedown::tests {

// A scenario that reads without an error.
inline model::Scenario document(std::string const& text) {
    auto const read = reading::readText(text, "live.yaml");
    for (auto const& finding : read.findings) {
        INFO(finding.place.line << ": " << finding.message);
        CHECK(finding.severity != Severity::Error);
    }
    REQUIRE(read.scenario);
    return *read.scenario;
}

// Two services, a load on the first, and an agent that knows both.
inline std::string twoServices(std::string const& more, std::string const& live = "",
                               std::string const& runFor = "60s") {
    return "shakedown: 1\n"
           "name: two\n"
           "run: { for: "
           + runFor
           + ", seed: 7 }\n"
             "services:\n"
             "  front: { endpoints: { page: [ work: 1ms, call: orders ] } }\n"
             "  orders: { endpoints: { get: [ work: 1ms ] } }\n"
             "load:\n"
             "  visitors: { to: front/page, rate: 100/s }\n"
             "live:\n"
             "  agents: { here: \"unix:/run/a.sock\" }\n"
             "  services: { front: { agent: here }, orders: { agent: here } }\n"
             "  probes: { health: { url: \"http://127.0.0.1:8080/\", every: 200ms } }\n"
           + live + more;
}

// Every moment of a record that reads without an error.
inline std::vector<record::Moment> momentsOf(std::string const& text) {
    std::istringstream in(text);
    auto reader = record::RecordReader::open(in, "record");
    REQUIRE(reader);
    auto open = std::move(reader).value();
    std::vector<record::Moment> moments;
    for (;;) {
        auto const next = open.next();
        REQUIRE(next);
        if (!next.value()) {
            return moments;
        }
        moments.push_back(*next.value());
    }
}

} // namespace shakedown::tests
