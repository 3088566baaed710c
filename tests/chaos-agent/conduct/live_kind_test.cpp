#include <catch2/catch.hpp>

#include "chaos-agent/conduct/live_kind.hpp"
#include "chaos-agent/protocol/fault_json.hpp"
#include "tests/chaos-agent/conduct/document.hpp"

using namespace shakedown;
using conduct::LiveFault;
using conduct::LoadSurge;
using conduct::NotLive;

namespace {

auto liveOf(std::string const& fault) {
    INFO(fault);
    auto const scenario =
        tests::document(tests::twoServices("faults:\n  - { at: 1s, for: 1s, " + fault + " }\n"));
    return conduct::liveKindOf(scenario.faults.at(0).what);
}

LiveFault oneOf(std::string const& fault) {
    auto const live = liveOf(fault);
    INFO(fault);
    if (auto const* not_ = std::get_if<NotLive>(&live)) {
        FAIL(not_->why);
    }
    auto const& all = std::get<std::vector<LiveFault>>(live);
    REQUIRE(all.size() == 1);
    return all.front();
}

// What the agent would be asked, as it travels.
nlohmann::json askedFor(std::string const& fault) {
    auto const live = oneOf(fault);
    protocol::FaultRequest request;
    request.what = live.what;
    request.target = live.service;
    request.way = live.way;
    request.duration = Duration::seconds(1);
    auto json = protocol::toJson(request);
    for (auto const* usual : {"duration_us", "lease_us", "reason", "peers", "target"}) {
        json.erase(usual);
    }
    return json;
}

using Json = nlohmann::json;

} // namespace

TEST_CASE("faults to a process are asked for as they are", "[agent][conduct][live_kind]") {
    for (auto const* verb : {"crash", "kill", "hang", "restart", "reject", "black_hole"}) {
        auto const live = oneOf(std::string(verb) + ": { service: orders }");
        CHECK(std::string(protocol::nameOf(live.what)) == verb);
        CHECK(live.service == "orders");
    }
}

TEST_CASE("faults of a scenario become those of an agent, with their numbers",
          "[agent][conduct][live_kind]") {
    auto const [fault, message] = GENERATE(table<std::string, std::string>({
        {"slow: { service: orders, add: 300ms }", R"({"kind":"slow","delay_us":300000})"},
        {"slow: { service: orders, add: exponential(3s) }",
         R"({"kind":"slow","delay_us":3000000})"},
        {"errors: { service: orders, share: 20%, status: 503 }",
         R"({"kind":"errors","share":0.2,"status":503})"},
        {"latency: { call: front -> orders, add: 50ms }",
         R"({"kind":"latency","delay_us":50000,"way":"in"})"},
        {"latency: { call: front -> orders, add: 50ms, direction: both }",
         R"({"kind":"latency","delay_us":50000,"way":"both"})"},
        {"jitter: { call: front -> orders, add: 'uniform(10ms, 30ms)' }",
         R"({"kind":"latency","delay_us":20000,"jitter_us":10000,"way":"in"})"},
        {"loss: { call: front -> orders, share: 10% }",
         R"({"kind":"loss","share":0.1,"way":"both"})"},
        {"duplicate: { call: front -> orders, share: 5% }",
         R"({"kind":"duplicate","share":0.05,"way":"both"})"},
        {"reorder: { call: front -> orders, share: 25%, by: 20ms }",
         R"({"kind":"reorder","share":0.75,"delay_us":20000,"way":"both"})"},
        {"corrupt: { call: front -> orders, share: 1% }",
         R"({"kind":"corrupt","share":0.01,"way":"both"})"},
        {"bandwidth: { call: front -> orders, limit: 8Mbps }",
         R"({"kind":"bandwidth","bytes_per_second":1000000})"},
        {"reset: { call: front -> orders, share: 50% }", R"({"kind":"reset","share":0.5})"},
        {"slow_close: { call: front -> orders, by: 2s }",
         R"({"kind":"slow_close","delay_us":2000000})"},
        {"slice: { call: front -> orders, size: 100B, pause: 1ms }",
         R"({"kind":"slice","bytes":100,"pause_us":1000})"},
        {"disk: { service: orders, full: true }", R"({"kind":"disk","leave_bytes":0})"},
        {"cpu: { service: orders, steal: 30% }", R"({"kind":"cpu","load":0.3})"},
        {"memory: { service: orders, amount: 1MiB }", R"({"kind":"memory","bytes":1048576})"},
        {"io: { service: orders, steal: 30% }", R"({"kind":"io","workers":1})"},
        {"file_descriptors: { service: orders, leave: 5 }",
         R"({"kind":"file_descriptors","leave":5})"},
        {"limit_data: { call: front -> orders, limit: 1KiB }",
         R"({"kind":"limit_data","bytes":1024})"},
        {"http: { service: orders, abort: 503, method: GET, path: /a, share: 10%, first: 3 }",
         R"({"kind":"http","abort":503,"method":"GET","path":"/a","share":0.1,"first":3})"},
        {"http: { service: orders, header: 'X: y', body: none }",
         R"({"kind":"http","header":"X: y","body":"none"})"},
    }));
    INFO(fault);
    Json const asked = askedFor(fault);
    Json const wanted = Json::parse(message);
    for (auto const& [name, value] : wanted.items()) {
        INFO(asked.dump());
        REQUIRE(asked.contains(name));
        CHECK(asked.at(name) == value);
    }
}

TEST_CASE("a partition is done at each service of its first side", "[agent][conduct][live_kind]") {
    auto const live = liveOf("partition: { between: [front], and: [orders] }");
    auto const& all = std::get<std::vector<LiveFault>>(live);
    REQUIRE(all.size() == 1);
    CHECK(all[0].service == "front");
    CHECK(all[0].peers == std::vector<std::string>{"orders"});
}

TEST_CASE("a surge needs no agent", "[agent][conduct][live_kind]") {
    auto const live = liveOf("surge: { load: visitors, factor: 3 }");
    REQUIRE(std::holds_alternative<LoadSurge>(live));
    CHECK(std::get<LoadSurge>(live).load == "visitors");
    CHECK(std::get<LoadSurge>(live).factor == 3);
}

TEST_CASE("what is only known as a mean is noted", "[agent][conduct][live_kind]") {
    CHECK(oneOf("slow: { service: orders, add: 300ms }").note.empty());
    CHECK(oneOf("slow: { service: orders, add: exponential(3s) }").note.find("mean")
          != std::string::npos);
    CHECK(oneOf("latency: { call: front -> orders, add: 50ms }").note.find("every caller")
          != std::string::npos);
    CHECK(oneOf("cpu: { service: orders, steal: 30% }").note.find("of its host")
          != std::string::npos);
}

TEST_CASE("what cannot be done from outside says why", "[agent][conduct][live_kind]") {
    auto const fault =
        GENERATE(as<std::string>{}, "slow: { service: orders, factor: 3 }",
                 "errors: { service: orders, endpoint: get }", "leak: { service: orders }",
                 "cold: { service: orders }", "disk: { service: orders, factor: 3 }",
                 "disk: { service: orders, full: true, factor: 3 }",
                 "reorder: { service: orders, share: 100%, by: 5ms }");
    INFO(fault);
    auto const live = liveOf(fault);
    REQUIRE(std::holds_alternative<NotLive>(live));
    CHECK(std::get<NotLive>(live).why.size() > 20);
}
