#include "tests/chaos-agent/program/native_stand.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <csignal>
#include <cstring>
#include <fstream>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/chaos-agent/system/child.hpp"

namespace shakedown::tests {

namespace {

std::string exchange(std::string const& path, std::string const& request) {
    int const socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    timeval const patience{10, 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    std::string answer;
    if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0
        && ::send(socket, request.data(), request.size(), MSG_NOSIGNAL)
               == static_cast<ssize_t>(request.size())) {
        std::array<char, 4096> piece{};
        for (;;) {
            auto const got = recv(socket, piece.data(), piece.size(), 0);
            if (got <= 0) {
                break;
            }
            answer.append(piece.data(), static_cast<std::size_t>(got));
        }
    }
    close(socket);
    return answer;
}

} // namespace

NativeStand::NativeStand(Proxies proxies)
    : folder_(freshPath("native")), service_(freeAddress()), proxy_(freeAddress()) {
    std::filesystem::create_directory(folder_);
    auto const target = service_.target("orders");
    nlohmann::json config{{"state_directory", state()},
                          {"listen", {{"unix", socket()}}},
                          {"targets",
                           {{"orders",
                             {{"address", service_.address()},
                              {"pid_file", target.pidFile},
                              {"start", target.start},
                              {"faults", {"all"}}}}}}};
    if (proxies == Proxies::Addressed) {
        config["targets"]["orders"]["proxy"] = proxy_;
    }
    std::ofstream(folder_ / "agent.json") << config.dump(2);
    chmod((folder_ / "agent.json").c_str(), 0600);
    startAgent();
}

NativeStand::~NativeStand() {
    agent_.reset();
    // Its watchdog may still be at work in there.
    std::error_code ignored;
    soon([&] { return std::filesystem::remove_all(folder_, ignored) > 0 && !ignored; });
}

void NativeStand::startAgent() {
    agent_.reset();
    agent_ = std::make_unique<Agent>(
        std::vector<std::string>{"--config", (folder_ / "agent.json").string()});
    bool const answers = soon([&] { return ask("GET", "/healthz").status == 200; });
    INFO(agent_->output());
    REQUIRE(answers);
}

pid_t NativeStand::watchdog() const {
    std::string const id = std::to_string(agent_->id());
    std::ifstream in("/proc/" + id + "/task/" + id + "/children");
    pid_t child = 0;
    in >> child;
    return child;
}

void NativeStand::killBoth() {
    // Stopped first, so that neither has the time to miss the other.
    agent_->signal(SIGSTOP);
    kill(watchdog(), SIGKILL);
    agent_->signal(SIGKILL);
    CHECK(agent_->wait() == 1000 + SIGKILL);
}

NativeStand::Answer NativeStand::ask(std::string const& method, std::string const& path,
                                     nlohmann::json const& body) const {
    std::string const content = body.is_null() ? "" : body.dump();
    std::string request = method + " " + path + " HTTP/1.1\r\nHost: agent\r\nConnection: close\r\n";
    if (!content.empty()) {
        request += "Content-Type: application/json\r\n";
    }
    request += "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content;
    std::string const answer = exchange(socket(), request);
    Answer got;
    if (answer.size() > 12) {
        got.status = std::atoi(answer.c_str() + 9);
        auto const end = answer.find("\r\n\r\n");
        got.body = nlohmann::json::parse(end == std::string::npos ? "" : answer.substr(end + 4),
                                         nullptr, false);
    }
    return got;
}

std::string NativeStand::start(std::string const& kind, int leaseMs, nlohmann::json more) const {
    more["kind"] = kind;
    more["target"] = "orders";
    more["duration_us"] = 60'000'000;
    more["lease_us"] = leaseMs * 1000;
    auto const answer = ask("POST", "/v1/faults", more);
    INFO(answer.body.dump());
    REQUIRE(answer.status == 201);
    return answer.body.at("id").get<std::string>();
}

std::string NativeStand::stateOf(std::string const& id) const {
    return ask("GET", "/v1/faults/" + id).body.value("state", "");
}

} // namespace shakedown::tests
