#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "chaos-agent/proxy/address.hpp"
#include "chaos-agent/proxy/http_exchange.hpp"
#include "chaos-agent/proxy/pipe.hpp"
#include "chaos-agent/proxy/surroundings.hpp"

namespace shakedown::proxy {

/// A client and the server it was connected to, with a pipe each way. It lives until both ends
/// have been passed on, a peer resets it, a disturbance ends it, or its proxy closes it.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    using OnGone = std::function<void(std::uint64_t number)>;

    /// `number` counts the connections of the proxy from 0 and keys its draws.
    Connection(Surroundings& surroundings, Tcp::socket client, std::uint64_t number, OnGone onGone);

    /// Connects to the server; the client is closed if that fails, or takes longer than 10 s. Out
    /// of file descriptors it is tried again meanwhile.
    void start(Address const& upstream);
    /// Follows the toxics and HTTP faults of the proxy as they are now.
    void follow();
    /// Closes both sockets at once. Calls nobody back.
    void abandon();

    /// Both peers see a reset.
    void reset();
    /// Both peers see the end of their stream, after all that was sent to them. What they still
    /// send is read and dropped for a second, lest the kernel answers it with a reset that takes
    /// away what they have not read yet.
    void closeGently();
    /// Bytes have been read in that direction: what goes on instead, nothing if it is they.
    std::optional<std::string> onBytes(Direction direction, std::string_view bytes) {
        lastBytes_ = direction;
        if (direction == Direction::Upstream || (!exchange_ && !leaving_))
            return {};
        return onServerBytes(bytes);
    }
    /// The stream has ended in that direction, but for this.
    std::string onEnd(Direction direction);
    /// Ends the connection as an aborted request wants it, once that may be.
    void settle() {
        if (exchange_ && exchange_->isAborted())
            endAborted();
    }
    /// A pipe has passed on the end of its stream.
    void onFinished();

    Surroundings& surroundings() const { return surroundings_; }
    std::uint64_t number() const { return number_; }

private:
    void connect(Address const& upstream);
    void resolve(Address const& upstream);
    void onConnected(error_code error, Address const& upstream);
    void tryAgain(Address const& upstream);
    void setTimer(std::chrono::seconds span);
    void followHttp();
    std::optional<std::string> onServerBytes(std::string_view bytes);
    void endAborted();
    void drain(Tcp::socket& socket);
    void close();

    Surroundings& surroundings_;
    Tcp::socket client_;
    Tcp::socket server_;
    std::unique_ptr<HttpExchange> exchange_; // while there are HTTP faults; outlives their stage
    std::unique_ptr<HttpExchange> leaving_;  // there are none any more, but an answer half changed
    Pipe up_;
    Pipe down_;
    std::optional<Direction> lastBytes_;
    std::uint64_t number_;
    OnGone onGone_;
    std::unique_ptr<asio::steady_timer> timer_; // closes: while connecting, and at a gentle end
    std::unique_ptr<Tcp::resolver> resolver_;   // while the server's name is looked up
    int draining_ = 0;
    bool connected_ = false;
    bool closing_ = false;
    bool closed_ = false;
};

} // namespace shakedown::proxy
