// Who may do what on every route of the native API. From the table, so that no route is forgotten.
#include <catch2/catch.hpp>

#include "tests/chaos-agent/control/native_stand.hpp"

using namespace shakedown;
using namespace shakedown::control;
using namespace shakedown::tests;
using safety::Role;

namespace {

// Asks for the route and requires that it is denied, recorded and not done.
void requireDenied(NativeStand& stand, NativeRoute const& route, std::string const& token,
                   unsigned status) {
    auto const before = stand.keeper.denied.size();
    auto const answer = stand.ask(route.method, targetOf(route), token, bodyFor(route));
    INFO(route.method << " " << route.path << " with '" << token << "': " << answer.body);
    REQUIRE(answer.status == status);
    auto const error = nlohmann::json::parse(answer.body)["error"];
    REQUIRE(error["code"] == (status == 401 ? "unauthorized" : "forbidden"));
    REQUIRE(stand.keeper.denied.size() == before + 1);
    REQUIRE(stand.keeper.denied.back().second == std::string(route.method) + " " + targetOf(route));
    REQUIRE(stand.keeper.calls.empty());
}

} // namespace

TEST_CASE("only the route that says that the agent lives is open", "[control][native][roles]") {
    std::vector<std::string> open;
    for (NativeRoute const& route : nativeRoutes()) {
        if (!route.needs) {
            open.emplace_back(route.path);
        }
    }
    REQUIRE(open == std::vector<std::string>{"/healthz"});
    NativeStand stand;
    REQUIRE(stand.ask("GET", "/healthz", "").status == 200);
    REQUIRE(stand.ask("GET", "/healthz", "wrong").status == 200);
    REQUIRE(stand.keeper.denied.empty());
}

TEST_CASE("what changes something needs more than to read", "[control][native][roles]") {
    for (NativeRoute const& route : nativeRoutes()) {
        bool const isPlan = std::string(route.name) == "plan";
        if (std::string(route.method) != "GET" && !isPlan) {
            INFO(route.method << " " << route.path);
            REQUIRE(route.needs > Role::Read);
        }
    }
}

TEST_CASE("every route is denied to who is not known", "[control][native][roles]") {
    NativeStand stand;
    for (NativeRoute const& route : nativeRoutes()) {
        if (!route.needs) {
            continue;
        }
        requireDenied(stand, route, "", 401);
        requireDenied(stand, route, "wrong-0123456789abcdef0123456789", 401);
        requireDenied(stand, route, TestTokens::admin + "x", 401);
        requireDenied(stand, route, TestTokens::admin.substr(1), 401);
        requireDenied(stand, route, sha256Of(TestTokens::admin), 401);
        requireDenied(stand, route, TestTokens::expired, 401);
    }
}

TEST_CASE("every route is denied to roles below its own and allowed to the others",
          "[control][native][roles]") {
    for (NativeRoute const& route : nativeRoutes()) {
        if (!route.needs) {
            continue;
        }
        for (Role const role : everyRole) {
            NativeStand stand;
            if (role < *route.needs) {
                requireDenied(stand, route, TestTokens::of(role), 403);
                continue;
            }
            auto const answer =
                stand.ask(route.method, targetOf(route), TestTokens::of(role), bodyFor(route));
            INFO(route.method << " " << route.path << " as " << nameOf(role) << ": "
                              << answer.body);
            REQUIRE(answer.status == route.status);
            REQUIRE(answer.contentType.starts_with(route.contentType));
            REQUIRE(stand.keeper.denied.empty());
        }
    }
}

TEST_CASE("who is not known does not learn what routes there are", "[control][native][roles]") {
    NativeStand stand;
    REQUIRE(stand.ask("GET", "/v1/secrets", "").status == 401);
    REQUIRE(stand.ask("PATCH", "/v1/faults", "").status == 401);
    REQUIRE(stand.ask("POST", "/healthz", "").status == 401);
    REQUIRE(stand.ask("GET", "/v1/secrets").status == 404);
}

TEST_CASE("a token counts until the second in which it expires", "[control][native][roles]") {
    NativeStand stand;
    stand.now = someTime - 1;
    REQUIRE(stand.ask("GET", "/v1/faults", TestTokens::expired).status == 200);
    stand.now = someTime;
    REQUIRE(stand.ask("GET", "/v1/faults", TestTokens::expired).status == 401);
}

TEST_CASE("a token is taken in the form of a bearer's only", "[control][native][roles]") {
    NativeStand stand;
    auto const statusOf = [&](std::string const& authorization) {
        auto request = stand.request("GET", "/v1/faults");
        request.authorization = authorization;
        return stand.api.answer(request).status;
    };
    REQUIRE(statusOf("Bearer " + TestTokens::read) == 200);
    REQUIRE(statusOf("bearer  " + TestTokens::read) == 200);
    for (std::string const& bad : std::vector<std::string>{
             "Basic " + TestTokens::read, TestTokens::read, "Bearer", "Bearer ", "Bearer    ",
             "Bearer" + TestTokens::read, "Bearer " + TestTokens::read + " ",
             "Bearer " + TestTokens::read + "," + TestTokens::read,
             "Bearer " + std::string(600, 'a')}) {
        INFO(bad);
        REQUIRE(statusOf(bad) == 401);
    }
}

TEST_CASE("no answer and no record of a denial holds the token", "[control][native][roles]") {
    NativeStand stand;
    std::string const secret = "a-secret-that-nobody-may-see-012";
    auto const answer = stand.ask("POST", "/v1/faults", secret, hangRequest().dump());
    REQUIRE(answer.body.find(secret) == std::string::npos);
    REQUIRE(stand.keeper.denied.back().first.find(secret) == std::string::npos);
}

TEST_CASE("a flood of denials does not flood the audit log", "[control][native][roles]") {
    NativeStand stand;
    for (int i = 0; i < 1000; ++i) {
        REQUIRE(stand.ask("GET", "/v1/faults", "wrong").status == 401);
    }
    REQUIRE(stand.keeper.denied.size() == 256);
    stand.now += 1;
    stand.ask("GET", "/v1/faults", "wrong");
    stand.ask("GET", "/v1/faults", "wrong");
    REQUIRE(stand.keeper.denied.size() == 257);
    REQUIRE(stand.keeper.denied.back().second
            == "GET /v1/faults (and 744 denials before it that are not written)");
}
