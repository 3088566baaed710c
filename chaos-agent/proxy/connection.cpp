#include "chaos-agent/proxy/connection.hpp"

#include <cerrno>

#include <sys/socket.h>

#include <boost/asio/connect.hpp>

#include "chaos-agent/proxy/http_stage.hpp"
#include "chaos-agent/proxy/shortage.hpp"

namespace shakedown::proxy {

namespace {
constexpr std::chrono::seconds connectWithin(10);
constexpr std::chrono::seconds lingerFor(1);
// Told from the draws of toxics, which take the indices of the directions.
constexpr std::uint64_t httpDraws = 2;
} // namespace

Connection::Connection(Surroundings& surroundings, Tcp::socket client, std::uint64_t number,
                       OnGone onGone)
    : surroundings_(surroundings), client_(std::move(client)), server_(surroundings.io),
      up_(*this, Direction::Upstream, client_, server_),
      down_(*this, Direction::Downstream, server_, client_), number_(number),
      onGone_(std::move(onGone)) {}

void Connection::setTimer(std::chrono::seconds span) {
    timer_ = std::make_unique<asio::steady_timer>(surroundings_.io, span);
    timer_->async_wait([self = shared_from_this()](error_code cancelled) {
        if (!cancelled)
            self->close();
    });
}

void Connection::start(Address const& upstream) {
    setTimer(connectWithin);
    connect(upstream);
}

void Connection::connect(Address const& upstream) {
    error_code notNumeric;
    auto const ip = asio::ip::make_address(upstream.host, notNumeric);
    if (notNumeric) {
        resolve(upstream);
        return;
    }
    Tcp::endpoint const server(ip, upstream.port);
    if (surroundings_.sockets && !server_.is_open())
        if (auto const error = surroundings_.sockets->open(server.protocol(), server_)) {
            onConnected(error, upstream);
            return;
        }
    server_.async_connect(server, [self = shared_from_this(), upstream](error_code error) {
        self->onConnected(error, upstream);
    });
}

void Connection::resolve(Address const& upstream) {
    resolver_ = std::make_unique<Tcp::resolver>(surroundings_.io);
    resolver_->async_resolve(
        upstream.host, std::to_string(upstream.port),
        [self = shared_from_this(), upstream](error_code error, Tcp::resolver::results_type found) {
            if (self->closed_)
                return;
            if (error) {
                self->close();
                return;
            }
            asio::async_connect(self->server_, found,
                                [self, upstream](error_code failed, Tcp::endpoint const&) {
                                    self->onConnected(failed, upstream);
                                });
        });
}

void Connection::tryAgain(Address const& upstream) {
    auto wait = std::make_unique<asio::steady_timer>(surroundings_.io, backOffFor);
    auto& timer = *wait;
    timer.async_wait([wait = std::move(wait), self = shared_from_this(), upstream](error_code) {
        if (!self->closed_)
            self->connect(upstream);
    });
}

void Connection::onConnected(error_code error, Address const& upstream) {
    if (closed_)
        return;
    if (isShortage(error)) {
        tryAgain(upstream);
        return;
    }
    if (error) {
        // A server may reset what it has only just accepted.
        if (error == asio::error::connection_reset)
            reset();
        else
            close();
        return;
    }
    timer_.reset();
    resolver_.reset();
    error_code ignored;
    client_.set_option(Tcp::no_delay(true), ignored);
    server_.set_option(Tcp::no_delay(true), ignored);
    connected_ = true;
    followHttp();
    up_.start();
    if (!closed_)
        down_.start();
}

void Connection::follow() {
    if (!connected_ || closed_)
        return;
    followHttp();
    up_.follow();
    if (!closed_)
        down_.follow();
}

void Connection::followHttp() {
    bool const isWanted = !surroundings_.httpFaults.empty();
    if (isWanted == (exchange_ != nullptr))
        return;
    if (!isWanted) {
        if (exchange_->isAborted())
            return; // what was behind the aborted request is lost already
        up_.dropFirst();
        exchange_->forgetChanges();
        if (exchange_->isChanging())
            leaving_ = std::move(exchange_);
        exchange_.reset();
        return;
    }
    exchange_ = std::make_unique<HttpExchange>(
        lastBytes_ ? HttpExchange::Sight::Late : HttpExchange::Sight::Whole,
        lastBytes_ == Direction::Downstream ? HttpExchange::Side::Server
                                            : HttpExchange::Side::Client);
    up_.putFirst(std::make_unique<HttpStage>(*exchange_, surroundings_.httpFaults,
                                             surroundings_.http, surroundings_.luck,
                                             chance::mixKey(number_, httpDraws)));
}

std::optional<std::string> Connection::onServerBytes(std::string_view bytes) {
    std::optional<std::string> instead;
    if (leaving_) {
        instead = leaving_->onServerBytes(bytes);
        surroundings_.http.changed += leaving_->takeChanged();
        if (!leaving_->isChanging())
            leaving_.reset();
    }
    if (exchange_) { // beside one that leaves it joined late, and changes nothing
        auto changed = exchange_->onServerBytes(bytes);
        surroundings_.http.changed += exchange_->takeChanged();
        if (!instead)
            instead = std::move(changed);
    }
    return instead;
}

std::string Connection::onEnd(Direction direction) {
    auto const& exchange = leaving_ ? leaving_ : exchange_;
    if (direction == Direction::Upstream || !exchange)
        return "";
    return exchange->onServerEnd();
}

void Connection::endAborted() {
    auto const ending = exchange_->takeEnding();
    if (!ending)
        return;
    ++(ending->answer.empty() ? surroundings_.http.closed : surroundings_.http.aborted);
    down_.conclude(ending->answer);
}

void Connection::onFinished() {
    if (up_.isFinished() && down_.isFinished())
        close();
}

void Connection::reset() {
    if (closed_)
        return;
    error_code ignored;
    asio::socket_base::linger const atOnce(true, 0);
    client_.set_option(atOnce, ignored);
    server_.set_option(atOnce, ignored);
    close();
}

void Connection::closeGently() {
    if (closed_ || closing_)
        return;
    closing_ = true;
    up_.stop();
    down_.stop();
    setTimer(lingerFor);
    draining_ = 2;
    for (Tcp::socket* const socket : {&client_, &server_}) {
        error_code ignored;
        socket->shutdown(Tcp::socket::shutdown_send, ignored);
        socket->cancel(ignored);
        drain(*socket);
    }
}

void Connection::drain(Tcp::socket& socket) {
    socket.async_wait(Tcp::socket::wait_read, [&socket,
                                               self = shared_from_this()](error_code error) {
        if (self->closed_)
            return;
        Scratch& scratch = self->surroundings_.scratch;
        ssize_t const count =
            error ? 0
                  : ::recv(socket.native_handle(), scratch.data(), scratch.size(), MSG_DONTWAIT);
        bool const more = count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
        if (more)
            self->drain(socket);
        else if (--self->draining_ == 0)
            self->close();
    });
}

void Connection::abandon() {
    if (closed_)
        return;
    onGone_ = nullptr;
    close();
}

void Connection::close() {
    if (closed_)
        return;
    closed_ = true;
    up_.stop();
    down_.stop();
    timer_.reset();
    resolver_.reset();
    error_code ignored;
    client_.close(ignored);
    server_.close(ignored);
    if (onGone_)
        std::exchange(onGone_, nullptr)(number_);
}

} // namespace shakedown::proxy
