#pragma once

#include <functional>
#include <memory>
#include <string>

#include "chaos-agent/control/http_limits.hpp"
#include "chaos-agent/control/http_message.hpp"
#include "chaos-agent/control/request_head.hpp"
#include "chaos-agent/proxy/asio.hpp"

namespace shakedown::control {

/// One connection of a client of an API: reads requests one after the other, strictly and within
/// the limits, and writes what the handler answers. A refused request ends the connection.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
public:
    using OnGone = std::function<void()>;
    /// Called after each answer; `method` and `path` are empty where the head could not be read.
    using OnAnswer =
        std::function<void(std::string const& method, std::string const& path, unsigned status)>;

    HttpSession(proxy::Tcp::socket socket, HttpLimits const& limits, Handler const& handler,
                OnAnswer const& onAnswer, OnGone onGone);

    void start();
    /// Closes at once; calls nobody back.
    void abandon();

private:
    void awaitRequest();
    void read();
    void onBytes();
    void onHead(std::size_t end);
    void onBody();
    void write(std::string text);
    void respond(Response const& response, bool keepAlive);
    void refuse(HttpRefusal const& refusal);
    void afterWrite();
    void drain();
    void close();
    void closeAt(proxy::asio::steady_timer::time_point deadline);
    void onDeadline();

    enum class Phase { Idle, Head, Body, Writing, Draining, Closed };

    proxy::Tcp::socket socket_;
    proxy::asio::steady_timer deadline_;
    HttpLimits const& limits_;
    Handler const& handler_;
    OnAnswer const& onAnswer_;
    OnGone onGone_;
    Phase phase_ = Phase::Idle;
    proxy::asio::steady_timer::time_point began_; // of the request
    std::string input_;
    std::string output_;
    RequestHead head_;
    bool keepAlive_ = false;
    std::size_t drained_ = 0;
};

} // namespace shakedown::control
