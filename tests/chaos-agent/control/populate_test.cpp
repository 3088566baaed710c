#include <catch2/catch.hpp>

#include "tests/chaos-agent/control/api_stand.hpp"

using namespace shakedown::tests;
using nlohmann::json;

TEST_CASE("populating makes proxies and leaves equal ones alone", "[control][populate]") {
    ApiStand api;
    json const wanted = {{{"name", "p"}, {"listen", "127.0.0.1:0"}, {"upstream", "a:1"}},
                         {{"name", "q"}, {"upstream", "b:2"}, {"enabled", false}}};
    auto const first = api.json("POST", "/populate", 201, wanted);
    REQUIRE(first["proxies"].size() == 2);
    REQUIRE(first["proxies"][0]["name"] == "p");
    REQUIRE(first["proxies"][1]["enabled"] == false);
    api.json("POST", "/proxies/p/toxics", 200, {{"type", "latency"}});
    auto const again = api.json("POST", "/populate", 201, wanted);
    REQUIRE(again["proxies"][0]["listen"] == first["proxies"][0]["listen"]);
    REQUIRE(again["proxies"][0]["toxics"].size() == 1);
}

TEST_CASE("populating replaces a proxy of other addresses", "[control][populate]") {
    ApiStand api;
    std::string const listen = api.makeProxy("p")["listen"];
    api.json("POST", "/proxies/p/toxics", 200, {{"type", "latency"}});
    auto const answer = api.json("POST", "/populate", 201,
                                 {{{"name", "p"}, {"listen", listen}, {"upstream", "other:9"}}});
    REQUIRE(answer["proxies"][0]["upstream"] == "other:9");
    REQUIRE(answer["proxies"][0]["listen"] == listen);
    REQUIRE(answer["proxies"][0]["toxics"] == json::array());
}

TEST_CASE("a list is checked whole before anything is made", "[control][populate]") {
    ApiStand api;
    auto const refused = [&](json const& body) {
        return api.json("POST", "/populate", 400, body)["error"].get<std::string>();
    };
    json const good = {{"name", "p"}, {"upstream", "a:1"}};
    REQUIRE(refused({good, {{"upstream", "a:1"}}}) == "missing required field: name at proxy 2");
    REQUIRE(refused({good, good, {{"name", "r"}}})
            == "missing required field: upstream at proxy 3");
    REQUIRE(refused({{{"name", "p"}, {"upstream", 5}}})
            == "bad request body: 'upstream' must be a string at proxy 1");
    REQUIRE(refused(good) == "bad request body: the body must be an array");
    REQUIRE(api.json("GET", "/proxies", 200) == json::object());
}

TEST_CASE("where populating fails, what was made before is listed", "[control][populate]") {
    ApiStand api;
    std::string const taken = api.makeProxy("other")["listen"];
    auto const answer = api.json("POST", "/populate", 500,
                                 {{{"name", "p"}, {"upstream", "a:1"}},
                                  {{"name", "q"}, {"listen", taken}, {"upstream", "a:1"}}});
    REQUIRE(answer["status"] == 500);
    REQUIRE(answer["proxies"].size() == 1);
    REQUIRE(answer["proxies"][0]["name"] == "p");
}
