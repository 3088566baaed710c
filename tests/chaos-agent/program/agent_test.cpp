// The agent from the outside.
#include <catch2/catch.hpp>

#include <csignal>
#include <sstream>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "tests/chaos-agent/program/agent.hpp"
#include "tests/chaos-agent/proxy/peers.hpp"
#include "tests/environment.hpp"

using namespace shakedown::tests;
using nlohmann::json;

namespace {

json bodyOf(std::string const& answer) {
    return json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
}

std::uint16_t portOf(json const& proxy) {
    std::string const listen = proxy["listen"];
    return static_cast<std::uint16_t>(std::stoul(listen.substr(listen.rfind(':') + 1)));
}

} // namespace

TEST_CASE("the agent proxies, disturbs and stops disturbing", "[agent]") {
    Agent agent({"--toxiproxy", "127.0.0.1:0", "--seed", "7"});
    std::uint16_t const api = agent.port();
    Server server;
    auto const proxy = bodyOf(
        ask(api, "POST", "/proxies", json{{"name", "p"}, {"upstream", server.address()}}.dump()));
    Peer client = Peer::connectedTo(portOf(proxy));
    Peer served = server.accept();
    client.send("hello");
    REQUIRE(served.readBytes(5) == "hello");
    ask(api, "POST", "/proxies/p/toxics",
        R"({"type":"bandwidth","stream":"upstream","attributes":{"rate":0}})");
    client.send("held");
    REQUIRE(served.read(Milliseconds(100)) == "");
    REQUIRE(
        ask(api, "DELETE", "/proxies/p/toxics/bandwidth_upstream").starts_with("HTTP/1.1 204 "));
    REQUIRE(served.readBytes(4) == "held");
    std::string const metrics = ask(api, "GET", "/metrics");
    REQUIRE(metrics.find("toxiproxy_proxy_sent_bytes_total{direction=\"upstream\",proxy=\"p\"")
            != std::string::npos);
    REQUIRE(metrics.find("\"} 9\n") != std::string::npos);
}

TEST_CASE("signals end the agent cleanly and close its proxies", "[agent]") {
    for (int const number : {SIGTERM, SIGINT}) {
        Agent agent({"--toxiproxy", "127.0.0.1:0"});
        std::uint16_t const api = agent.port();
        Server server;
        auto const proxy = bodyOf(ask(api, "POST", "/proxies",
                                      json{{"name", "p"}, {"upstream", server.address()}}.dump()));
        Peer client = Peer::connectedTo(portOf(proxy));
        Peer served = server.accept();
        agent.signal(number);
        REQUIRE(agent.wait() == 0);
        REQUIRE(client.read() == "");
        REQUIRE(client.error() != ETIMEDOUT);
    }
}

TEST_CASE("the log is JSON, a line an event", "[agent]") {
    Agent agent({"--toxiproxy", "127.0.0.1:0", "--seed", "7"});
    std::uint16_t const api = agent.port();
    ask(api, "GET", "/nowhere/\"quoted\"");
    agent.signal(SIGTERM);
    REQUIRE(agent.wait() == 0);
    std::istringstream lines(agent.output());
    std::vector<std::string> events;
    for (std::string line; std::getline(lines, line);) {
        auto const entry = json::parse(line);
        REQUIRE(entry["time"].get<std::string>().ends_with("Z"));
        REQUIRE(entry["level"] == "info");
        events.push_back(entry["event"]);
        if (entry["event"] == "listening") {
            REQUIRE(entry["seed"] == 7);
        }
        if (entry["event"] == "request") {
            REQUIRE(entry["status"] == 404);
            REQUIRE(entry["path"] == "/nowhere/\"quoted\"");
        }
    }
    REQUIRE(events == std::vector<std::string>{"listening", "started", "request", "stopped"});
}

TEST_CASE("an address that other hosts can reach is refused in words", "[agent]") {
    for (char const* address : {"0.0.0.0:8474", ":8474", "[::]:8474", "192.0.2.1:8474"}) {
        Agent agent({"--toxiproxy", address});
        REQUIRE(agent.wait() == 2);
        REQUIRE(agent.output().find("neither TLS nor tokens") != std::string::npos);
    }
}

TEST_CASE("what cannot be read or taken is told", "[agent]") {
    Agent nonsense({"--toxiproxy", "nonsense"});
    REQUIRE(nonsense.wait() == 2);
    REQUIRE(nonsense.output().find("host:port") != std::string::npos);
    Agent unknown({"--unknown"});
    REQUIRE(unknown.wait() == 2);
    Server server;
    Agent taken({"--toxiproxy", server.address()});
    REQUIRE(taken.wait() == 1);
    REQUIRE(taken.output().find("address already in use") != std::string::npos);
}

TEST_CASE("help and version go to standard output and succeed", "[agent]") {
    Agent help({"--help"});
    REQUIRE(help.wait() == 0);
    REQUIRE(help.output().find("--toxiproxy") != std::string::npos);
    Agent version({"--version"});
    REQUIRE(version.wait() == 0);
    REQUIRE(version.output().find('.') != std::string::npos);
}

TEST_CASE("the agent goes on when nobody reads its log any more", "[agent]") {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    std::string const program = (binary().parent_path() / "shakedown-agent").string();
    pid_t const id = fork();
    if (id == 0) {
        dup2(ends[1], STDERR_FILENO);
        execl(program.c_str(), "shakedown-agent", "--toxiproxy", "127.0.0.1:0", nullptr);
        _exit(127);
    }
    close(ends[1]);
    std::string log(1024, '\0');
    auto const count = read(ends[0], log.data(), log.size()); // the line that says where it listens
    close(ends[0]);
    REQUIRE(count > 0);
    std::string const mark = "\"address\":\"127.0.0.1:";
    auto const found = log.find(mark);
    REQUIRE(found != std::string::npos);
    auto const port = static_cast<std::uint16_t>(std::stoul(log.substr(found + mark.size())));
    for (int i = 0; i < 3; ++i) { // each of them is logged
        CHECK(ask(port, "GET", "/version").starts_with("HTTP/1.1 200 "));
    }
    kill(id, SIGTERM);
    int status = 0;
    REQUIRE(waitpid(id, &status, 0) == id);
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) == 0);
}
