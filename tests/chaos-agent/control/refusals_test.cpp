// Who and what the API refuses, and its counters.
#include <catch2/catch.hpp>

#include "tests/chaos-agent/control/api_stand.hpp"

using namespace shakedown::control;
using namespace shakedown::tests;
using nlohmann::json;

TEST_CASE("other methods get 405 without a body on every route", "[control][refusals]") {
    ApiStand api;
    api.makeProxy("p");
    struct Route {
        char const* path;
        std::vector<std::string> methods;
    };
    std::vector<Route> const routes{
        {"/version", {"GET"}},
        {"/metrics", {"GET"}},
        {"/reset", {"POST"}},
        {"/populate", {"POST"}},
        {"/proxies", {"GET", "POST"}},
        {"/proxies/p", {"GET", "POST", "PATCH", "DELETE"}},
        {"/proxies/p/toxics", {"GET", "POST"}},
        {"/proxies/p/toxics/t", {"GET", "POST", "PATCH", "DELETE"}},
    };
    for (auto const& route : routes) {
        for (std::string const method :
             {"GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS", "TRACE", "BREW"}) {
            if (std::count(route.methods.begin(), route.methods.end(), method) > 0) {
                continue;
            }
            INFO(method << " " << route.path);
            auto const answer = api.ask(method, route.path);
            REQUIRE(answer.status == 405);
            REQUIRE(answer.body.empty());
        }
    }
}

TEST_CASE("there is nothing beside the routes", "[control][refusals]") {
    ApiStand api;
    api.makeProxy("p");
    for (char const* path :
         {"/", "/proxy", "/proxies/", "//proxies", "/proxies//p", "/proxies/p/", "/proxies/p/toxic",
          "/proxies/p/toxics/", "/proxies/p/toxics/t/u", "/version/x", "/../version", "/PROXIES"}) {
        INFO(path);
        REQUIRE(api.ask("GET", path).status == 404);
    }
}

TEST_CASE("browsers are refused everywhere", "[control][refusals]") {
    ApiStand api;
    for (char const* path : {"/version", "/proxies", "/metrics", "/nowhere"}) {
        auto const answer = api.api.answer({"GET", path, "Mozilla/5.0 (X11)", "", ""});
        REQUIRE(answer.status == 403);
    }
    REQUIRE(api.api.answer({"GET", "/version", "curl/7 Mozilla/5.0", "", ""}).status == 200);
}

TEST_CASE("a body that is not JSON is refused on every route", "[control][refusals]") {
    ApiStand api;
    api.makeProxy("p");
    for (char const* path :
         {"/reset", "/proxies", "/populate", "/proxies/p", "/proxies/p/toxics"}) {
        INFO(path);
        REQUIRE(api.ask("POST", path, "name=p&upstream=a").status == 400);
        REQUIRE(api.ask("POST", path, "{} {}").status == 400);
        REQUIRE(api.ask("POST", path, "{\"a\":\"\xff\"}").status == 400);
        REQUIRE(api.api.answer({"POST", path, "", "text/plain", "{}"}).status == 415);
        REQUIRE(api.api.answer({"POST", path, "", "multipart/form-data; boundary=x", "{}"}).status
                == 415);
    }
    for (char const* type : {"", "application/json", "Application/JSON; charset=utf-8",
                             "application/vnd.x+json", "application/x-www-form-urlencoded"}) {
        REQUIRE(api.api.answer({"POST", "/reset", "", type, "{}"}).status == 204);
    }
}

TEST_CASE("JSON nests to 64 and no deeper", "[control][refusals]") {
    ApiStand api;
    auto const nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    REQUIRE(api.ask("POST", "/reset", nested(64)).status == 204);
    REQUIRE(api.ask("POST", "/reset", nested(65)).status == 400);
    REQUIRE(api.ask("POST", "/reset", std::string(1'000'000, '[')).status == 400);
    REQUIRE(api.ask("POST", "/reset", "\"" + std::string(1000, '[') + "\\\"[\"").status == 204);
}

TEST_CASE("a name that stands twice in an object is refused, of whichever depth",
          "[control][refusals]") {
    ApiStand api;
    api.makeProxy("p");
    for (auto const* body :
         {R"({"name":"x","upstream":"127.0.0.1:1","name":"y"})",
          R"({"name":"x","upstream":"127.0.0.1:1","toxics":[{"type":"latency","type":"timeout"}]})",
          R"({"n\u0061me":"x","name":"y","upstream":"127.0.0.1:1"})"}) {
        INFO(body);
        auto const answer = api.ask("POST", "/proxies", body);
        REQUIRE(answer.status == 400);
        REQUIRE(answer.body.find("stands twice") != std::string::npos);
    }
    // In two objects it may.
    REQUIRE(
        api.ask("POST", "/populate",
                R"([{"name":"a","upstream":"127.0.0.1:1"},{"name":"b","upstream":"127.0.0.1:1"}])")
            .status
        == 201);
}

TEST_CASE("counters name direction, proxy, listener and upstream", "[control][metrics]") {
    ApiStand api;
    std::string const listen = api.makeProxy("a\"b\\c")["listen"];
    auto const answer = api.ask("GET", "/metrics");
    REQUIRE(answer.status == 200);
    REQUIRE(answer.contentType.starts_with("text/plain"));
    std::string const line =
        "toxiproxy_proxy_received_bytes_total{direction=\"upstream\",proxy=\"a\\\"b\\\\c\","
        "listener=\""
        + listen + "\",upstream=\"127.0.0.1:1\"} 0\n";
    REQUIRE(answer.body.find(line) != std::string::npos);
    REQUIRE(answer.body.find("# TYPE toxiproxy_proxy_sent_bytes_total counter\n")
            != std::string::npos);
}
