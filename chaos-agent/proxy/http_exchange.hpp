#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "chaos-agent/proxy/http_head.hpp"

namespace shakedown::proxy {

/// The requests and answers of one connection, followed so far that it is known whether every
/// request that was passed on has been answered whole. A machine without socket or clock: it is
/// shown what the server sends and told of the requests.
class HttpExchange {
public:
    /// Whether it sees the connection from its first byte; otherwise it is never known what is
    /// still to be answered.
    enum class Sight : std::uint8_t { Whole, Late };
    enum class Side : std::uint8_t { Client, Server };

    HttpExchange(Sight sight, Side lastToSpeak)
        : lastToSpeak_(lastToSpeak), sight_(sight), isKnown_(sight == Sight::Whole) {}

    Sight sight() const { return sight_; }
    Side lastToSpeak() const { return lastToSpeak_; }
    void onClientBytes() { lastToSpeak_ = Side::Client; }
    void onServerBytes(std::string_view bytes);

    /// A request goes on to the server.
    void expectAnswer(std::string_view method);
    /// What is passed on from now on is not examined, so its answers are not known.
    void loseSight() { isKnown_ = false; }

    /// The next request shall be answered with that status, and none after it.
    void abort(int status) { aborted_ = status; }
    bool isAborted() const { return aborted_.has_value(); }

    struct Ending {
        std::string answer; // empty if what is on its way is not known, so that none may be made up
    };
    /// How the connection ends, once it has been aborted and earlier answers are through; told
    /// once.
    std::optional<Ending> takeEnding();

private:
    // Bytes of the answer's head or body among those shown.
    std::size_t followHead(std::string_view bytes);
    std::size_t followBody(std::string_view bytes);
    void onHead(std::string_view head);

    std::deque<bool> expected_; // true where the answer has no body: that to HEAD
    std::string head_;          // of the answer, as far as it has come
    std::optional<HttpBody> body_;
    std::optional<int> aborted_;
    Side lastToSpeak_;
    Sight sight_;
    bool isKnown_;
    bool isEnded_ = false;
};

} // namespace shakedown::proxy
