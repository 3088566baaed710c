// The routes of the native API, without a socket.
#include <catch2/catch.hpp>

#include "tests/chaos-agent/control/native_stand.hpp"

using namespace shakedown;
using namespace shakedown::control;
using namespace shakedown::tests;
using nlohmann::json;
using Reason = safety::Refusal::Reason;

namespace {

std::string codeIn(Response const& answer) {
    return json::parse(answer.body)["error"]["code"];
}
std::string messageIn(Response const& answer) {
    return json::parse(answer.body)["error"]["message"];
}

std::string field(Response const& answer, std::string const& name) {
    for (auto const& [field, value] : answer.fields) {
        if (field == name) {
            return value;
        }
    }
    return "";
}

} // namespace

TEST_CASE("a fault is planned, started, renewed, told of and stopped", "[control][native]") {
    NativeStand stand;
    json const plan = stand.json("POST", "/v1/plans", 200, hangRequest());
    REQUIRE(plan["steps"][0]["revert"] == "delete it");

    auto request = stand.request("POST", "/v1/faults", TestTokens::inject, hangRequest().dump());
    request.idempotencyKey = "once-1";
    auto const started = stand.api.answer(request);
    REQUIRE(started.status == 201);
    REQUIRE(field(started, "Location") == "/v1/faults/0123456789abcdef");
    REQUIRE(json::parse(started.body)["state"] == "applied");
    REQUIRE(stand.keeper.key == "once-1");
    REQUIRE(stand.keeper.caller.name == "token inject");
    REQUIRE(stand.keeper.caller.role == safety::Role::Inject);
    REQUIRE(stand.keeper.request.target == "orders");

    std::string const fault = field(started, "Location");
    REQUIRE(stand.json("POST", fault + "/lease", 200)["id"] == "0123456789abcdef");
    REQUIRE(stand.json("GET", fault, 200)["state"] == "applied");
    REQUIRE(stand.json("GET", "/v1/faults", 200)["faults"].size() == 1);
    REQUIRE(stand.json("DELETE", fault, 200)["state"] == "reverted");
    REQUIRE(stand.keeper.calls
            == std::vector<std::string>{"plan", "start", "renew 0123456789abcdef",
                                        "stop 0123456789abcdef"});
}

TEST_CASE("the lever is pulled with a reason and released", "[control][native]") {
    NativeStand stand;
    REQUIRE(stand.json("GET", "/v1/halt", 200)["on"] == false);
    json const halted = stand.json("PUT", "/v1/halt", 200, {{"reason", "smoke"}});
    REQUIRE(halted["on"] == true);
    REQUIRE(halted["reason"] == "smoke");
    REQUIRE(halted["by"] == "token admin");
    REQUIRE(stand.json("GET", "/v1/halt", 200)["on"] == true);
    REQUIRE(stand.json("DELETE", "/v1/halt", 200)["on"] == false);
    for (json const& bad : {json::object(), json{{"reason", ""}}, json{{"reason", 1}},
                            json{{"reason", "a"}, {"by", "me"}}, json::array()}) {
        REQUIRE(stand.ask("PUT", "/v1/halt", TestTokens::halt, bad.dump()).status == 400);
    }
}

TEST_CASE("targets, capabilities and the audit log are told", "[control][native]") {
    NativeStand stand;
    REQUIRE(stand.json("GET", "/v1/targets", 200)["targets"] == json({"orders", "stock"}));
    json const capabilities = stand.json("GET", "/v1/capabilities", 200)["capabilities"];
    REQUIRE(capabilities[0]["why"] == "no nftables");
    REQUIRE(capabilities[1]["possible"] == true);
    REQUIRE(stand.json("GET", "/v1/audit", 200)["lines"].size() == 100);
    json const lines = stand.json("GET", "/v1/audit?count=7", 200)["lines"];
    REQUIRE(lines == json(std::vector<std::string>(7, R"({"what":"started"})")));
    for (char const* bad : {"count=0", "count=1001", "count=-1", "count=", "count",
                            "count=1&count=2", "n=1", "count=x", "count=1 "}) {
        INFO(bad);
        REQUIRE(stand.ask("GET", std::string("/v1/audit?") + bad).status == 400);
    }
}

TEST_CASE("what the keeper refuses has a status and a code of its own", "[control][native]") {
    struct Row {
        Reason reason;
        unsigned status;
        char const* code;
    };
    NativeStand stand;
    for (auto const& [reason, status, code] :
         {Row{Reason::NotAllowed, 403, "not_allowed"}, Row{Reason::Conflict, 409, "conflict"},
          Row{Reason::NotPossible, 422, "not_possible"}, Row{Reason::Halted, 423, "halted"},
          Row{Reason::NotFound, 404, "not_found"}, Row{Reason::NotYours, 403, "not_yours"},
          Row{Reason::NoRecord, 507, "no_record"}}) {
        stand.keeper.refuseNext = safety::Refusal{reason, "because"};
        auto const answer =
            stand.ask("POST", "/v1/faults", TestTokens::inject, hangRequest().dump());
        REQUIRE(answer.status == status);
        REQUIRE(codeIn(answer) == code);
        REQUIRE(messageIn(answer) == "because");
        REQUIRE(stand.keeper.denied.empty()); // the keeper writes its own refusals
    }
    for (auto const& [method, path] :
         {std::pair{"POST", "/v1/faults/a/lease"}, std::pair{"DELETE", "/v1/faults/a"},
          std::pair{"DELETE", "/v1/halt"}}) {
        stand.keeper.refuseNext = safety::Refusal{Reason::NoRecord, "because"};
        REQUIRE(stand.ask(method, path).status == 507);
    }
    REQUIRE(stand.ask("GET", "/v1/faults/ffff").status == 404);
}

TEST_CASE("routes that are not there and methods that are not known are refused",
          "[control][native]") {
    NativeStand stand;
    for (char const* path :
         {"/", "/v1", "/v1/", "/v2/faults", "/v1/faults/", "/v1//faults", "/v1/faults/a/b",
          "/v1/faults/a/lease/b", "/v1/%00", "/v1/faults%2fa", "/V1/faults", "/v1/../healthz"}) {
        INFO(path);
        auto const answer = stand.ask("GET", path);
        REQUIRE(answer.status == 404);
        REQUIRE(codeIn(answer) == "no_such_route");
    }
    auto const answer = stand.ask("PATCH", "/v1/faults");
    REQUIRE(answer.status == 405);
    REQUIRE(field(answer, "Allow") == "GET, POST");
    REQUIRE(field(stand.ask("POST", "/v1/halt"), "Allow") == "GET, PUT, DELETE");
    REQUIRE(stand.ask("HEAD", "/healthz").status == 405);
    REQUIRE(stand.ask("get", "/v1/faults").status == 405);
    REQUIRE(stand.keeper.calls.empty());
}

TEST_CASE("a body that cannot be read changes nothing and is told why", "[control][native]") {
    NativeStand stand;
    auto const start = [&](std::string const& body) {
        return stand.ask("POST", "/v1/faults", TestTokens::inject, body);
    };
    for (std::string const& bad : std::vector<std::string>{
             "{", "[]", "null", "\xff", R"({"kind":"hang"} {})", "nonsense",
             R"({"kind":"hang","target":"orders","duration_us":30000000,"extra":1})"}) {
        INFO(bad);
        REQUIRE(start(bad).status == 400);
    }
    REQUIRE(messageIn(start(R"({"kind":"hang","target":"a","duration_us":1000,"leese_us":1})"))
                .find("did you mean 'lease_us'?")
            != std::string::npos);
    REQUIRE(
        messageIn(start(std::string(65, '[') + std::string(65, ']'))).find("nested deeper than 64")
        != std::string::npos);
    REQUIRE(start(std::string(1'000'000, '[')).status == 400);
    REQUIRE(start("").status == 415); // nothing was declared, nothing was sent

    auto request = stand.request("POST", "/v1/faults", TestTokens::inject, hangRequest().dump());
    for (char const* type : {"", "text/plain", "application/x-www-form-urlencoded",
                             "multipart/form-data", "application/jsonx", "json"}) {
        request.contentType = type;
        REQUIRE(stand.api.answer(request).status == 415);
    }
    REQUIRE(stand.keeper.calls.empty());
    request.contentType = "Application/JSON ; charset=utf-8";
    REQUIRE(stand.api.answer(request).status == 201);
}

TEST_CASE("a body that says something twice starts nothing", "[control][native]") {
    NativeStand stand;
    // Who looked at it before us may have read the other one.
    auto const answer =
        stand.ask("POST", "/v1/faults", TestTokens::inject,
                  R"({"kind":"hang","target":"orders","duration_us":1000,"duration_us":30000000})");
    REQUIRE(answer.status == 400);
    REQUIRE(answer.body.find("'duration_us' stands twice") != std::string::npos);
    REQUIRE(stand.keeper.calls.empty());
}

TEST_CASE("a body or a query where none is taken is refused", "[control][native]") {
    NativeStand stand;
    for (NativeRoute const& route : nativeRoutes()) {
        INFO(route.method << " " << route.path);
        if (route.body == nullptr) {
            REQUIRE(stand.ask(route.method, targetOf(route), TestTokens::admin, "{}").status
                    == 400);
        }
        REQUIRE(stand.ask(route.method, targetOf(route) + "?a=b", TestTokens::admin, bodyFor(route))
                    .status
                == 400);
    }
    REQUIRE(stand.keeper.calls.empty());
}

TEST_CASE("a key of idempotency is short and visible", "[control][native]") {
    NativeStand stand;
    auto request = stand.request("POST", "/v1/faults", TestTokens::inject, hangRequest().dump());
    for (std::string const& bad :
         {std::string(129, 'a'), std::string("a b"), std::string("\xc3\xa4")}) {
        request.idempotencyKey = bad;
        REQUIRE(stand.api.answer(request).status == 400);
    }
    REQUIRE(stand.keeper.calls.empty());
    request.idempotencyKey = std::string(128, 'a');
    REQUIRE(stand.api.answer(request).status == 201);
}

TEST_CASE("readiness tells what is missing", "[control][native]") {
    NativeStand stand;
    REQUIRE(stand.ask("GET", "/readyz").status == 200);
    stand.keeper.told.isWatched = false;
    REQUIRE(stand.ask("GET", "/readyz").status == 503);
    REQUIRE(codeIn(stand.ask("GET", "/readyz")) == "not_watched");
    stand.keeper.told.canRecord = false;
    REQUIRE(codeIn(stand.ask("GET", "/readyz")) == "cannot_record");
    REQUIRE(stand.ask("GET", "/healthz").status == 200);
}

TEST_CASE("the metrics are those of the keeper, as OpenMetrics", "[control][native]") {
    NativeStand stand;
    stand.keeper.told.active = 2;
    stand.keeper.told.stuck = 1;
    stand.keeper.told.started = 9;
    stand.keeper.told.reverted = 6;
    stand.keeper.told.refused = 3;
    stand.keeper.told.revertSeconds = 0.125;
    auto const answer = stand.ask("GET", "/metrics");
    REQUIRE(answer.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8");
    for (char const* line :
         {"# TYPE shakedown_agent_faults_active gauge\n", "\nshakedown_agent_faults_active 2\n",
          "\nshakedown_agent_faults_stuck 1\n", "\nshakedown_agent_faults_started_total 9\n",
          "\nshakedown_agent_faults_reverted_total 6\n",
          "\nshakedown_agent_faults_refused_total 3\n",
          "\nshakedown_agent_revert_seconds_sum 0.125\n",
          "\nshakedown_agent_revert_seconds_count 6\n"}) {
        INFO(line);
        REQUIRE(answer.body.find(line) != std::string::npos);
    }
    REQUIRE(answer.body.ends_with("\n# EOF\n"));
}

TEST_CASE("events are told in order, from the one that is asked for", "[control][native][events]") {
    NativeStand stand;
    stand.keeper.tell("applied", "a");
    stand.keeper.tell("reverted", "a");
    auto request = stand.request("GET", "/v1/events", TestTokens::read);
    auto const fresh = stand.api.answer(request).feed;
    REQUIRE(fresh);
    REQUIRE(fresh->next().empty());
    request.lastEventId = "1";
    auto const again = stand.api.answer(request).feed;
    std::string const text = again->next();
    REQUIRE(text.starts_with("id: 2\ndata: {"));
    REQUIRE(text.ends_with("}\n\n"));
    REQUIRE(json::parse(text.substr(text.find('{')))["what"] == "reverted");
    REQUIRE(again->next().empty());

    int woken = 0;
    fresh->onMore([&] { ++woken; });
    stand.keeper.tell("halted", "", "a\nline");
    REQUIRE(woken == 1);
    std::string const halted = fresh->next();
    REQUIRE(std::count(halted.begin(), halted.end(), '\n') == 3);
    REQUIRE(fresh->next().empty());
    for (char const* bad : {"-1", "a", "1 ", "99999999999999999999999"}) {
        request.lastEventId = bad;
        REQUIRE(stand.api.answer(request).status == 400);
    }
}

TEST_CASE("events that are gone are told to be lost", "[control][native][events]") {
    NativeStand stand;
    stand.keeper.eventsKept = 3;
    for (int i = 0; i < 10; ++i) {
        stand.keeper.tell("applied");
    }
    auto request = stand.request("GET", "/v1/events", TestTokens::read);
    request.lastEventId = "2";
    std::string const behind = stand.api.answer(request).feed->next();
    REQUIRE(behind.starts_with("event: lost\ndata: {\"after\":2,\"next\":8}\n\nid: 8\n"));
    REQUIRE(behind.find("event: lost", 1) == std::string::npos);
    // A number of an earlier life of the agent.
    request.lastEventId = "500";
    std::string const before = stand.api.answer(request).feed->next();
    REQUIRE(before.starts_with("event: lost\ndata: {\"after\":500,\"next\":8}\n\nid: 8\n"));
    REQUIRE(before.find("event: lost", 1) == std::string::npos);
}

TEST_CASE("what comes at once of the events is bounded", "[control][native][events]") {
    NativeStand stand;
    for (int i = 0; i < 1000; ++i) {
        stand.keeper.tell("applied");
    }
    auto request = stand.request("GET", "/v1/events", TestTokens::read);
    request.lastEventId = "0";
    auto const feed = stand.api.answer(request).feed;
    std::size_t events = 0;
    for (std::string piece = feed->next(); !piece.empty(); piece = feed->next()) {
        REQUIRE(piece.size() < 64 * 1024);
        for (auto at = piece.find("id: "); at != std::string::npos;
             at = piece.find("id: ", at + 1)) {
            ++events;
        }
    }
    REQUIRE(events == 1000);
}

TEST_CASE("the keeper is told when nobody listens any more", "[control][native][events]") {
    FakeKeeper keeper;
    auto const settings = testSettings();
    {
        NativeApi const api(keeper, settings, [] { return someTime; });
        REQUIRE(keeper.isListenedTo());
    }
    REQUIRE(!keeper.isListenedTo());
}
