#include "chaos-agent/control/http_session.hpp"

#include <algorithm>
#include <new>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/status.hpp>

namespace shakedown::control {

using proxy::error_code;
using proxy::Tcp;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t readAtOnce = 16 * 1024;
constexpr std::chrono::seconds writeWithin(30);
constexpr std::chrono::seconds drainWithin(1);
constexpr std::size_t drainAtMost = 4 * 1024 * 1024;

std::string serialize(Response const& response, bool keepAlive) {
    auto const reason =
        boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(response.status));
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " "
                       + std::string(reason.data(), reason.size()) + "\r\n";
    if (!response.body.empty())
        text += "Content-Type: " + response.contentType + "\r\n";
    if (response.status != 204)
        text += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    for (auto const& [name, value] : response.fields)
        text += name + ": " + value + "\r\n";
    text += "X-Content-Type-Options: nosniff\r\n";
    text += keepAlive ? "\r\n" : "Connection: close\r\n\r\n";
    return text + response.body;
}

} // namespace

HttpSession::HttpSession(Tcp::socket socket, HttpLimits const& limits, Handler const& handler,
                         OnAnswer const& onAnswer, OnGone onGone)
    : socket_(std::move(socket)), deadline_(socket_.get_executor()), limits_(limits),
      handler_(handler), onAnswer_(onAnswer), onGone_(std::move(onGone)) {}

void HttpSession::start() {
    error_code ignored;
    socket_.set_option(Tcp::no_delay(true), ignored);
    awaitRequest();
}

void HttpSession::awaitRequest() {
    phase_ = Phase::Idle;
    closeAt(Clock::now() + limits_.idle);
    if (input_.empty())
        read();
    else
        onBytes();
}

void HttpSession::read() {
    std::size_t const before = input_.size();
    input_.resize(before + readAtOnce);
    socket_.async_read_some(
        proxy::asio::buffer(input_.data() + before, readAtOnce),
        [before, self = shared_from_this()](error_code error, std::size_t count) {
            if (self->phase_ == Phase::Closed)
                return;
            if (self->phase_ == Phase::Writing || self->phase_ == Phase::Draining)
                return; // cut short by a refusal
            self->input_.resize(before + count);
            if (error) {
                self->close();
                return;
            }
            try {
                self->onBytes();
            } catch (std::bad_alloc const&) {
                self->close(); // this peer's burden alone
            }
        });
}

void HttpSession::onBytes() {
    if (phase_ == Phase::Body) {
        onBody();
        return;
    }
    if (phase_ == Phase::Idle) {
        if (input_.starts_with("\r\n"))
            input_.erase(0, 2); // RFC 9112, 2.2: an empty line before a request is ignored
        if (input_.empty() || input_ == "\r") {
            read();
            return;
        }
        phase_ = Phase::Head;
        began_ = Clock::now();
        closeAt(began_ + limits_.headerWithin);
    }
    auto const found = findHeadEnd(input_, limits_);
    if (auto const* refusal = std::get_if<HttpRefusal>(&found)) {
        refuse(*refusal);
        return;
    }
    std::size_t const end = std::get<std::size_t>(found);
    if (end == 0)
        read();
    else
        onHead(end);
}

void HttpSession::onHead(std::size_t end) {
    auto head = readHead(std::string_view(input_).substr(0, end), limits_);
    if (auto const* refusal = std::get_if<HttpRefusal>(&head)) {
        refuse(*refusal);
        return;
    }
    head_ = std::get<RequestHead>(std::move(head));
    input_.erase(0, end);
    phase_ = Phase::Body;
    closeAt(began_ + limits_.requestWithin);
    if (head_.expectsContinue && input_.size() < head_.contentLength) {
        output_ = "HTTP/1.1 100 Continue\r\n\r\n";
        proxy::asio::async_write(socket_, proxy::asio::buffer(output_),
                                 [self = shared_from_this()](error_code error, std::size_t) {
                                     if (self->phase_ == Phase::Closed)
                                         return;
                                     self->output_.clear();
                                     if (error)
                                         self->close();
                                     else
                                         self->onBody();
                                 });
        return;
    }
    onBody();
}

void HttpSession::onBody() {
    if (input_.size() < head_.contentLength) {
        read();
        return;
    }
    Request request{head_.method, head_.path, head_.userAgent, head_.contentType,
                    input_.substr(0, head_.contentLength)};
    input_.erase(0, head_.contentLength);
    respond(handler_(request), head_.keepAlive);
}

void HttpSession::respond(Response const& response, bool keepAlive) {
    if (onAnswer_)
        onAnswer_(head_.method, head_.path, response.status);
    head_ = {};
    keepAlive_ = keepAlive;
    phase_ = Phase::Writing;
    closeAt(Clock::now() + writeWithin);
    output_ = serialize(response, keepAlive);
    proxy::asio::async_write(socket_, proxy::asio::buffer(output_),
                             [self = shared_from_this()](error_code error, std::size_t) {
                                 if (self->phase_ == Phase::Closed)
                                     return;
                                 if (error)
                                     self->close();
                                 else
                                     self->afterWrite();
                             });
}

void HttpSession::refuse(HttpRefusal const& refusal) {
    head_ = {};
    respond({refusal.status, "text/plain; charset=utf-8", refusal.why + "\n", {}}, false);
}

void HttpSession::afterWrite() {
    output_.clear();
    if (keepAlive_) {
        awaitRequest();
        return;
    }
    // What the peer still sends is read for a moment: closing over it would be a reset, and the
    // peer might lose the answer.
    phase_ = Phase::Draining;
    error_code ignored;
    socket_.shutdown(Tcp::socket::shutdown_send, ignored);
    closeAt(Clock::now() + drainWithin);
    output_.assign(readAtOnce, '\0');
    drain();
}

void HttpSession::drain() {
    socket_.async_read_some(proxy::asio::buffer(output_.data(), output_.size()),
                            [self = shared_from_this()](error_code error, std::size_t count) {
                                if (self->phase_ == Phase::Closed)
                                    return;
                                self->drained_ += count;
                                if (error || self->drained_ > drainAtMost)
                                    self->close();
                                else
                                    self->drain();
                            });
}

void HttpSession::closeAt(Clock::time_point deadline) {
    deadline_.expires_at(deadline);
    deadline_.async_wait([self = shared_from_this()](error_code error) {
        if (!error && self->phase_ != Phase::Closed)
            self->onDeadline();
    });
}

void HttpSession::onDeadline() {
    if (Clock::now() < deadline_.expiry())
        return; // it was moved while this was on its way
    bool const isReading = (phase_ == Phase::Head || phase_ == Phase::Body) && output_.empty();
    if (!isReading) {
        close();
        return;
    }
    error_code ignored;
    socket_.cancel(ignored);
    refuse({408, "the request took too long"});
}

void HttpSession::abandon() {
    onGone_ = nullptr;
    close();
}

void HttpSession::close() {
    if (phase_ == Phase::Closed)
        return;
    phase_ = Phase::Closed;
    deadline_.cancel();
    error_code ignored;
    socket_.close(ignored);
    if (onGone_)
        std::exchange(onGone_, nullptr)();
}

} // namespace shakedown::control
