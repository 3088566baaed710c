#pragma once

#include <memory>
#include <optional>

#include "chaos-agent/proxy/pipeline.hpp"
#include "chaos-agent/proxy/surroundings.hpp"

namespace shakedown::proxy {

class Connection;

/// One direction of a connection: reads from one socket, writes to the other. Undisturbed bytes go
/// through the shared scratch buffer straight to the other side; memory of its own is taken only
/// for what the other side does not accept at once, and for what a disturbance holds.
class Pipe {
public:
    Pipe(Connection& connection, Direction direction, Tcp::socket& source, Tcp::socket& sink);

    void start();
    /// Follows the toxics of the proxy as they are now.
    void follow();
    /// Neither reads nor writes from now on.
    void stop();
    /// That stage is the first that bytes meet from now on, before all toxics.
    void putFirst(std::unique_ptr<Stage> stage);
    void dropFirst();
    /// Reads no more: `last` takes the place of whatever would have come, and once it is passed on
    /// the connection is closed gently.
    void conclude(std::string_view last);
    /// The end of the stream has been passed on.
    bool isFinished() const { return finished_; }

private:
    void readSome();
    bool receive();
    void pass(std::string_view bytes);
    void send(std::string_view bytes);
    bool sendPending();
    void makePipeline();
    void pump();
    void move();
    void finish();
    void arm();
    void armRead();
    void armWrite();
    void armTimer();
    void watchForReset();
    std::size_t room() const;
    Pipeline::LuckOf luckOf() const;
    Traffic& traffic() const;

    Connection& connection_;
    Tcp::socket& source_;
    Tcp::socket& sink_;
    std::unique_ptr<Pipeline> pipeline_;        // while disturbed
    std::unique_ptr<asio::steady_timer> timer_; // once a disturbance asked for one
    std::optional<Chunk> pending_;              // being written
    Instant timerAt_ = never;
    Direction direction_;
    bool stopped_ = false;
    bool finished_ = false;
    bool sourceEnded_ = false;
    bool concluded_ = false;
    bool reading_ = false;
    bool writing_ = false;
    bool watching_ = false;
};

} // namespace shakedown::proxy
