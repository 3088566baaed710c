#pragma once

#include <stdexcept>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "chaos-agent/control/native_api.hpp"
#include "tests/chaos-agent/control/fake_keeper.hpp"

namespace shakedown::tests {

inline constexpr std::int64_t someTime = 1'700'000'000;

// A token a role, one that has expired, and one that is about to.
struct TestTokens {
    static inline std::string const read = "read-0123456789abcdef0123456789";
    static inline std::string const halt = "halt-0123456789abcdef0123456789";
    static inline std::string const inject = "inject-0123456789abcdef01234567";
    static inline std::string const admin = "admin-0123456789abcdef012345678";
    static inline std::string const expired = "expired-0123456789abcdef0123456";

    static std::string const& of(safety::Role role) {
        switch (role) {
        case safety::Role::Read:
            return read;
        case safety::Role::Halt:
            return halt;
        case safety::Role::Inject:
            return inject;
        case safety::Role::Admin:
            return admin;
        }
        throw std::logic_error("a role without a token");
    }
};

inline constexpr safety::Role everyRole[] = {safety::Role::Read, safety::Role::Halt,
                                             safety::Role::Inject, safety::Role::Admin};

inline control::NativeSettings testSettings() {
    control::NativeSettings settings;
    for (safety::Role const role : everyRole) {
        settings.tokens.push_back(
            {nameOf(role), control::sha256Of(TestTokens::of(role)), role, {}});
    }
    settings.tokens.push_back(
        {"expired", control::sha256Of(TestTokens::expired), safety::Role::Admin, someTime});
    return settings;
}

// The native API on a keeper that does nothing, asked without a socket.
class NativeStand {
public:
    explicit NativeStand(control::NativeSettings of = testSettings())
        : settings(std::move(of)), api(keeper, settings, [this] { return now; }) {}

    control::Request request(std::string const& method, std::string const& target,
                             std::string const& token = "", std::string const& body = "") {
        control::Request request{method, target.substr(0, target.find('?')), "test/1",
                                 body.empty() ? "" : "application/json", body};
        request.peer.address = "127.0.0.1";
        if (auto const mark = target.find('?'); mark != std::string::npos) {
            request.query = target.substr(mark + 1);
        }
        if (!token.empty()) {
            request.authorization = "Bearer " + token;
        }
        return request;
    }
    control::Response ask(std::string const& method, std::string const& target,
                          std::string const& token = TestTokens::admin,
                          std::string const& body = "") {
        return api.answer(request(method, target, token, body));
    }
    // The JSON of an answer, which must have that status.
    nlohmann::json json(std::string const& method, std::string const& target, unsigned status,
                        nlohmann::json const& body = nullptr) {
        auto const answer =
            ask(method, target, TestTokens::admin, body.is_null() ? "" : body.dump());
        if (answer.status != status) {
            throw std::runtime_error(method + " " + target + ": " + std::to_string(answer.status)
                                     + " " + answer.body);
        }
        return nlohmann::json::parse(answer.body);
    }

    std::int64_t now = someTime;
    FakeKeeper keeper;
    control::NativeSettings settings;
    control::NativeApi api;
};

inline nlohmann::json hangRequest() {
    return {{"kind", "hang"}, {"target", "orders"}, {"duration_us", 30'000'000}};
}

// A body that the route takes, "" where it takes none.
inline std::string bodyFor(control::NativeRoute const& route) {
    if (route.body == nullptr) {
        return "";
    }
    if (std::string(route.body) == "FaultRequest") {
        return hangRequest().dump();
    }
    if (std::string(route.body) == "HaltOrder") {
        return R"({"reason":"smoke"})";
    }
    throw std::logic_error(std::string("no body is known for ") + route.name);
}

inline std::string targetOf(control::NativeRoute const& route) {
    std::string path = route.path;
    auto const at = path.find("{id}");
    return at == std::string::npos ? path : path.replace(at, 4, "0123456789abcdef");
}

} // namespace shakedown::tests
