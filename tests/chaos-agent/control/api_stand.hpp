#pragma once

#include <stdexcept>

#include <nlohmann/json.hpp>

#include "chaos-agent/control/toxiproxy_api.hpp"

namespace shakedown::tests {

// The API on proxies whose io_context nobody runs: they listen, and accept nobody.
class ApiStand {
public:
    ApiStand() : proxies_(io_, 1), api(proxies_) {}

    control::Response ask(std::string const& method, std::string const& path,
                          std::string const& body = "") {
        return api.answer({method, path, "test/1", "application/json", body});
    }
    // The JSON of an answer, which must have that status.
    nlohmann::json json(std::string const& method, std::string const& path, unsigned status,
                        nlohmann::json const& body = nullptr) {
        auto const answer = ask(method, path, body.is_null() ? "" : body.dump());
        if (answer.status != status) {
            throw std::runtime_error(method + " " + path + ": " + std::to_string(answer.status)
                                     + " " + answer.body);
        }
        return nlohmann::json::parse(answer.body);
    }
    nlohmann::json makeProxy(std::string const& name) {
        return json("POST", "/proxies", 201, {{"name", name}, {"upstream", "127.0.0.1:1"}});
    }

private:
    proxy::asio::io_context io_;
    proxy::ProxySet proxies_;

public:
    control::ToxiproxyApi api;
};

} // namespace shakedown::tests
