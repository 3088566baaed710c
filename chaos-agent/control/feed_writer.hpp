#pragma once

#include <functional>
#include <memory>
#include <string>

#include "chaos-agent/control/feed.hpp"
#include "chaos-agent/control/http_limits.hpp"
#include "chaos-agent/control/stream.hpp"

namespace shakedown::control {

/// Writes a feed to a peer: the next piece when the peer has taken the one before, a heartbeat when
/// there is none. Ends when the peer goes, takes too long, or talks on and on.
class FeedWriter : public std::enable_shared_from_this<FeedWriter> {
public:
    using OnEnd = std::function<void()>;

    FeedWriter(std::shared_ptr<Stream> stream, std::shared_ptr<Feed> feed, HttpLimits const& limits,
               OnEnd onEnd);

    void start();
    /// Calls nobody back. The stream is its owner's to close.
    void abandon();

private:
    enum class State { Waiting, Writing, Ended };

    void pump();
    void write(std::string piece);
    void watch();
    void arm(std::chrono::milliseconds within);
    void onTimer();
    void end();

    std::shared_ptr<Stream> stream_;
    std::shared_ptr<Feed> feed_;
    HttpLimits const& limits_;
    OnEnd onEnd_;
    proxy::asio::steady_timer timer_;
    State state_ = State::Waiting;
    std::string piece_;
    std::string ignored_;
    std::size_t ignoredBytes_ = 0;
};

} // namespace shakedown::control
