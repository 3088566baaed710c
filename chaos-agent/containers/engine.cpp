#include "chaos-agent/containers/engine.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <sstream>

#include <nlohmann/json.hpp>

#include "chaos-agent/protocol/http_exchange.hpp"
#include "chaos-agent/system/boot.hpp"

namespace shakedown::containers {

namespace {

using nlohmann::json;
using protocol::HttpAnswer;
using protocol::NoAnswer;
using system::Failed;
using system::Failure;
using system::Found;
using system::Got;

constexpr unsigned done = 204;
constexpr unsigned wasSo = 304; // it is so already
constexpr unsigned unknown = 404;
constexpr std::chrono::milliseconds patience{2000};

std::variant<HttpAnswer, NoAnswer> ask(std::string const& socket, std::string const& method,
                                       std::string const& target) {
    protocol::HttpAsk question;
    question.method = method;
    question.target = "/v1.41" + target;
    question.who = "container engine";
    protocol::ExchangeLimits limits;
    limits.within = patience;
    return exchange({protocol::AgentAddress::Via::Unix, socket, "", 0}, {}, question, limits);
}

// What is not plain in a target is written as %XX (RFC 3986, 2.1).
std::string escaped(std::string const& text) {
    std::string out;
    for (char const c : text) {
        bool const isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                             || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (isPlain) {
            out += c;
            continue;
        }
        std::array<char, 4> code{};
        std::snprintf(code.data(), code.size(), "%%%02X", static_cast<unsigned char>(c));
        out += code.data();
    }
    return out;
}

// What the engine says of its refusal, on one line.
std::string messageOf(HttpAnswer const& answer) {
    auto const value = json::parse(answer.body, nullptr, false);
    std::string said = value.is_object() ? value.value("message", std::string()) : std::string();
    std::replace_if(
        said.begin(), said.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    constexpr std::size_t most = 300;
    said.resize(std::min(said.size(), most));
    return "the container engine answers " + std::to_string(answer.status)
           + (said.empty() ? "" : ": " + said);
}

// Throws what nlohmann throws.
Sight sightOf(json const& value) {
    auto const& state = value.at("State");
    Sight sight;
    sight.life = {value.at("Id").get<std::string>(), state.at("StartedAt").get<std::string>()};
    sight.name = value.at("Name").get<std::string>();
    if (sight.name.starts_with('/'))
        sight.name.erase(0, 1);
    sight.isRunning = state.at("Running").get<bool>();
    sight.isPaused = state.at("Paused").get<bool>();
    sight.process = state.at("Pid").get<pid_t>();
    sight.isRemovedAtEnd = value.at("HostConfig").value("AutoRemove", false);
    auto const& config = value.at("Config");
    if (config.contains("Labels") && config["Labels"].is_object())
        for (auto const& [key, text] : config["Labels"].items())
            sight.labels.push_back(key + "=" + text.get<std::string>());
    return sight;
}

std::string secondsOf(Duration grace) {
    return std::to_string(grace.count() / 1'000'000'000);
}

} // namespace

std::string shortId(std::string const& id) {
    constexpr std::size_t digits = 12;
    return id.substr(0, digits);
}

Failed Engine::ping() const {
    auto const got = ask(socket_, "GET", "/_ping");
    if (auto const* none = std::get_if<NoAnswer>(&got))
        return Failure{none->why};
    auto const& answer = std::get<HttpAnswer>(got);
    return answer.status == 200 ? Failed{} : Failure{messageOf(answer)};
}

Found<Sight> Engine::look(std::string const& nameOrId) const {
    auto const got = ask(socket_, "GET", "/containers/" + escaped(nameOrId) + "/json");
    if (auto const* none = std::get_if<NoAnswer>(&got))
        return Failure{none->why};
    auto const& answer = std::get<HttpAnswer>(got);
    if (answer.status == unknown)
        return system::Gone{};
    if (answer.status != 200)
        return Failure{messageOf(answer)};
    try {
        return sightOf(json::parse(answer.body));
    } catch (json::exception const& e) {
        return Failure{"what the container engine says of '" + nameOrId
                       + "' cannot be read: " + e.what()};
    }
}

Got<std::vector<std::string>> Engine::namesWith(std::string const& label) const {
    json const filters{{"label", {label}}};
    auto const got = ask(socket_, "GET", "/containers/json?filters=" + escaped(filters.dump()));
    if (auto const* none = std::get_if<NoAnswer>(&got))
        return Failure{none->why};
    auto const& answer = std::get<HttpAnswer>(got);
    if (answer.status != 200)
        return Failure{messageOf(answer)};
    std::vector<std::string> names;
    try {
        for (auto const& one : json::parse(answer.body)) {
            auto name = one.at("Names").at(0).get<std::string>();
            names.push_back(name.starts_with('/') ? name.substr(1) : name);
        }
    } catch (json::exception const& e) {
        return Failure{std::string("the container engine's list cannot be read: ") + e.what()};
    }
    std::sort(names.begin(), names.end());
    return names;
}

Failed Engine::order(std::string const& id, std::string const& what) const {
    auto const got = ask(socket_, "POST", "/containers/" + id + "/" + what);
    if (auto const* none = std::get_if<NoAnswer>(&got))
        return none->isLate ? Failed{} : Failure{none->why};
    auto const& answer = std::get<HttpAnswer>(got);
    if (answer.status == done || answer.status == wasSo)
        return {};
    return Failure{messageOf(answer)};
}

Failed Engine::pause(std::string const& id) const {
    return order(id, "pause");
}

Failed Engine::unpause(std::string const& id) const {
    return order(id, "unpause");
}

Failed Engine::kill(std::string const& id) const {
    return order(id, "kill");
}

Failed Engine::stop(std::string const& id, Duration grace) const {
    return order(id, "stop?t=" + secondsOf(grace));
}

Failed Engine::start(std::string const& id) const {
    return order(id, "start");
}

Failed Engine::restart(std::string const& id, Duration grace) const {
    return order(id, "restart?t=" + secondsOf(grace));
}

// The engine keeps its last events (Docker 256 of them), and tells the oldest first.
Got<bool> Engine::wasSignalled(std::string const& id) const {
    json const filters{{"container", {id}}, {"event", {"start", "kill"}}};
    auto const now = system::wallClockMs();
    std::array<char, 40> until{};
    std::snprintf(until.data(), until.size(), "%lld.%03lld000000",
                  static_cast<long long>(now / 1000), static_cast<long long>(now % 1000));
    auto const got = ask(socket_, "GET",
                         "/events?since=0&until=" + std::string(until.data())
                             + "&filters=" + escaped(filters.dump()));
    if (auto const* none = std::get_if<NoAnswer>(&got))
        return Failure{none->why};
    auto const& answer = std::get<HttpAnswer>(got);
    if (answer.status != 200)
        return Failure{messageOf(answer)};
    bool signalled = false;
    std::istringstream lines(answer.body);
    for (std::string line; std::getline(lines, line);) {
        auto const event = json::parse(line, nullptr, false);
        if (event.is_object())
            signalled = event.value("Action", std::string()) == "kill";
    }
    return signalled;
}

} // namespace shakedown::containers
