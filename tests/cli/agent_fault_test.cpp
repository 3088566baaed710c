#include <catch2/catch.hpp>

#include "cli/agent_fault.hpp"

using namespace shakedown;
using namespace shakedown::cli;

namespace {

AskedFault asked(std::string const& kind, std::vector<std::string> settings = {}) {
    AskedFault fault;
    fault.kind = kind;
    fault.target = "orders";
    fault.duration = "30s";
    fault.settings = std::move(settings);
    return fault;
}

protocol::FaultRequest read(AskedFault const& fault) {
    auto const got = requestOf(fault);
    if (auto const* why = std::get_if<std::string>(&got)) {
        FAIL(*why);
    }
    return std::get<protocol::FaultRequest>(got);
}

std::string refused(AskedFault const& fault) {
    auto const got = requestOf(fault);
    REQUIRE(std::holds_alternative<std::string>(got));
    return std::get<std::string>(got);
}

} // namespace

TEST_CASE("a fault is told in the words of the scenario", "[cli][agent]") {
    auto const latency = read(asked("latency", {"delay=250ms", "jitter=1.5ms"}));
    auto const& what = std::get<protocol::Latency>(latency.what);
    CHECK(what.delay == Duration::milliseconds(250));
    CHECK(what.jitter == Duration::microseconds(1500));
    CHECK(latency.duration == Duration::seconds(30));
    CHECK(latency.lease == Duration::seconds(10));

    CHECK(std::get<protocol::Loss>(read(asked("loss", {"share=10%"})).what).share == Approx(0.1));
    CHECK(std::get<protocol::LimitData>(read(asked("limit_data", {"bytes=4KiB"})).what).bytes
          == Bytes::of(4096));
    auto const cpu = std::get<protocol::Cpu>(read(asked("cpu", {"load=50%", "workers=2"})).what);
    CHECK(cpu.load == Approx(0.5));
    CHECK(cpu.workers == 2);
    CHECK(std::get<protocol::Memory>(read(asked("memory", {"bytes=300MiB"})).what).bytes
          == Bytes::of(300LL << 20));
    CHECK(
        std::get<protocol::FileDescriptors>(read(asked("file_descriptors", {"leave=2"})).what).leave
        == 2);
    auto const http = std::get<protocol::Http>(
        read(asked("http", {"abort=503", "path=/orders/*", "first=3"})).what);
    CHECK(http.abort == 503);
    CHECK(http.path == "/orders/*");
    CHECK(http.first == 3);
}

TEST_CASE("lease, way and peers are passed on", "[cli][agent]") {
    auto fault = asked("loss", {"share=10%"});
    fault.lease = "5s";
    fault.way = "in";
    fault.peers = {"site", "jobs"};
    auto const request = read(fault);
    CHECK(request.way == protocol::Way::In);
    CHECK(request.lease == Duration::seconds(5));
    CHECK(request.peers == std::vector<std::string>{"site", "jobs"});
}

TEST_CASE("what cannot be read is told by its word", "[cli][agent]") {
    CHECK(refused(asked("losss")).find("did you mean 'loss'?") != std::string::npos);
    CHECK(refused(asked("loss", {"10%"}))
          == "'10%' is no setting; write it as share=10% or delay=100ms");
    CHECK(refused(asked("latency", {"delay=1s", "jiter=10ms"})).find("did you mean 'jitter_us'?")
          != std::string::npos);
    auto shut = asked("partition");
    shut.way = "in";
    CHECK(refused(shut) == "there is no field 'way' of partition");
    auto fault = asked("hang");
    fault.duration = "soon";
    CHECK(refused(fault).find("--for: ") == 0);
    fault.duration = "30s";
    fault.lease = "10";
    CHECK(refused(fault).find("--lease: ") == 0);
}
