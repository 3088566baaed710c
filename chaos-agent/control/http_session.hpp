#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "chaos-agent/control/feed_writer.hpp"
#include "chaos-agent/control/http_limits.hpp"
#include "chaos-agent/control/http_message.hpp"
#include "chaos-agent/control/request_head.hpp"
#include "chaos-agent/control/stream.hpp"

namespace shakedown::control {

struct HttpServing;

/// One connection of a client of an API: reads requests one after the other, strictly and within
/// the limits, and writes what the handler answers. A refused request ends the connection.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
public:
    using OnGone = std::function<void()>;
    /// Called after each answer; `method` and `path` are empty where the head could not be read.
    using OnAnswer =
        std::function<void(std::string const& method, std::string const& path, unsigned status)>;
    /// The answer of the gate itself.
    using OnRefusal = std::function<Response(HttpRefusal const& refusal)>;
    using BeforeBody = std::function<std::optional<Response>(Request const& withoutBody)>;
    /// What was to be agreed before the first byte was not, or not in time.
    using OnStranger = std::function<void(PeerIdentity const& peer, proxy::error_code why)>;

    HttpSession(std::shared_ptr<Stream> stream, HttpLimits const& limits,
                HttpServing const& serving, OnGone onGone);

    void start();
    /// Closes at once; calls nobody back.
    void abandon();

private:
    using Clock = proxy::asio::steady_timer::clock_type;

    void onHandshake(proxy::error_code error);
    void awaitRequest();
    void read();
    void takeBytes();
    void onBytes();
    void onHead(std::size_t end);
    void onBody();
    Request requestWith(std::string body) const;
    Response answerTo(Request const& request) const;
    Response answerTo(HttpRefusal const& refusal) const;
    void respond(Response const& response, bool keepAlive);
    void refuse(HttpRefusal const& refusal);
    void afterWrite();
    void startFeed();
    void finish();
    void close();
    void closeAt(Clock::time_point deadline);
    void onDeadline();

    enum class Phase { Handshake, Idle, Head, Body, Writing, Feeding, Finishing, Closed };

    std::shared_ptr<Stream> stream_;
    proxy::asio::steady_timer deadline_;
    HttpLimits const& limits_;
    HttpServing const& serving_;
    OnGone onGone_;
    Phase phase_ = Phase::Handshake;
    Clock::time_point began_;         // of the handshake, then of the request
    Clock::duration handshakeTook_{}; // until the first request has paid for it
    std::string input_;
    std::string output_;
    RequestHead head_;
    bool keepAlive_ = false;
    std::shared_ptr<Feed> feed_;
    std::shared_ptr<FeedWriter> feedWriter_;
};

/// What a server does with what comes through the gate. Its own refusals are plain text unless
/// told.
struct HttpServing {
    Handler handler;
    HttpSession::OnAnswer onAnswer = {};
    HttpSession::OnRefusal onRefusal = {};
    HttpSession::OnStranger onStranger = {};
    /// Asked of a request whose body is still to come; an answer ends it without one.
    HttpSession::BeforeBody beforeBody = {};
};

} // namespace shakedown::control
