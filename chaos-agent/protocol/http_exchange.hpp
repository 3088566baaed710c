#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "chaos-agent/protocol/agent_address.hpp"

/// One request of HTTP and its answer, on a connection of its own. Blocks, never longer than told.
namespace shakedown::protocol {

/// Files of PEM, for https. No authority: those of the host.
struct ClientTls {
    std::string authority;
    std::string certificate;
    std::string key;
};

struct HttpAsk {
    std::string method;
    std::string target;
    std::string body; // JSON; empty is none
    std::vector<std::pair<std::string, std::string>> fields;
    std::string who = "agent"; // is asked; for people
};

struct HttpAnswer {
    unsigned status = 0;
    std::string body;
};

/// Why there is no answer: for people.
struct NoAnswer {
    std::string why;
    bool isLate = false; // it was asked, and may yet do it
};

struct ExchangeLimits {
    std::chrono::milliseconds within{10'000};
    std::size_t answerAtMost = 4UL * 1024 * 1024;
};

std::variant<HttpAnswer, NoAnswer> exchange(AgentAddress const& address, ClientTls const& tls,
                                            HttpAsk const& ask, ExchangeLimits const& limits);

enum class Follow { On, End };

/// An answer without an end: each piece of its body goes to `onPiece`, until that says so or the
/// time is over; then the answer has an empty body. One of another status than 200 is read whole.
std::variant<HttpAnswer, NoAnswer>
follow(AgentAddress const& address, ClientTls const& tls, HttpAsk const& ask,
       ExchangeLimits const& limits, std::function<Follow(std::string_view piece)> const& onPiece);

} // namespace shakedown::protocol
