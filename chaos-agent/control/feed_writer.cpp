#include "chaos-agent/control/feed_writer.hpp"

#include <boost/asio/post.hpp>

namespace shakedown::control {

using proxy::error_code;

namespace {

constexpr std::size_t ignoredAtMost = 64UL * 1024;
constexpr char const* heartbeat = ":\n\n"; // a comment

} // namespace

FeedWriter::FeedWriter(std::shared_ptr<Stream> stream, std::shared_ptr<Feed> feed,
                       HttpLimits const& limits, OnEnd onEnd)
    : stream_(std::move(stream)), feed_(std::move(feed)), limits_(limits), onEnd_(std::move(onEnd)),
      timer_(stream_->executor()), ignored_(1024, '\0') {}

void FeedWriter::start() {
    feed_->onMore([weak = weak_from_this(), executor = stream_->executor()] {
        // Whoever tells of news may be in the middle of something: look at them afterwards.
        proxy::asio::post(executor, [weak] {
            if (auto const self = weak.lock(); self && self->state_ == State::Waiting)
                self->pump();
        });
    });
    watch();
    pump();
}

void FeedWriter::pump() {
    auto piece = feed_->next();
    if (piece.empty())
        arm(limits_.heartbeat);
    else
        write(std::move(piece));
}

void FeedWriter::write(std::string piece) {
    state_ = State::Writing;
    piece_ = std::move(piece);
    arm(limits_.writeWithin);
    stream_->write(proxy::asio::buffer(piece_),
                   [self = shared_from_this()](error_code error, std::size_t) {
                       if (self->state_ == State::Ended)
                           return;
                       self->state_ = State::Waiting;
                       if (error)
                           self->end();
                       else
                           self->pump();
                   });
}

void FeedWriter::watch() {
    stream_->readSome(proxy::asio::buffer(ignored_),
                      [self = shared_from_this()](error_code error, std::size_t count) {
                          if (self->state_ == State::Ended)
                              return;
                          self->ignoredBytes_ += count;
                          if (error || self->ignoredBytes_ > ignoredAtMost)
                              self->end();
                          else
                              self->watch();
                      });
}

void FeedWriter::arm(std::chrono::milliseconds within) {
    timer_.expires_after(within);
    timer_.async_wait([self = shared_from_this()](error_code error) {
        if (!error && self->state_ != State::Ended
            && proxy::asio::steady_timer::clock_type::now() >= self->timer_.expiry())
            self->onTimer();
    });
}

void FeedWriter::onTimer() {
    if (state_ == State::Writing)
        end(); // the peer does not read
    else
        write(heartbeat);
}

void FeedWriter::abandon() {
    onEnd_ = nullptr;
    end();
}

void FeedWriter::end() {
    if (state_ == State::Ended)
        return;
    state_ = State::Ended;
    timer_.cancel();
    feed_->onMore(nullptr);
    if (onEnd_)
        std::exchange(onEnd_, nullptr)();
}

} // namespace shakedown::control
