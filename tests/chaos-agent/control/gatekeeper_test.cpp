// Who asks: users of the host, certificates, tokens, and which of them decides.
#include <catch2/catch.hpp>

#include "chaos-agent/control/expiry.hpp"
#include "chaos-agent/control/gatekeeper.hpp"
#include "tests/chaos-agent/control/native_stand.hpp"

using namespace shakedown;
using namespace shakedown::control;
using namespace shakedown::tests;
using safety::Caller;
using safety::Role;

namespace {

constexpr uid_t nobody = 65'534;

Request fromUser(uid_t uid, std::vector<gid_t> groups) {
    Request request{"GET", "/v1/faults", "", "", ""};
    request.peer = {PeerIdentity::Via::Unix,
                    "uid " + std::to_string(uid),
                    PeerIdentity::Process{uid, std::move(groups)},
                    {}};
    return request;
}

Request withCertificate(std::string const& name) {
    Request request{"GET", "/v1/faults", "", "", ""};
    request.peer = {PeerIdentity::Via::Tls, "192.0.2.1", {}, name};
    return request;
}

NativeSettings settings() {
    auto settings = testSettings();
    settings.users = {{1000, Role::Inject}, {1001, Role::Read}};
    settings.groups = {{50, Role::Halt}, {51, Role::Read}};
    settings.certificates = {{"desk", Role::Inject}};
    return settings;
}

std::variant<Caller, Denial> whoAsks(Request const& request) {
    auto const known = settings();
    return Gatekeeper(known, [] { return someTime; }).whoAsks(request);
}

} // namespace

TEST_CASE("root and the agent's own user are admins", "[control][native][gatekeeper]") {
    for (uid_t const uid : {uid_t{0}, geteuid()}) {
        auto const caller = std::get<Caller>(whoAsks(fromUser(uid, {})));
        REQUIRE(caller.role == Role::Admin);
        REQUIRE(caller.name == "uid " + std::to_string(uid));
    }
}

TEST_CASE("other users have the role of their own or of a group, the greater of both",
          "[control][native][gatekeeper]") {
    auto const roleOf = [](uid_t uid, std::vector<gid_t> groups) {
        return std::get<Caller>(whoAsks(fromUser(uid, std::move(groups)))).role;
    };
    REQUIRE(roleOf(1000, {}) == Role::Inject);
    REQUIRE(roleOf(1000, {50}) == Role::Inject);
    REQUIRE(roleOf(1001, {7, 50}) == Role::Halt);
    REQUIRE(roleOf(nobody, {51, 50}) == Role::Halt);
    REQUIRE(roleOf(nobody, {51}) == Role::Read);
    REQUIRE(std::get<Denial>(whoAsks(fromUser(nobody, {7}))).status == 403);
    REQUIRE(std::get<Denial>(whoAsks(fromUser(nobody, {}))).who == "uid 65534");
}

TEST_CASE("a certificate has the role of its name", "[control][native][gatekeeper]") {
    auto const caller = std::get<Caller>(whoAsks(withCertificate("desk")));
    REQUIRE(caller.name == "certificate CN=desk");
    REQUIRE(caller.role == Role::Inject);
    REQUIRE(std::get<Denial>(whoAsks(withCertificate("Desk"))).status == 403);
    REQUIRE(std::get<Denial>(whoAsks(withCertificate("desk "))).status == 403);
}

TEST_CASE("a token that is shown decides, also if it is wrong", "[control][native][gatekeeper]") {
    for (Request request : {fromUser(0, {}), withCertificate("desk")}) {
        request.authorization = "Bearer " + TestTokens::read;
        auto const caller = std::get<Caller>(whoAsks(request));
        REQUIRE(caller.name == "token read");
        REQUIRE(caller.role == Role::Read);
        request.authorization = "Bearer wrong";
        REQUIRE(std::get<Denial>(whoAsks(request)).status == 401);
        request.authorization = "Bearer " + TestTokens::expired;
        REQUIRE(std::get<Denial>(whoAsks(request)).status == 401);
    }
}

TEST_CASE("fresh tokens differ, are hard to guess and are known by their hash",
          "[control][native][token]") {
    auto const one = makeToken();
    auto const two = makeToken();
    REQUIRE(one);
    REQUIRE(two);
    REQUIRE(one->token != two->token);
    REQUIRE(one->token.starts_with("sd_"));
    REQUIRE(one->token.size() == 3 + 2 * 24); // 192 bits
    REQUIRE(isSha256(one->sha256));
    REQUIRE(one->sha256 == sha256Of(one->token));
    std::vector<TokenHash> const tokens{{"one", one->sha256, Role::Read, {}},
                                        {"two", two->sha256, Role::Admin, {}}};
    REQUIRE(findToken(tokens, one->token)->name == "one");
    REQUIRE(findToken(tokens, two->token)->name == "two");
    REQUIRE(findToken(tokens, "") == nullptr);
    REQUIRE(findToken({}, one->token) == nullptr);
}

TEST_CASE("the hash is SHA-256", "[control][native][token]") {
    // FIPS 180-2, appendix B.1.
    REQUIRE(sha256Of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("an expiry is Unix time or a date with its offset", "[control][native][token]") {
    REQUIRE(parseExpiry("1700000000") == 1'700'000'000);
    REQUIRE(parseExpiry("0") == 0);
    REQUIRE(parseExpiry("2023-11-14T22:13:20Z") == 1'700'000'000);
    REQUIRE(parseExpiry("2023-11-14t23:13:20.999+01:00") == 1'700'000'000);
    REQUIRE(parseExpiry("2023-11-14T17:43:20-04:30") == 1'700'000'000);
    REQUIRE(parseExpiry("2024-02-29T00:00:00Z") == 1'709'164'800);
    REQUIRE(parseExpiry("2016-12-31T23:59:60Z") == 1'483'228'800);
    for (char const* bad :
         {"", "-1", "1e9", "17000000000000000000000", "2023-11-14", "2023-11-14T22:13:20",
          "2023-11-14 22:13:20Z", "2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z",
          "2023-11-14T24:00:00Z", "2023-11-14T22:60:20Z", "2023-11-14T22:13:61Z",
          "2023-11-14T22:13:20.Z", "2023-11-14T22:13:20+24:00", "2023-11-14T22:13:20Zx",
          "1960-01-01T00:00:00Z", "tomorrow"}) {
        INFO(bad);
        REQUIRE(!parseExpiry(bad));
    }
}

TEST_CASE("settings that would let others in, or nobody, are refused",
          "[control][native][settings]") {
    auto const flawOf = [](NativeSettings const& of) {
        auto const flaws = flawsOf(of);
        return flaws.empty() ? "" : flaws[0];
    };
    REQUIRE(flawOf({}).empty());
    auto good = settings();
    good.http = proxy::Address{"127.0.0.1", 8475};
    good.https = proxy::Address{"0.0.0.0", 8476};
    good.tls = TlsFiles{"cert.pem", "key.pem", "ca.pem", TlsFiles::ClientCertificate::Asked};
    REQUIRE(flawOf(good).empty());

    auto offHost = good;
    offHost.http = proxy::Address{"0.0.0.0", 8475};
    REQUIRE(flawOf(offHost).starts_with("http: 0.0.0.0:8475 can be reached"));
    auto withoutTokens = good;
    withoutTokens.tokens.clear();
    REQUIRE(flawOf(withoutTokens).starts_with("http: needs tokens"));
    withoutTokens.http.reset();
    REQUIRE(flawOf(withoutTokens).empty()); // certificates do
    withoutTokens.certificates.clear();
    REQUIRE(flawOf(withoutTokens).starts_with("https: needs tokens, or certificates"));
    auto withoutTls = good;
    withoutTls.tls.reset();
    REQUIRE(flawOf(withoutTls).starts_with("https: needs tls.certificate"));
    auto withoutAuthority = good;
    withoutAuthority.tls->clientAuthority = "";
    REQUIRE(flawOf(withoutAuthority).starts_with("certificates: need tls.client_authority"));
    auto clearText = good;
    clearText.tokens[0].sha256 = TestTokens::read;
    REQUIRE(flawOf(clearText).starts_with("tokens: the sha256 of 'read' must be"));
    auto twice = good;
    twice.tokens[1].name = "read";
    REQUIRE(flawOf(twice) == "tokens: two are named 'read'");
    auto nameless = good;
    nameless.tokens[0].name = "";
    REQUIRE(flawOf(nameless) == "tokens: each needs a name");
}
