// Every row of the contract, as a function from request to answer.
#include <catch2/catch.hpp>

#include "tests/chaos-agent/control/api_stand.hpp"

using namespace shakedown::control;
using namespace shakedown::tests;
using nlohmann::json;

TEST_CASE("the version is that of the contract", "[control][toxiproxy]") {
    ApiStand api;
    auto const answer = api.ask("GET", "/version");
    REQUIRE(answer.status == 200);
    REQUIRE(answer.contentType == "application/json");
    REQUIRE(json::parse(answer.body) == json{{"version", "2.12.0"}});
}

TEST_CASE("proxies are made, listed, shown and deleted", "[control][toxiproxy]") {
    ApiStand api;
    REQUIRE(api.json("GET", "/proxies", 200) == json::object());
    auto const made =
        api.json("POST", "/proxies", 201, {{"name", "redis"}, {"upstream", "127.0.0.1:6379"}});
    REQUIRE(made["name"] == "redis");
    REQUIRE(made["upstream"] == "127.0.0.1:6379");
    REQUIRE(made["enabled"] == true);
    REQUIRE(made["toxics"] == json::array());
    std::string const listen = made["listen"];
    REQUIRE(listen.starts_with("127.0.0.1:"));
    REQUIRE(listen != "127.0.0.1:0");
    REQUIRE(api.json("GET", "/proxies", 200) == json{{"redis", made}});
    REQUIRE(api.json("GET", "/proxies/redis", 200) == made);
    REQUIRE(api.ask("DELETE", "/proxies/redis").status == 204);
    REQUIRE(api.ask("DELETE", "/proxies/redis").body
            == R"({"error":"proxy not found","status":404})");
    REQUIRE(api.json("GET", "/proxies", 200) == json::object());
}

TEST_CASE("a proxy may be made disabled, and with its toxics", "[control][toxiproxy]") {
    ApiStand api;
    auto const made =
        api.json("POST", "/proxies", 201,
                 {{"name", "p"},
                  {"listen", "127.0.0.1:0"},
                  {"upstream", "localhost:1"},
                  {"enabled", false},
                  {"toxics", {{{"type", "latency"}, {"attributes", {{"latency", 7}}}}}}});
    REQUIRE(made["enabled"] == false);
    REQUIRE(made["toxics"][0]["name"] == "latency_downstream");
    REQUIRE(made["toxics"][0]["attributes"]["latency"] == 7);
    REQUIRE(api.json("POST", "/proxies/p", 200, {{"enabled", true}})["enabled"] == true);
}

TEST_CASE("what a proxy lacks or has wrong is told", "[control][toxiproxy]") {
    ApiStand api;
    auto const refused = [&](json const& body) {
        auto const answer = api.json("POST", "/proxies", 400, body);
        REQUIRE(answer["status"] == 400);
        return answer["error"].get<std::string>();
    };
    REQUIRE(refused({{"upstream", "a:1"}}) == "missing required field: name");
    REQUIRE(refused({{"name", ""}, {"upstream", "a:1"}}) == "missing required field: name");
    REQUIRE(refused({{"name", "p"}}) == "missing required field: upstream");
    REQUIRE(refused({{"name", 1}, {"upstream", "a:1"}})
            == "bad request body: 'name' must be a string");
    REQUIRE(refused({{"name", "p"}, {"upstream", "a"}})
            == "bad request body: upstream 'a' is not host:port");
    REQUIRE(refused({{"name", "p"}, {"upstream", "a:1"}, {"enabled", "yes"}})
            == "bad request body: 'enabled' must be true or false");
    REQUIRE(refused(json::array()) == "bad request body: the body must be an object");
    REQUIRE(refused({{"name", "p"}, {"upstream", "a:1"}, {"toxics", {{{"type", "x"}}}}})
            == "invalid toxic type");
    REQUIRE(refused({{"name", std::string(257, 'a')}, {"upstream", "a:1"}})
                .starts_with("bad request body: a name"));
    REQUIRE(
        json::parse(api.ask("POST", "/proxies", "{").body)["error"].get<std::string>().starts_with(
            "bad request body: parse error"));
    REQUIRE(api.ask("POST", "/proxies", "").status == 400);
}

TEST_CASE("a name and a port are taken once", "[control][toxiproxy]") {
    ApiStand api;
    std::string const listen =
        api.json("POST", "/proxies", 201, {{"name", "p"}, {"upstream", "a:1"}})["listen"];
    REQUIRE(api.json("POST", "/proxies", 409, {{"name", "p"}, {"upstream", "a:1"}})
            == json{{"error", "proxy already exists"}, {"status", 409}});
    auto const taken =
        api.json("POST", "/proxies", 500, {{"name", "q"}, {"listen", listen}, {"upstream", "a:1"}});
    REQUIRE(taken["error"] == "listen tcp " + listen + ": bind: address already in use");
    REQUIRE(api.json("GET", "/proxies/q", 404)["error"] == "proxy not found");
}

TEST_CASE("an update of a proxy changes what it names", "[control][toxiproxy]") {
    ApiStand api;
    auto const made = api.json("POST", "/proxies", 201, {{"name", "p"}, {"upstream", "a:1"}});
    for (char const* method : {"POST", "PATCH"}) {
        auto changed = api.json(method, "/proxies/p", 200, {{"upstream", "b:2"}});
        REQUIRE(changed["upstream"] == "b:2");
        REQUIRE(changed["listen"] == made["listen"]);
        REQUIRE(changed["enabled"] == true);
        changed = api.json(method, "/proxies/p", 200, {{"enabled", false}});
        REQUIRE(changed["enabled"] == false);
        REQUIRE(changed["upstream"] == "b:2");
        changed = api.json(method, "/proxies/p", 200, made);
        REQUIRE(changed == made);
    }
    REQUIRE(api.ask("PATCH", "/proxies/q", "{}").status == 404);
    REQUIRE(api.ask("PATCH", "/proxies/p", "[]").status == 400);
    REQUIRE(api.json("PATCH", "/proxies/p", 400, {{"listen", "nonsense"}})["error"]
            == "bad request body: listen 'nonsense' is not host:port");
}

TEST_CASE("toxics are made with their defaults, listed upstream first", "[control][toxiproxy]") {
    ApiStand api;
    api.makeProxy("p");
    REQUIRE(api.json("GET", "/proxies/p/toxics", 200) == json::array());
    auto const made = api.json("POST", "/proxies/p/toxics", 200, {{"type", "latency"}});
    REQUIRE(made
            == json{{"name", "latency_downstream"},
                    {"type", "latency"},
                    {"stream", "downstream"},
                    {"toxicity", 1.0},
                    {"attributes", {{"latency", 0}, {"jitter", 0}}}});
    api.json("POST", "/proxies/p/toxics", 200,
             {{"name", "mine"}, {"type", "slicer"}, {"stream", "upstream"}, {"toxicity", 0.25}});
    api.json("POST", "/proxies/p/toxics", 200, {{"type", "timeout"}, {"stream", "upstream"}});
    auto const list = api.json("GET", "/proxies/p/toxics", 200);
    REQUIRE(list.size() == 3);
    REQUIRE(list[0]["name"] == "mine");
    REQUIRE(list[0]["toxicity"] == 0.25);
    REQUIRE(list[1]["name"] == "timeout_upstream");
    REQUIRE(list[2] == made);
    REQUIRE(api.json("GET", "/proxies/p", 200)["toxics"] == list);
    REQUIRE(api.json("GET", "/proxies/p/toxics/mine", 200) == list[0]);
}

TEST_CASE("every type has its attributes and keeps their values", "[control][toxiproxy]") {
    ApiStand api;
    api.makeProxy("p");
    json const types = {{"latency", {{"latency", 1000}, {"jitter", 50}}},
                        {"bandwidth", {{"rate", 12}}},
                        {"slow_close", {{"delay", 13}}},
                        {"timeout", {{"timeout", 14}}},
                        {"reset_peer", {{"timeout", 15}}},
                        {"slicer", {{"average_size", 16}, {"size_variation", 17}, {"delay", 18}}},
                        {"limit_data", {{"bytes", 1'000'000'000'000}}}};
    for (auto const& [type, attributes] : types.items()) {
        INFO(type);
        auto const made = api.json("POST", "/proxies/p/toxics", 200,
                                   {{"type", type}, {"attributes", attributes}});
        REQUIRE(made["attributes"] == attributes);
        REQUIRE(api.json("GET", "/proxies/p/toxics/" + type + "_downstream", 200) == made);
    }
}

TEST_CASE("what a toxic has wrong is told", "[control][toxiproxy]") {
    ApiStand api;
    api.makeProxy("p");
    auto const refused = [&](unsigned status, json const& body) {
        return api.json("POST", "/proxies/p/toxics", status, body)["error"].get<std::string>();
    };
    REQUIRE(refused(400, {{"type", "latency"}, {"stream", "sideways"}})
            == "stream was invalid, can be either upstream or downstream");
    REQUIRE(refused(400, {{"type", "nonsense"}}) == "invalid toxic type");
    REQUIRE(refused(400, json::object()) == "invalid toxic type");
    REQUIRE(refused(400, {{"type", "latency"}, {"toxicity", 1.5}})
            == "bad request body: 'toxicity' must be a number from 0 to 1");
    for (json const& value : {json(-1), json(1.5), json("5"), json(2e12), json::array()}) {
        INFO(value);
        REQUIRE(refused(400, {{"type", "latency"}, {"attributes", {{"latency", value}}}})
                == "bad request body: 'attributes.latency' must be a whole number from 0 to "
                   "1000000000000");
    }
    REQUIRE(refused(400, {{"type", "latency"}, {"attributes", 5}})
            == "bad request body: 'attributes' must be an object");
    refused(400, json::array());
    api.json("POST", "/proxies/p/toxics", 200, {{"type", "latency"}});
    REQUIRE(refused(409, {{"type", "latency"}}) == "toxic already exists");
    REQUIRE(api.json("GET", "/proxies/p/toxics", 200).size() == 1);
    REQUIRE(api.json("POST", "/proxies/q/toxics", 404, {{"type", "latency"}})["error"]
            == "proxy not found");
}

TEST_CASE("fields are read as clients write them", "[control][toxiproxy]") {
    ApiStand api;
    auto const made =
        api.json("POST", "/proxies", 201,
                 {{"Name", "p"}, {"UPSTREAM", "a:1"}, {"toxics", nullptr}, {"more", 1}});
    REQUIRE(made["name"] == "p");
    auto const toxic = api.json("POST", "/proxies/p/toxics", 200,
                                {{"type", "latency"},
                                 {"stream", "Upstream"},
                                 {"name", nullptr},
                                 {"attributes", {{"latency", 5}, {"unknown", "x"}}}});
    REQUIRE(toxic["name"] == "latency_upstream");
    REQUIRE(toxic["attributes"] == json{{"latency", 5}, {"jitter", 0}});
}

TEST_CASE("an update of a toxic merges", "[control][toxiproxy]") {
    ApiStand api;
    api.makeProxy("p");
    api.json("POST", "/proxies/p/toxics", 200,
             {{"name", "t"},
              {"type", "latency"},
              {"toxicity", 0.5},
              {"attributes", {{"latency", 100}, {"jitter", 10}}}});
    for (char const* method : {"POST", "PATCH"}) {
        auto changed = api.json(method, "/proxies/p/toxics/t", 200,
                                {{"attributes", {{"latency", 200}}}, {"type", "timeout"}});
        REQUIRE(changed["type"] == "latency");
        REQUIRE(changed["toxicity"] == 0.5);
        REQUIRE(changed["attributes"] == json{{"latency", 200}, {"jitter", 10}});
        changed = api.json(method, "/proxies/p/toxics/t", 200, {{"toxicity", 0.75}});
        REQUIRE(changed["attributes"] == json{{"latency", 200}, {"jitter", 10}});
        REQUIRE(changed["toxicity"] == 0.75);
        api.json(method, "/proxies/p/toxics/t", 200, {{"toxicity", 0.5}});
    }
    REQUIRE(api.json("PATCH", "/proxies/p/toxics/u", 404, json::object())["error"]
            == "toxic not found");
    REQUIRE(api.json("PATCH", "/proxies/p/toxics/t", 400, {{"toxicity", -1}})["status"] == 400);
    REQUIRE(api.ask("DELETE", "/proxies/p/toxics/t").status == 204);
    REQUIRE(api.json("DELETE", "/proxies/p/toxics/t", 404)["error"] == "toxic not found");
    REQUIRE(api.json("GET", "/proxies/p/toxics/t", 404)["error"] == "toxic not found");
}

TEST_CASE("names with spaces and signs are reached by their escapes", "[control][toxiproxy]") {
    ApiStand api;
    api.makeProxy("a b/c");
    REQUIRE(api.json("GET", "/proxies/a%20b%2Fc", 200)["name"] == "a b/c");
    for (char const* path : {"/proxies/%", "/proxies/%4", "/proxies/%zz", "/proxies/%00"}) {
        REQUIRE(api.ask("GET", path).status == 404);
    }
}

TEST_CASE("resetting enables all and removes every toxic", "[control][toxiproxy]") {
    ApiStand api;
    api.makeProxy("p");
    api.makeProxy("q");
    api.json("POST", "/proxies/p", 200, {{"enabled", false}});
    api.json("POST", "/proxies/q/toxics", 200, {{"type", "latency"}});
    REQUIRE(api.ask("POST", "/reset").status == 204);
    for (char const* path : {"/proxies/p", "/proxies/q"}) {
        auto const proxy = api.json("GET", path, 200);
        REQUIRE(proxy["enabled"] == true);
        REQUIRE(proxy["toxics"] == json::array());
    }
    REQUIRE(api.ask("POST", "/reset", "{}").status == 204);
}

TEST_CASE("a reset that cannot enable a proxy changes nothing and says which",
          "[control][toxiproxy]") {
    ApiStand api;
    std::string const listen = api.makeProxy("p")["listen"];
    api.json("POST", "/proxies/p", 200, {{"enabled", false}});
    api.json("POST", "/proxies", 201, {{"name", "q"}, {"listen", listen}, {"upstream", "a:1"}});
    api.json("POST", "/proxies/q/toxics", 200, {{"type", "latency"}});
    auto const answer = api.json("POST", "/reset", 500);
    REQUIRE(answer["proxies"].contains("p"));
    REQUIRE(answer["proxies"].size() == 1);
    REQUIRE(api.json("GET", "/proxies/q/toxics", 200).size() == 1);
    REQUIRE(api.json("GET", "/proxies/p", 200)["enabled"] == false);
}

TEST_CASE("a listen that would have to be looked up is refused", "[control][toxiproxy]") {
    ApiStand api;
    json const named = {{"name", "p"}, {"listen", "some.name:0"}, {"upstream", "a:1"}};
    auto const refused = api.json("POST", "/proxies", 400, named);
    REQUIRE(refused["error"]
            == "bad request body: listen 'some.name:0' must have an IP address, localhost or no"
               " host");
    api.json("POST", "/populate", 400, json::array({named}));
    api.makeProxy("p");
    api.json("POST", "/proxies/p", 400, {{"listen", "some.name:0"}});
    REQUIRE(api.json("GET", "/proxies/p", 200)["enabled"] == true);
}
