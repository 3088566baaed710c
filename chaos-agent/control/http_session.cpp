#include "chaos-agent/control/http_session.hpp"

#include <algorithm>
#include <new>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

#include "chaos-agent/control/response_text.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::control {

using proxy::error_code;

namespace {

constexpr std::size_t readAtOnce = 16 * 1024;
constexpr std::chrono::seconds finishWithin(1);
constexpr unsigned failed = 500;

} // namespace

HttpSession::HttpSession(std::shared_ptr<Stream> stream, HttpLimits const& limits,
                         HttpServing const& serving, OnGone onGone)
    : stream_(std::move(stream)), deadline_(stream_->executor()), limits_(limits),
      serving_(serving), onGone_(std::move(onGone)) {}

void HttpSession::start() {
    began_ = Clock::now();
    closeAt(began_ + limits_.headerWithin);
    stream_->handshake([self = shared_from_this()](error_code error) { self->onHandshake(error); });
}

void HttpSession::onHandshake(error_code error) {
    if (phase_ == Phase::Closed)
        return;
    if (error) {
        if (serving_.onStranger)
            serving_.onStranger(stream_->peer(), error);
        close();
        return;
    }
    handshakeTook_ = Clock::now() - began_;
    awaitRequest();
}

void HttpSession::awaitRequest() {
    phase_ = Phase::Idle;
    closeAt(Clock::now() + limits_.idle);
    if (input_.empty())
        read();
    else
        takeBytes();
}

void HttpSession::read() {
    std::size_t const before = input_.size();
    input_.resize(before + readAtOnce);
    stream_->readSome(proxy::asio::buffer(input_.data() + before, readAtOnce),
                      [before, self = shared_from_this()](error_code error, std::size_t count) {
                          if (self->phase_ == Phase::Closed)
                              return;
                          if (self->phase_ == Phase::Writing || self->phase_ == Phase::Finishing)
                              return; // cut short by a refusal
                          self->input_.resize(before + count);
                          if (error) {
                              self->close();
                              return;
                          }
                          self->takeBytes();
                      });
}

void HttpSession::takeBytes() {
    try {
        onBytes();
    } catch (std::bad_alloc const&) {
        close(); // this peer's burden alone
    }
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
        began_ = Clock::now() - std::exchange(handshakeTook_, {});
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
    if (head_.contentLength > 0 && serving_.beforeBody)
        if (auto const answer = serving_.beforeBody(requestWith(""))) {
            respond(*answer, false);
            return;
        }
    phase_ = Phase::Body;
    closeAt(began_ + limits_.requestWithin);
    if (head_.expectsContinue && input_.size() < head_.contentLength) {
        output_ = "HTTP/1.1 100 Continue\r\n\r\n";
        stream_->write(proxy::asio::buffer(output_),
                       [self = shared_from_this()](error_code error, std::size_t) {
                           if (self->phase_ == Phase::Closed)
                               return;
                           self->output_.clear();
                           if (error)
                               self->close();
                           else
                               self->takeBytes();
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
    auto const request = requestWith(input_.substr(0, head_.contentLength));
    input_.erase(0, head_.contentLength);
    auto const answer = answerTo(request);
    respond(answer, head_.keepAlive && answer.status != failed);
}

Request HttpSession::requestWith(std::string body) const {
    return {head_.method,      head_.path,     head_.userAgent,     head_.contentType,
            std::move(body),   head_.query,    head_.authorization, head_.idempotencyKey,
            head_.lastEventId, stream_->peer()};
}

Response HttpSession::answerTo(Request const& request) const {
    try {
        return serving_.handler(request);
    } catch (std::bad_alloc const&) {
        throw;
    } catch (BrokenInvariant const&) {
        throw; // who contradicts himself is to end, and others take back
    } catch (std::exception const&) {
        return answerTo(HttpRefusal{failed, "the agent could not do it"});
    }
}

Response HttpSession::answerTo(HttpRefusal const& refusal) const {
    if (serving_.onRefusal)
        return serving_.onRefusal(refusal);
    return {refusal.status, "text/plain; charset=utf-8", refusal.why + "\n", {}, {}};
}

void HttpSession::respond(Response const& response, bool keepAlive) {
    if (serving_.onAnswer)
        serving_.onAnswer(head_.method, head_.path, response.status);
    head_ = {};
    feed_ = response.feed;
    keepAlive_ = keepAlive && !feed_;
    phase_ = Phase::Writing;
    closeAt(Clock::now() + limits_.writeWithin);
    output_ = textOf(response, keepAlive_ ? KeepAlive::Yes : KeepAlive::No);
    stream_->write(proxy::asio::buffer(output_),
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
    respond(answerTo(refusal), false);
}

void HttpSession::afterWrite() {
    output_.clear();
    if (feed_)
        startFeed();
    else if (keepAlive_)
        awaitRequest();
    else
        finish();
}

void HttpSession::startFeed() {
    phase_ = Phase::Feeding;
    deadline_.cancel(); // the writer has its own
    feedWriter_ =
        std::make_shared<FeedWriter>(stream_, std::move(feed_), limits_, [weak = weak_from_this()] {
            if (auto const self = weak.lock())
                self->close();
        });
    feedWriter_->start();
}

void HttpSession::finish() {
    phase_ = Phase::Finishing;
    closeAt(Clock::now() + finishWithin);
    stream_->finish([self = shared_from_this()](error_code) { self->close(); });
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
    if (phase_ == Phase::Handshake && serving_.onStranger)
        serving_.onStranger(stream_->peer(), boost::asio::error::timed_out);
    bool const isReading = (phase_ == Phase::Head || phase_ == Phase::Body) && output_.empty();
    if (!isReading) {
        close();
        return;
    }
    stream_->cancel();
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
    stream_->close();
    if (feedWriter_)
        std::exchange(feedWriter_, nullptr)->abandon();
    if (onGone_)
        std::exchange(onGone_, nullptr)();
}

} // namespace shakedown::control
