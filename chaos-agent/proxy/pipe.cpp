#include "chaos-agent/proxy/pipe.hpp"

#include <cerrno>

#include <sys/socket.h>

#include "chaos-agent/proxy/connection.hpp"

namespace shakedown::proxy {

namespace {

// Between two looks at other connections.
constexpr int readsInARow = 4;
// Reading into less room than this would make many small chunks of one stream.
constexpr std::size_t roomAtLeast = 8 * 1024;

bool wouldBlock(int error) {
    return error == EAGAIN || error == EWOULDBLOCK;
}

} // namespace

Pipe::Pipe(Connection& connection, Direction direction, Tcp::socket& source, Tcp::socket& sink)
    : connection_(connection), source_(source), sink_(sink), direction_(direction) {}

Traffic& Pipe::traffic() const {
    return connection_.surroundings().traffic[indexOf(direction_)];
}

Pipeline::LuckOf Pipe::luckOf() const {
    chance::Key const key = chance::mixKey(connection_.number(), indexOf(direction_));
    return [stream = connection_.surroundings().luck, key](std::string const& toxic) {
        return Luck{stream, chance::mixKey(key, chance::hashName(toxic))};
    };
}

void Pipe::start() {
    follow();
}

void Pipe::stop() {
    stopped_ = true;
    if (timer_)
        timer_->cancel();
    pipeline_.reset();
    pending_.reset();
}

void Pipe::follow() {
    if (stopped_)
        return;
    Toxics const& toxics = connection_.surroundings().toxics;
    if (!pipeline_) {
        if (!Pipeline::isDisturbed(toxics, direction_, luckOf())) {
            arm();
            return;
        }
        makePipeline();
    }
    pipeline_->follow(toxics, direction_, std::chrono::steady_clock::now());
    pump();
}

void Pipe::makePipeline() {
    pipeline_ = std::make_unique<Pipeline>(luckOf());
    if (sourceEnded_)
        pipeline_->end(std::chrono::steady_clock::now());
}

void Pipe::putFirst(std::unique_ptr<Stage> stage) {
    if (!pipeline_)
        makePipeline();
    pipeline_->putFirst(std::move(stage));
}

void Pipe::dropFirst() {
    if (pipeline_)
        pipeline_->dropFirst(std::chrono::steady_clock::now());
}

void Pipe::conclude(std::string_view last) {
    if (stopped_ || concluded_)
        return;
    concluded_ = true;
    if (finished_) { // the server has ended its stream before
        connection_.closeGently();
        return;
    }
    if (!pipeline_)
        makePipeline();
    Instant const now = std::chrono::steady_clock::now();
    if (!last.empty())
        pipeline_->take(Chunk(last), now);
    if (!sourceEnded_)
        pipeline_->end(now);
    sourceEnded_ = true;
    pump();
}

std::size_t Pipe::room() const {
    std::size_t const held = pipeline_ ? pipeline_->charge() : 0;
    std::size_t const waiting = pending_ ? Stage::chargeOf(*pending_) : 0;
    if (waiting > 0 && !pipeline_)
        return 0; // undisturbed bytes pass one read at a time
    return held + waiting >= bufferAtMost ? 0 : bufferAtMost - held - waiting;
}

void Pipe::readSome() {
    for (int i = 0; i < readsInARow && room() >= roomAtLeast && !sourceEnded_ && !stopped_; ++i)
        if (!receive())
            break;
    if (!stopped_)
        pump();
}

// False when there is no more to read for now.
bool Pipe::receive() {
    Scratch& scratch = connection_.surroundings().scratch;
    std::size_t const wanted = std::min(room(), scratch.size());
    ssize_t const count = ::recv(source_.native_handle(), scratch.data(), wanted, MSG_DONTWAIT);
    if (count < 0 && errno == EINTR)
        return true;
    if (count < 0) {
        if (!wouldBlock(errno))
            connection_.reset();
        return false;
    }
    if (count == 0) {
        pass(connection_.onEnd(direction_));
        sourceEnded_ = true;
        if (pipeline_)
            pipeline_->end(std::chrono::steady_clock::now());
        return false;
    }
    auto const size = static_cast<std::size_t>(count);
    traffic().received += size;
    std::string_view const bytes(scratch.data(), size);
    auto const instead = connection_.onBytes(direction_, bytes);
    pass(instead ? std::string_view(*instead) : bytes);
    return size == wanted;
}

void Pipe::pass(std::string_view bytes) {
    if (bytes.empty())
        return;
    if (pipeline_)
        pipeline_->take(Chunk(bytes), std::chrono::steady_clock::now());
    else
        send(bytes);
}

// Writes what the sink accepts and keeps the rest. Nothing may be pending.
void Pipe::send(std::string_view bytes) {
    ssize_t count = 0;
    do
        count =
            ::send(sink_.native_handle(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    while (count < 0 && errno == EINTR);
    if (count < 0 && !wouldBlock(errno)) {
        connection_.reset();
        return;
    }
    auto const sent = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    traffic().sent += sent;
    if (sent < bytes.size())
        pending_.emplace(bytes.substr(sent));
}

// True if nothing is pending any more.
bool Pipe::sendPending() {
    if (!pending_)
        return true;
    Chunk const chunk = std::move(*pending_);
    pending_.reset();
    send(chunk.view());
    return !pending_ && !stopped_;
}

void Pipe::pump() {
    move();
    if (!stopped_)
        connection_.settle();
}

// Moves bytes and the end of the stream as far as they may go now.
void Pipe::move() {
    if (pipeline_) {
        pipeline_->advance(std::chrono::steady_clock::now());
        if (pipeline_->fate() == Fate::Reset) {
            connection_.reset();
            return;
        }
    }
    while (!writing_ && sendPending() && pipeline_) {
        auto const chunk = pipeline_->next(std::chrono::steady_clock::now());
        if (!chunk)
            break;
        send(chunk->view());
        if (stopped_)
            return;
    }
    if (stopped_)
        return;
    bool const ended = pipeline_ ? pipeline_->ended() : sourceEnded_;
    if (ended && !pending_) {
        finish();
        return;
    }
    if (pipeline_ && pipeline_->isIdle() && !sourceEnded_)
        pipeline_.reset();
    arm();
}

void Pipe::finish() {
    if (concluded_ || (pipeline_ && pipeline_->fate() == Fate::Close)) {
        connection_.closeGently();
        return;
    }
    if (!finished_) {
        finished_ = true;
        error_code ignored;
        sink_.shutdown(Tcp::socket::shutdown_send, ignored);
        connection_.onFinished();
    }
    if (!stopped_)
        arm();
}

void Pipe::arm() {
    if (pending_)
        armWrite();
    if (!sourceEnded_ && room() >= roomAtLeast)
        armRead();
    else
        watchForReset();
    if (pipeline_)
        armTimer();
}

void Pipe::armRead() {
    if (reading_)
        return;
    reading_ = true;
    source_.async_wait(Tcp::socket::wait_read,
                       [this, self = connection_.shared_from_this()](error_code error) {
                           reading_ = false;
                           if (!stopped_ && !error)
                               readSome();
                       });
}

void Pipe::armWrite() {
    if (writing_)
        return;
    writing_ = true;
    sink_.async_wait(Tcp::socket::wait_write,
                     [this, self = connection_.shared_from_this()](error_code error) {
                         writing_ = false;
                         if (!stopped_ && !error)
                             pump();
                     });
}

// A source that is not being read from would hide that its peer has reset the connection.
void Pipe::watchForReset() {
    if (watching_)
        return;
    watching_ = true;
    source_.async_wait(
        Tcp::socket::wait_error, [this, self = connection_.shared_from_this()](error_code error) {
            watching_ = false;
            if (stopped_ || error)
                return;
            int pendingError = 0;
            socklen_t size = sizeof pendingError;
            ::getsockopt(source_.native_handle(), SOL_SOCKET, SO_ERROR, &pendingError, &size);
            if (pendingError != 0)
                connection_.reset();
        });
}

void Pipe::armTimer() {
    Instant const wanted = pipeline_->wakeAt();
    if (wanted == timerAt_)
        return;
    timerAt_ = wanted;
    if (!timer_) {
        if (wanted == never)
            return;
        timer_ = std::make_unique<asio::steady_timer>(connection_.surroundings().io);
    }
    if (wanted == never) {
        timer_->cancel();
        return;
    }
    timer_->expires_at(wanted);
    timer_->async_wait([this, self = connection_.shared_from_this()](error_code error) {
        if (stopped_ || error)
            return;
        timerAt_ = never;
        pump();
    });
}

} // namespace shakedown::proxy
