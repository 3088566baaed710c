// TLS: whose certificates are taken, and which versions.
#include <catch2/catch.hpp>

#include "tests/chaos-agent/control/listener_stand.hpp"
#include "tests/chaos-agent/control/tls_peer.hpp"

using namespace shakedown;
using namespace shakedown::control;
using namespace shakedown::tests;

namespace {

using Certificates = TlsFiles::ClientCertificate;

} // namespace

TEST_CASE("a certificate of our authority has the role of its name", "[control][native][tls]") {
    ListenerStand stand;
    for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        auto const ask = [&](std::string const& name, std::string const& request) {
            TlsPeer peer(stand.httpsPort,
                         {stand.authority.file(), stand.authority.sign(name), version});
            return peer.ask(request);
        };
        REQUIRE(isStatus(ask("desk", get("/v1/faults")), 200));
        REQUIRE(isStatus(ask("desk", post("/v1/faults", "", hangRequest().dump())), 201));
        REQUIRE(stand.loop.on([&] { return stand.keeper.caller.name; }) == "certificate CN=desk");
        REQUIRE(isStatus(ask("somebody", get("/v1/faults")), 403));
        // A token decides, where there is one.
        REQUIRE(isStatus(ask("desk", post("/v1/faults", TestTokens::read, "{}")), 403));
        REQUIRE(isStatus(ask("desk", get("/v1/faults", "wrong")), 401));
    }
    REQUIRE(stand.denials() == 6);
}

TEST_CASE("without a certificate a token is needed", "[control][native][tls]") {
    ListenerStand stand;
    auto const ask = [&](std::string const& request) {
        return TlsPeer(stand.httpsPort, {stand.authority.file(), {}}).ask(request);
    };
    REQUIRE(isStatus(ask(get("/v1/faults")), 401));
    REQUIRE(isStatus(ask(get("/v1/faults", TestTokens::expired)), 401));
    REQUIRE(isStatus(ask(get("/v1/faults", TestTokens::read)), 200));
    REQUIRE(isStatus(ask(get("/healthz")), 200));
}

TEST_CASE("where certificates are required, who shows none is not talked to",
          "[control][native][tls]") {
    ListenerStand stand({{}, Certificates::Required, {}});
    for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        REQUIRE(TlsPeer(stand.httpsPort, {stand.authority.file(), {}, version})
                    .ask(get("/v1/faults", TestTokens::admin))
                    .empty());
        REQUIRE(isStatus(TlsPeer(stand.httpsPort,
                                 {stand.authority.file(), stand.authority.sign("desk"), version})
                             .ask(get("/v1/faults")),
                         200));
    }
    REQUIRE(stand.empties());
}

TEST_CASE("a certificate that is not of our authority, or too old, ends the handshake",
          "[control][native][tls]") {
    for (auto const certificates : {Certificates::Asked, Certificates::Required}) {
        ListenerStand stand({{}, certificates, {}});
        // Of the same name, so that nothing but the signature tells them apart.
        std::filesystem::create_directory(stand.folder.path / "other");
        Authority const other(stand.folder.path / "other", "ours");
        for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            for (auto const& shown : {other.sign("desk"), stand.authority.signExpired("desk")}) {
                TlsPeer peer(stand.httpsPort, {stand.authority.file(), shown, version});
                REQUIRE(peer.ask(get("/healthz", TestTokens::admin)).empty());
            }
        }
        REQUIRE(stand.loop.on([&] { return stand.keeper.calls.empty(); })); // none was read
        REQUIRE(stand.empties());
    }
}

TEST_CASE("TLS before 1.2 and no TLS at all are not spoken", "[control][native][tls]") {
    ListenerStand stand;
    for (int const version : {TLS1_VERSION, TLS1_1_VERSION}) {
        REQUIRE(!TlsPeer(stand.httpsPort, {stand.authority.file(), {}, version}).isOpen());
    }
    Peer clear = Peer::connectedTo(stand.httpsPort);
    clear.send(get("/healthz"));
    REQUIRE(clear.readToEnd().find("HTTP/") == std::string::npos);
    REQUIRE(stand.empties());
}

TEST_CASE("a handshake that is not finished in time is cut", "[control][native][tls]") {
    HttpLimits limits;
    limits.headerWithin = Milliseconds(300);
    ListenerStand stand({limits, Certificates::Asked, {}});
    Peer silent = Peer::connectedTo(stand.httpsPort);
    Peer trickling = Peer::connectedTo(stand.httpsPort);
    auto const begin = std::chrono::steady_clock::now();
    trickling.send(std::string("\x16\x03\x01\x02", 4)); // a record of more than 512 bytes
    bool open = true;
    while (open && since(begin) < patience) {
        open = trickling.send(std::string(1, '\x01'));
        trickling.read(Milliseconds(20));
        open = open && trickling.error() == ETIMEDOUT;
    }
    REQUIRE(!open);
    REQUIRE(since(begin) < Milliseconds(5000));
    REQUIRE(silent.readToEnd().empty());
    REQUIRE(stand.empties());
}

TEST_CASE("a handshake and the head after it are cut together", "[control][native][tls]") {
    HttpLimits limits;
    limits.headerWithin = Milliseconds(400);
    ListenerStand stand({limits, Certificates::Asked, {}});
    TlsPeer slow(stand.httpsPort, {stand.authority.file(), {}});
    REQUIRE(slow.send("GET /healthz HTTP/1.1\r\n"));
    REQUIRE(isStatus(slow.readToEnd(), 408));
    REQUIRE(stand.empties());
}

TEST_CASE("an answer over TLS arrives although the peer still sends", "[control][native][tls]") {
    ListenerStand stand;
    TlsPeer peer(stand.httpsPort, {stand.authority.file(), {}});
    std::string const request = head("POST", "/v1/faults", TestTokens::inject)
                                + "Content-Length: 99999999\r\n\r\n" + std::string(100'000, ' ');
    REQUIRE(peer.send(request));
    REQUIRE(isStatus(peer.readToEnd(), 413));
    REQUIRE(stand.empties());
}

TEST_CASE("files of TLS that do not do are refused, each by its name", "[control][native][tls]") {
    OpenFolder const folder;
    Authority const authority(folder.path, "ours");
    auto const one = authority.sign("one");
    auto const two = authority.sign("two");
    auto const flawOf = [](TlsFiles const& files) {
        auto const made = makeTlsContext(files);
        auto const* flaw = std::get_if<std::string>(&made);
        return flaw == nullptr ? "" : *flaw;
    };
    REQUIRE(flawOf({one.certificate, one.key, authority.file(), Certificates::Required}).empty());
    REQUIRE(flawOf({one.certificate, one.key, "", Certificates::Required})
            == "client certificates are required, but no authority is named");
    REQUIRE(flawOf({one.certificate, two.key, "", Certificates::Asked}).find(two.key) == 0);
    REQUIRE(flawOf({one.key, one.key, "", Certificates::Asked}).find(one.key) == 0);
    REQUIRE(flawOf({one.certificate, "/nowhere", "", Certificates::Asked})
            == "/nowhere: No such file or directory");
    REQUIRE(flawOf({one.certificate, one.key, "/nowhere", Certificates::Asked}).find("/nowhere")
            == 0);
    std::filesystem::permissions(one.key, std::filesystem::perms(0644));
    REQUIRE(flawOf({one.certificate, one.key, "", Certificates::Asked}).find("must not be open")
            != std::string::npos);
}

TEST_CASE("a handshake that fails is counted, and whose certificate is no good is told",
          "[control][native][tls]") {
    ListenerStand stand;
    Authority const other(stand.folder.path, "theirs");
    auto const failed = [&] {
        std::string const answer = TlsPeer(stand.httpsPort, {stand.authority.file(), {}})
                                       .ask(get("/metrics", TestTokens::read));
        std::string const name = "shakedown_agent_tls_handshakes_failed_total ";
        auto const at = answer.find("\n" + name);
        return at == std::string::npos ? -1 : std::atoi(answer.c_str() + at + 1 + name.size());
    };
    REQUIRE(failed() == 0);
    REQUIRE(TlsPeer(stand.httpsPort, {stand.authority.file(), other.sign("desk")})
                .ask(get("/v1/faults"))
                .empty());
    REQUIRE(failed() == 1);
    auto const denied = stand.loop.on([&] { return stand.keeper.denied; });
    REQUIRE(denied.size() == 1);
    REQUIRE(denied[0].first == "nobody known at 127.0.0.1");
    REQUIRE(denied[0].second.find("TLS handshake: ") == 0);
    // Who just knocks, as a probe of a port does, is counted only.
    { Peer const probe = Peer::connectedTo(stand.httpsPort); }
    // It may not have been accepted yet.
    int count = failed();
    for (int tries = 0; tries < 1000 && count == 1; ++tries) {
        std::this_thread::sleep_for(Milliseconds(10));
        count = failed();
    }
    REQUIRE(count == 2);
    REQUIRE(stand.denials() == 1);
    REQUIRE(stand.empties());
}

TEST_CASE("handshakes that fail all day do not fill the log", "[control][native][tls]") {
    ListenerStand stand;
    for (int i = 0; i < 40; ++i) {
        Peer clear = Peer::connectedTo(stand.httpsPort);
        clear.send(get("/healthz"));
        clear.readToEnd();
    }
    REQUIRE(stand.empties());
    REQUIRE(stand.denials() == 16);
    // Who asks without a right is told of all the same.
    REQUIRE(isStatus(stand.askHttp(get("/v1/faults", "wrong")), 401));
    REQUIRE(stand.denials() == 17);
}
