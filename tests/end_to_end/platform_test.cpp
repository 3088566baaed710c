#include <cstdlib>
#include <filesystem>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/program.hpp"
#include "tests/environment.hpp"

using namespace shakedown;
using namespace shakedown::tests;

namespace {

namespace fs = std::filesystem;

std::string onFile(std::string const& name) {
    return "shakedown: 1\nrun: { for: 5s }\n"
           "services: { s: { replicas: 3, workers: 99, queue: 9, endpoints: { e: [ work: 10ms ] } "
           "} }\n"
           "load: { l: { to: s, rate: 50/s } }\n"
           "platform: { file: "
           + name + " }\nexpect: [ errors(l) < 1% ]\n";
}

// Runs a scenario on a copy of the platform file.
Outcome runOn(fs::path const& platform) {
    Scratch const scratch;
    if (fs::exists(platform))
        fs::copy_file(platform, scratch / platform.filename().string());
    scratch.file("s.yaml", onFile(platform.filename().string()));
    return tests::shakedown({"run", "s.yaml", "-o", "out"}, scratch.path());
}

fs::path platformFile(std::string const& name) {
    return sourceDir() / "tests/data/platforms" / name;
}

nlohmann::json summaryOf(Scratch const& scratch, std::string const& folder) {
    return nlohmann::json::parse(contentOf(scratch / (folder + "/summary.json")));
}

} // namespace

TEST_CASE("a scenario runs on SimGrid's own platform files", "[end-to-end][platform]") {
    for (char const* name : {"fat-tree.xml", "two-rooms.xml"}) {
        auto const outcome = runOn(platformFile(name));
        INFO(name << "\n" << outcome.out << outcome.err);
        CHECK(outcome.code == 0);
    }
}

TEST_CASE("a scenario runs on the crossbar of a real simulator", "[end-to-end][platform]") {
    auto const file = samples() / "simgrid/elastisim-crossbar.xml";
    if (!fs::exists(file)) {
        WARN("skipped: there is no " << file);
        return;
    }
    auto const outcome = runOn(file);
    INFO(outcome.out << outcome.err);
    CHECK(outcome.code == 0);
}

TEST_CASE("a platform file that is no good is an error at its place", "[end-to-end][platform]") {
    struct Row {
        char const* file;
        char const* says;
    };
    for (auto const& [file, says] :
         {Row{"broken.xml",
              "s.yaml:5:11: error [E903]: the platform 'broken.xml': SimGrid refuses"},
          Row{"huge-radical.xml", "its 'radical' asks for 2000000001 hosts"},
          Row{"with-profile.xml", "'state_file' in it is not simulated"},
          Row{"no-hosts.xml", "it has 0 hosts"},
          Row{"no-such.xml", "s.yaml:5:19: error [E011]: there is no file 'no-such.xml' here"}}) {
        auto const outcome = runOn(platformFile(file));
        INFO(file << "\n" << outcome.out << outcome.err);
        CHECK(outcome.code == 3);
        CHECK(outcome.err.find(says) != std::string::npos);
    }
}

TEST_CASE("seeds on hosts give the same numbers on one process and on several",
          "[end-to-end][platform]") {
    Scratch const scratch;
    std::string const file = library("noisy-neighbour.yaml");
    for (char const* jobs : {"1", "3"}) {
        auto const outcome = tests::shakedown(
            {"run", file, "--seeds", "1..3", "--jobs", jobs, "-o", std::string("out") + jobs},
            scratch.path());
        INFO(outcome.out << outcome.err);
        CHECK(outcome.code == 0);
    }
    auto const one = summaryOf(scratch, "out1");
    CHECK(one["replications"] == 3);
    CHECK(one["platform"] == "simgrid");
    CHECK(one["digest"] == summaryOf(scratch, "out3")["digest"]);
    CHECK(contentOf(scratch / "out1/record.ndjson") == contentOf(scratch / "out3/record.ndjson"));
}

TEST_CASE("summary and record tell who used a host", "[end-to-end][platform]") {
    Scratch const scratch;
    auto const outcome =
        tests::shakedown({"run", library("noisy-neighbour.yaml"), "-o", "out"}, scratch.path());
    INFO(outcome.out << outcome.err);
    auto const host = summaryOf(scratch, "out")["hosts"]["m1"];
    CHECK(host["used_by"]["reports"] > host["used_by"]["shop"]);
    std::string const record = contentOf(scratch / "out/record.ndjson");
    CHECK(record.find("\"k\":\"host_crowded\",\"host\":0,\"user\":[1,") != std::string::npos);
    CHECK(outcome.out.find("host m1: crowded by reports (month-end)") != std::string::npos);
    auto const table = outcome.out.find("Hosts and links");
    REQUIRE(table != std::string::npos);
    auto const busiest = outcome.out.find("m1  ", table);
    CHECK(outcome.out.find(" used: reports ", busiest) < outcome.out.find("m2  ", table));
}

TEST_CASE("retries cost joules", "[end-to-end][platform]") {
    Scratch const scratch;
    auto const joules = [&](std::string const& folder, Arguments more) {
        more.insert(more.begin(), {"run", library("retries-in-joules.yaml"), "-o", folder});
        auto const outcome = tests::shakedown(more, scratch.path());
        INFO(outcome.out << outcome.err);
        REQUIRE(outcome.code < 2);
        auto const summary = summaryOf(scratch, folder);
        double sum = 0;
        for (auto const& host : summary["hosts"])
            sum += host["joules"].get<double>();
        return sum;
    };
    double const with = joules("with", {});
    double const without = joules("without", {"--set", "calls.visitors -> stock.retry=none"});
    // 87 % more work of 10 ms for 200 requests a second, 25 W a core, 110 s.
    CHECK(with - without == Approx(0.87 * 2 * 25 * 110).epsilon(0.1));
}

TEST_CASE("a program that lacks SimGrid's module runs what needs no hosts",
          "[end-to-end][platform]") {
    Scratch const scratch;
    auto const alone = scratch / "alone";
    fs::copy_file(binary(), alone);
    ::setenv("SHAKEDOWN_BINARY", alone.c_str(), 1);
    auto const ideal =
        tests::shakedown({"run", library("smallest-shop.yaml"), "-o", "a"}, scratch.path());
    auto const hosts =
        tests::shakedown({"run", library("noisy-neighbour.yaml"), "-o", "b"}, scratch.path());
    ::unsetenv("SHAKEDOWN_BINARY");
    INFO(ideal.err << hosts.out << hosts.err);
    CHECK(ideal.code == 0);
    CHECK(hosts.code == 70); // of a program that is not whole
    CHECK(hosts.err.find("SimGrid cannot be loaded") != std::string::npos);
    CHECK(hosts.err.find("sim-platform-simgrid.so") != std::string::npos);
}
