#include <catch2/catch.hpp>

#include <fstream>

#include <sys/stat.h>

#include "chaos-agent/program/config.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/environment.hpp"

using namespace shakedown;
using namespace shakedown::agent;

namespace {

Config good(std::string const& text) {
    auto const got = parseConfig(text);
    if (auto const* errors = std::get_if<ConfigErrors>(&got)) {
        FAIL(errors->front());
    }
    return std::get<Config>(got);
}

ConfigErrors errorsOf(std::string const& text) {
    auto const got = parseConfig(text);
    REQUIRE(std::holds_alternative<ConfigErrors>(got));
    return std::get<ConfigErrors>(got);
}

std::string target(std::string const& fields) {
    return R"({"targets": {"orders": {)" + fields + "}}}";
}

} // namespace

TEST_CASE("the example that is shipped is a good configuration", "[agent][config]") {
    std::ifstream in(tests::sourceDir() / "chaos-agent/systemd/agent.json");
    auto const config = good({std::istreambuf_iterator<char>(in), {}});
    CHECK(config.targets.size() == 2);
    CHECK(config.caps.duration == Duration::seconds(300));
    CHECK(config.caps.targets == 2);
    CHECK(config.caps.share == 0.5);
    CHECK(config.protectedPorts == std::vector<std::uint16_t>{9100});
    auto const& orders = config.targets.at("orders");
    CHECK(orders.unit == "orders.service");
    CHECK(orders.address->text() == "127.0.0.1:8080");
    CHECK(orders.start == system::Words{"/usr/bin/systemctl", "start", "orders.service"});
    CHECK(allows(orders, "latency"));
    CHECK_FALSE(allows(orders, "kill"));
    CHECK_FALSE(allows(config.targets.at("billing"), "latency"));
}

TEST_CASE("an empty configuration allows nothing", "[agent][config]") {
    auto const config = good("{}");
    CHECK(config.targets.empty());
    CHECK_FALSE(config.toxiproxy);
}

TEST_CASE("what is no JSON is told with its place", "[agent][config]") {
    CHECK(errorsOf("{\n  \"caps\": }")
          == ConfigErrors{"line 2, column 11: this is no JSON (comments are allowed)"});
    CHECK(errorsOf("[]") == ConfigErrors{"the file: must be an object"});
    CHECK(errorsOf(std::string(1000, '[')).size() == 1);
}

TEST_CASE("a field that is said twice is an error: it may be a cap", "[agent][config]") {
    CHECK(errorsOf(R"({"caps": {"max_faults": 1, /* or */ "max_faults": 100}})")
          == ConfigErrors{"the name 'max_faults' stands twice in one object"});
    CHECK(errorsOf(R"({"targets": {"a": {}, "b": {}, "a": {"faults": ["all"]}}})")
          == ConfigErrors{"the name 'a' stands twice in one object"});
}

TEST_CASE("a misspelt field is an error, and the right one suggested", "[agent][config]") {
    CHECK(errorsOf(R"({"caps": {"max_fault": 1}})")
          == ConfigErrors{"caps.max_fault: is no field here; did you mean 'max_faults'?"});
    CHECK(errorsOf(target(R"("adress": "127.0.0.1:80")"))
          == ConfigErrors{"targets.orders.adress: is no field here; did you mean 'address'?"});
}

TEST_CASE("a kind of fault that there is not is told", "[agent][config]") {
    CHECK(errorsOf(target(R"("faults": ["latncy"])"))
          == ConfigErrors{"targets.orders.faults: no kind of fault is called 'latncy'; did you mean"
                          " 'latency'?"});
}

TEST_CASE("a disk may be filled where and as far as the configuration says", "[agent][config]") {
    auto const config = good(target(R"("disk": {"directory": "/srv/x", "max_bytes": 4096})"));
    auto const& disk = config.targets.at("orders").disk;
    REQUIRE(disk);
    CHECK(disk->directory == "/srv/x");
    CHECK(disk->most == Bytes::of(4096));
    CHECK(disk->keep == Bytes::of(64L << 20));
    CHECK_FALSE(good(target("")).targets.at("orders").disk);
    CHECK(errorsOf(target(R"("disk": {"directory": "x", "keep_free_bytes": -1, "max_byte": 1})"))
          == ConfigErrors{
              "targets.orders.disk.keep_free_bytes: must be a whole number from 0 to"
              " 1099511627776",
              "targets.orders.disk.directory: 'x' is no absolute path",
              "targets.orders.disk.max_bytes: is needed: how large the file may become",
              "targets.orders.disk.max_byte: is no field here; did you mean 'max_bytes'?"});
}

TEST_CASE("a container is named, or carries a label", "[agent][config]") {
    auto const named = good(target(R"("container": "shop-orders-1")"));
    auto const& container = named.targets.at("orders").container;
    REQUIRE(container);
    CHECK(container->name == "shop-orders-1");
    CHECK(container->socket == "/run/docker.sock");
    auto const labelled = good(R"({"container_engine": "/run/podman/podman.sock", "targets":
        {"orders": {"container_label": "app=orders"}}})");
    CHECK(labelled.targets.at("orders").container->label == "app=orders");
    CHECK(labelled.targets.at("orders").container->socket == "/run/podman/podman.sock");
    CHECK_FALSE(good(target("")).targets.at("orders").container);
    CHECK(errorsOf(R"({"container_engine": "docker.sock", "targets":
        {"orders": {"container": "a/b", "container_label": "x", "unit": "u", "start": ["/x"]}}})")
          == ConfigErrors{
              "container_engine: 'docker.sock' is no absolute path of a socket",
              "targets.orders.container: 'a/b' is no name of a container: letters, digits, _ . -",
              "targets.orders.container_label: the container is given by its name already",
              "targets.orders.unit: the process is given by its container already",
              "targets.orders.start: a container is started by its engine"});
}

TEST_CASE("every error is told at once", "[agent][config]") {
    auto const errors =
        errorsOf(R"({"state_directory": "here", "seed": -1, "toxiproxy": "0.0.0.0:1",
        "caps": {"max_duration_seconds": 0, "max_share_of_targets": 2},
        "protected_ports": [0], "targets": {"a": {"address": "localhost:80", "start": ["sh"],
        "pid_file": "x.pid", "unit": "x"}, "b": {"proxy": "127.0.0.1:1"}}})");
    CHECK(errors
          == ConfigErrors{
              "state_directory: must be an absolute path",
              "toxiproxy: knows neither tokens nor TLS, so it must be a loopback address",
              "seed: must be a whole number from 0 to 9223372036854775807",
              "caps.max_duration_seconds: must be seconds above 0, at most a day",
              "caps.max_share_of_targets: must be a share above 0, at most 1",
              "protected_ports: must be a list of whole numbers from 1 to 65535",
              "targets.a.address: 'localhost:80' is no IP address and port, such as"
              " 127.0.0.1:8080",
              "targets.a.start: 'sh' is no absolute path; it is run as it is, without a shell",
              "targets.a.pid_file: 'x.pid' is no absolute path",
              "targets.a.unit: the process is given by its pid_file already",
              "targets.b.proxy: a proxy needs the address of the service behind it"});
}

TEST_CASE("a file that others can write is not believed", "[agent][config]") {
    auto const path = tests::freshPath("config.json");
    std::ofstream(path) << "{}";
    chmod(path.c_str(), 0644);
    CHECK(std::holds_alternative<Config>(readConfig(path.string())));
    chmod(path.c_str(), 0666);
    auto const got = readConfig(path.string());
    REQUIRE(std::holds_alternative<ConfigErrors>(got));
    CHECK(std::get<ConfigErrors>(got).front().find("can be written by others")
          != std::string::npos);
    std::filesystem::remove(path);
    CHECK(std::get<ConfigErrors>(readConfig(path.string())).front().find(path.string()) == 0);
}
