#include "reports/formats/openmetrics.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "reports/formats/metric_text.hpp"
#include "tests/reports/formats/small_run.hpp"

using namespace shakedown;
using namespace shakedown::formats;
using namespace shakedown::tests;

namespace {

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

std::string metrics(summary::Summary const& summary,
                    std::vector<LoadLatency> latencies = someLatencies()) {
    return rendered(Format::OpenMetrics, record::Header(), {}, {&summary, std::move(latencies)});
}

// Debian's own interpreter first: it is the one with Debian's modules.
std::string pythonWithParser() {
    for (std::string const python : {"/usr/bin/python3", "python3"}) {
        std::string const command =
            python + " -c 'import prometheus_client.openmetrics.parser' >/dev/null 2>&1";
        if (std::system(command.c_str()) == 0) {
            return python;
        }
    }
    WARN("skipped: there is no python3 with prometheus_client (package python3-prometheus-client)");
    return "";
}

bool isParsed(std::string const& python, std::string const& text) {
    auto const file = std::filesystem::temp_directory_path()
                      / ("shakedown-metrics-" + std::to_string(getpid()) + ".prom");
    std::ofstream(file, std::ios::binary) << text;
    std::string const command =
        python
        + " -c 'import sys; from prometheus_client.openmetrics.parser import "
          "text_string_to_metric_families as parse; "
          "sys.exit(0 if len(list(parse(open(sys.argv[1], newline=\"\").read()))) > 3 else 1)' '"
        + file.string() + "' >/dev/null 2>&1";
    int const result = std::system(command.c_str());
    std::filesystem::remove(file);
    return result == 0;
}

summary::Summary onMachines() {
    auto s = shopSummary();
    s.hosts = {{"north-1", 0.5, 2.5, 1234.5, {{"site", 0.25}}}, {"north-2", 0, 0, 0, {}}};
    s.links = {{"backbone", 0.125, 1e6}};
    return s;
}

} // namespace

TEST_CASE("the reference parser reads metrics.prom", "[formats][openmetrics]") {
    std::string const python = pythonWithParser();
    if (python.empty()) {
        return;
    }
    for (auto const& text :
         {metrics(shopSummary()), metrics(shopSummary(), {}), metrics(onMachines()),
          metrics(hostileSummary()), metrics(summary::Summary(), {})}) {
        CAPTURE(text);
        CHECK(isParsed(python, text));
    }
}

TEST_CASE("the reference parser refuses what is not OpenMetrics", "[formats][openmetrics]") {
    std::string const python = pythonWithParser();
    if (python.empty()) {
        return;
    }
    std::string const good = metrics(shopSummary());
    std::string const cut = good.substr(0, good.size() - std::string("# EOF\n").size());
    std::string unescaped = good;
    unescaped.replace(unescaped.find("scenario=\"shop\""), 15, "scenario=\"s\"hop\"");
    CHECK_FALSE(isParsed(python, cut));
    CHECK_FALSE(isParsed(python, unescaped));
}

TEST_CASE("a counter ends with _total and a name with its unit", "[formats][openmetrics]") {
    std::string const text = metrics(shopSummary());
    CHECK(contains(text, "# TYPE shakedown_load_requests counter\n"
                         "# UNIT shakedown_load_requests requests\n"
                         "# HELP shakedown_load_requests "));
    CHECK(contains(text, "shakedown_load_requests_total{load=\"visitors\",outcome=\"timed_out\"} "
                         "6000\n"));
    CHECK(contains(text, "shakedown_call_retries_total{call=\"site -> autos\"} 6000\n"));
    CHECK(contains(text, "shakedown_run_info{scenario=\"shop\","));
    CHECK(text.ends_with("\n# EOF\n"));
}

TEST_CASE("latencies are a histogram of seconds", "[formats][openmetrics]") {
    std::string const text = metrics(shopSummary());
    CHECK(contains(text, "shakedown_load_latency_seconds_bucket{load=\"visitors\",le=\"0.01\"} "
                         "100\n"));
    CHECK(contains(text, "shakedown_load_latency_seconds_bucket{load=\"visitors\",le=\"+Inf\"} "
                         "1000\n"));
    CHECK(contains(text, "shakedown_load_latency_seconds_count{load=\"visitors\"} 1000\n"));
    CHECK(contains(text, "shakedown_load_latency_seconds_sum{load=\"visitors\"} 333.8335\n"));
    CHECK_FALSE(contains(metrics(shopSummary(), {}), "shakedown_load_latency_seconds_bucket"));
}

TEST_CASE("an expectation that could not be checked has no sample", "[formats][openmetrics]") {
    std::string const text = metrics(shopSummary());
    CHECK(contains(text, "shakedown_expectation_held{number=\"1\",expectation=\"p99(visitors) < "
                         "200ms\"} 1\n"));
    CHECK(contains(text, "{number=\"2\",expectation=\"errors(visitors) < 1%\"} 0\n"));
    CHECK_FALSE(contains(text, "lag(orders)"));
}

TEST_CASE("a quantile or a share of nothing is left out", "[formats][openmetrics]") {
    auto s = shopSummary();
    std::string const before = metrics(s);
    CHECK(before.find("latency_quantile_seconds{load=\"visitors\"") != std::string::npos);
    s.loads[0].ok = s.loads[0].degraded = 0;
    s.services[0].started = 0;
    s.calls[1].requests = 0;
    std::string const after = metrics(s);
    CHECK(after.find("latency_quantile_seconds{load=\"visitors\"") == std::string::npos);
    CHECK(after.find("waited_ratio{service=\"site\"") == std::string::npos);
    CHECK(after.find("amplification_ratio{call=\"site -> autos\"") == std::string::npos);
    CHECK(after.find("errors_ratio{load=\"visitors\"") != std::string::npos); // all failed
}

TEST_CASE("energy stands there only if it was measured", "[formats][openmetrics]") {
    std::string const text = metrics(onMachines());
    CHECK(contains(text, "shakedown_host_energy_joules{host=\"north-1\"} 1234.5\n"));
    CHECK_FALSE(contains(text, "shakedown_host_energy_joules{host=\"north-2\"}"));
    CHECK_FALSE(contains(metrics(shopSummary()), "joules"));
}

TEST_CASE("label values are escaped", "[formats][openmetrics]") {
    CHECK(labelText("a\"b\\c\nd") == "\"a\\\"b\\\\c\\nd\"");
    CHECK(labelText(std::string_view("\0\r\x7f\xff", 4))
          == "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    CHECK(labelText("gr\xc3\xbc\xc3\x9f") == "\"gr\xc3\xbc\xc3\x9f\"");
}
