// The client against the listeners of the native API: over each transport, and when things go
// wrong.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

#include "chaos-agent/protocol/client.hpp"
#include "tests/chaos-agent/control/listener_stand.hpp"

using namespace shakedown;
using namespace shakedown::tests;
using namespace shakedown::protocol;
using safety::Refusal;
using Kind = ClientError::Kind;

namespace {

FaultRequest loss() {
    FaultRequest request;
    request.what = Loss{0.5};
    request.target = "orders";
    request.peers = {"stock"};
    request.duration = Duration::seconds(30);
    return request;
}

std::string tokenFileIn(ListenerStand const& stand, std::string const& token) {
    auto const path = stand.folder.path / ("token-" + token.substr(0, 8));
    std::ofstream(path) << token << "\n";
    std::filesystem::permissions(path, std::filesystem::perms(0600));
    return path.string();
}

Client made(ClientSettings const& settings) {
    auto client = Client::make(settings);
    if (auto const* error = std::get_if<ClientError>(&client)) {
        throw std::runtime_error(error->message);
    }
    return std::get<Client>(std::move(client));
}

ClientSettings overUnix(ListenerStand const& stand) {
    return {"unix:" + stand.settings.unixPath, "", {}, {}};
}
ClientSettings overHttp(ListenerStand const& stand, std::string const& token) {
    return {
        "http://127.0.0.1:" + std::to_string(stand.httpPort), tokenFileIn(stand, token), {}, {}};
}
ClientSettings overHttps(ListenerStand const& stand, CertificateFiles const& shown) {
    return {"https://127.0.0.1:" + std::to_string(stand.httpsPort),
            "",
            {stand.authority.file(), shown.certificate, shown.key},
            {}};
}

template <class T>
T valueOf(OrError<T> const& answer) {
    if (auto const* error = std::get_if<ClientError>(&answer)) {
        throw std::runtime_error(error->message);
    }
    return std::get<T>(answer);
}
template <class T>
ClientError errorOf(OrError<T> const& answer) {
    REQUIRE(std::holds_alternative<ClientError>(answer));
    return std::get<ClientError>(answer);
}

// Serves the bytes to one client, whatever it asks.
ClientError errorFor(std::string const& answer, ExchangeLimits limits = {}) {
    Server server;
    auto const client = made({"http://" + server.address(), "", {}, limits});
    std::thread serving([&] {
        Peer peer = server.accept();
        peer.read();
        peer.send(answer);
        if (!answer.empty()) {
            peer.endSending();
        }
        peer.readToEnd();
    });
    auto const got = client.list();
    serving.join();
    return errorOf(got);
}

} // namespace

TEST_CASE("everything can be asked by the client, over each transport", "[control][client]") {
    unsetenv(tokenVariable);
    ListenerStand stand;
    for (ClientSettings const& settings : {overUnix(stand), overHttp(stand, TestTokens::admin)}) {
        Client const client = made(settings);
        INFO(settings.address);
        REQUIRE(valueOf(client.plan(loss())).steps.at(0).revert == "delete it");
        auto const started = valueOf(client.start(loss(), "once:1"));
        REQUIRE(started.state == FaultState::Applied);
        REQUIRE(valueOf(client.renew(started.id)).id == started.id);
        REQUIRE(valueOf(client.get(started.id)).planHash == "feed");
        REQUIRE(valueOf(client.list()).size() == 1);
        REQUIRE(valueOf(client.stop(started.id)).state == FaultState::Reverted);
        REQUIRE(valueOf(client.targets()) == std::vector<std::string>{"orders", "stock"});
        REQUIRE(valueOf(client.capabilities()).at(0).why == "no nftables");
        REQUIRE(valueOf(client.halt("smoke")).on);
        REQUIRE(valueOf(client.halted()).reason == "smoke");
        REQUIRE(!valueOf(client.release()).on);
        REQUIRE(valueOf(client.audit(3)).size() == 3);
        stand.loop.on([&] {
            REQUIRE(stand.keeper.key == "once:1");
            REQUIRE(stand.keeper.request.peers == std::vector<std::string>{"stock"});
            REQUIRE(std::get<Loss>(stand.keeper.request.what).share == 0.5);
        });
    }
}

TEST_CASE("over TLS the client shows its certificate, and looks at the agent's",
          "[control][client]") {
    unsetenv(tokenVariable);
    ListenerStand stand;
    auto const desk = stand.authority.sign("desk");
    auto settings = overHttps(stand, desk);
    REQUIRE(valueOf(made(settings).start(loss(), "")).owner == "certificate CN=desk");
    auto const refused = errorOf(made(settings).release()); // inject may not
    REQUIRE(refused.kind == Kind::Refused);
    REQUIRE(refused.status == 403);

    // The agent is of another authority, or is asked by a name that is not its own.
    std::filesystem::create_directory(stand.folder.path / "other");
    Authority const other(stand.folder.path / "other", "ours");
    settings.tls.authority = other.file();
    REQUIRE(errorOf(made(settings).list()).kind == Kind::Unreachable);
    settings.tls.authority = "/nowhere";
    REQUIRE(errorOf(made(settings).list()).message.find("/nowhere") == 0);
    settings.tls.authority = stand.authority.file();
    settings.address = "https://127.0.0.2:" + std::to_string(stand.httpsPort);
    REQUIRE(errorOf(made(settings).list()).kind == Kind::Unreachable);
    // The client is of another authority.
    REQUIRE(errorOf(made(overHttps(stand, other.sign("desk"))).list()).kind == Kind::Unreachable);
}

TEST_CASE("the host of the certificate is compared", "[control][client]") {
    ListenerStand stand;
    // Reachable at this name, but the certificate is not of it.
    auto settings = overHttps(stand, stand.authority.sign("desk"));
    settings.address = "https://127.1:" + std::to_string(stand.httpsPort);
    auto const error = errorOf(made(settings).list());
    REQUIRE(error.kind == Kind::Unreachable);
    REQUIRE(error.message.find("agreeing on TLS") != std::string::npos);
}

TEST_CASE("what the agent refuses comes with its status and code", "[control][client]") {
    ListenerStand stand;
    Client const client = made(overUnix(stand));
    stand.loop.on([&] {
        stand.keeper.refuseNext = Refusal{Refusal::Reason::Halted, "smoke, says uid 0"};
    });
    auto const halted = errorOf(client.start(loss(), ""));
    REQUIRE(halted.kind == Kind::Refused);
    REQUIRE(halted.status == 423);
    REQUIRE(halted.code == "halted");
    REQUIRE(halted.message == "smoke, says uid 0");
    REQUIRE(errorOf(client.get("ffff")).code == "not_found");
    REQUIRE(errorOf(client.audit(0)).status == 400);
    REQUIRE(errorOf(made(overHttp(stand, "wrong-token")).list()).status == 401);
}

TEST_CASE("where no agent is, the client says so", "[control][client]") {
    ListenerStand stand;
    auto const nowhere = errorOf(made({"unix:/nowhere/agent.socket", "", {}, {}}).list());
    REQUIRE(nowhere.kind == Kind::Unreachable);
    REQUIRE(nowhere.message.find("unix:/nowhere/agent.socket") != std::string::npos);
    std::uint16_t port = 0;
    {
        Server const gone;
        port = gone.port();
    }
    REQUIRE(errorOf(made({"http://127.0.0.1:" + std::to_string(port), "", {}, {}}).list()).kind
            == Kind::Unreachable);
}

TEST_CASE("an agent that does not answer is waited for no longer than told", "[control][client]") {
    auto const begin = std::chrono::steady_clock::now();
    auto const error = errorFor("", {Milliseconds(200), 1024});
    REQUIRE(error.kind == Kind::Unreachable);
    REQUIRE(error.message.ends_with("it takes too long"));
    REQUIRE(since(begin) < Milliseconds(5000));
}

TEST_CASE("answers that are too long or no agent's are refused", "[control][client]") {
    REQUIRE(errorFor("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + std::string(2000, ' '),
                     {patience, 1024})
                .message.ends_with("is too long"));
    REQUIRE(errorFor("HTTP/1.1 200 OK\r\n\r\n" + std::string(100'000, ' '), {patience, 1024})
                .message.ends_with("is too long"));
    for (char const* body : {"", "nonsense", "{}", "[]", R"({"faults":1})", R"({"faults":[1]})",
                             R"({"faults":[{"id":"a"}]})"}) {
        INFO(body);
        REQUIRE(errorFor(std::string("HTTP/1.1 200 OK\r\n\r\n") + body).kind == Kind::Unreadable);
    }
    for (char const* body : {"", "<html>", "{}", R"({"error":1})", R"({"error":{"code":1}})"}) {
        INFO(body);
        auto const error = errorFor(std::string("HTTP/1.1 502 Bad Gateway\r\n\r\n") + body);
        REQUIRE(error.kind == Kind::Unreadable);
        REQUIRE(error.status == 502);
    }
    REQUIRE(errorFor("SSH-2.0-x\r\n\r\n").kind == Kind::Unreachable);
    REQUIRE(errorFor("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{").kind == Kind::Unreachable);
    REQUIRE(errorFor("HTTP/1.1 200 OK\r\nA: " + std::string(100'000, 'a') + "\r\n\r\n").kind
            == Kind::Unreachable);
}

TEST_CASE("ids and keys that would change the request are not sent", "[control][client]") {
    ListenerStand stand;
    Client const client = made(overUnix(stand));
    for (std::string const& bad :
         {std::string(), std::string("a/b"), std::string("a b"), std::string("a\r\nX: y"),
          std::string("a?b"), std::string(129, 'a')}) {
        REQUIRE(errorOf(client.stop(bad)).kind == Kind::Settings);
        REQUIRE(errorOf(client.get(bad)).kind == Kind::Settings);
        REQUIRE(errorOf(client.renew(bad)).kind == Kind::Settings);
        if (!bad.empty()) {
            REQUIRE(errorOf(client.start(loss(), bad)).kind == Kind::Settings);
        }
    }
    REQUIRE(stand.loop.on([&] { return stand.keeper.calls.empty(); }));
}

TEST_CASE("settings that do not do are refused before anything is asked", "[control][client]") {
    REQUIRE(errorOf(Client::make({"http://192.0.2.1:1", "", {}, {}})).kind == Kind::Settings);
    REQUIRE(errorOf(Client::make({"unix:/a", "/nowhere", {}, {}})).kind == Kind::Settings);
    REQUIRE(errorOf(Client::make({"https://a:1", "", {"", "cert.pem", ""}, {}})).kind
            == Kind::Settings);
}

TEST_CASE("the client follows events as they happen, and ends when told", "[control][client]") {
    ListenerStand stand;
    Client const client = made(overUnix(stand));
    stand.loop.on([&] {
        stand.keeper.tell("applied", "a");
        stand.keeper.tell("reverted", "a");
    });
    std::vector<std::string> seen;
    auto const last = client.events(0, patience, [&](AgentEvent const& event) {
        seen.push_back(event.what);
        if (event.number == 2) { // while it is followed
            stand.loop.on([&] { stand.keeper.tell("halted"); });
        }
        return event.number == 3 ? Follow::End : Follow::On;
    });
    REQUIRE(valueOf(last) == 3);
    REQUIRE(seen == std::vector<std::string>{"applied", "reverted", "halted"});

    auto const quiet =
        client.events(3, Milliseconds(200), [](AgentEvent const&) { return Follow::On; });
    REQUIRE(valueOf(quiet) == 3);
    auto const refused =
        made(overHttp(stand, "wrong-token")).events(0, patience, [](AgentEvent const&) {
            return Follow::On;
        });
    REQUIRE(errorOf(refused).status == 401);
}
