#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "chaos-agent/proxy/stage.hpp"

namespace shakedown::proxy {

/// The disturbances at work on one direction of one connection, in the order in which they were
/// added: bytes and the end of the stream go in at the front and come out at the back. A machine
/// like its stages: no clock, no socket.
class Pipeline {
public:
    /// Draws for the toxic of that name.
    using LuckOf = std::function<Luck(std::string const& toxic)>;

    explicit Pipeline(LuckOf luckOf) : luckOf_(std::move(luckOf)) {}

    /// True if any of the toxics befalls this direction of this connection.
    static bool isDisturbed(Toxics const& toxics, Direction direction, LuckOf const& luckOf);

    /// Makes the stages what the toxics say, at once: what a removed stage held goes on to the next
    /// one, a kept one takes on its new numbers.
    void follow(Toxics const& toxics, Direction direction, Instant now);

    /// That stage stands before every toxic from now on; there is none yet.
    void putFirst(std::unique_ptr<Stage> stage);
    /// The stage put first goes; what it held goes on.
    void dropFirst(Instant now);

    void take(Chunk chunk, Instant now);
    void end(Instant now);
    /// Moves everything as far as it may go at `now`, and as there is room for it.
    void advance(Instant now);

    /// The next chunk that comes out at `now`, if any.
    std::optional<Chunk> next(Instant now);
    /// True once the end has come out, after everything before it.
    bool ended() const { return end_ && end_->before > stages_.size() && out_.empty(); }
    /// Reset is to be obeyed at once, Close once ended().
    Fate fate() const { return fate_; }
    /// When advance() will do something without being given more, or anything being taken out.
    Instant wakeAt() const;
    /// Memory held, in bytes.
    std::size_t charge() const;
    /// True when nothing is disturbed and nothing held: the pipeline may go.
    bool isIdle() const { return stages_.empty() && out_.empty() && !end_; }

private:
    struct Placed {
        std::string toxic;
        std::size_t kind; // the index of the disturbance, `noToxic` of the stage put first
        std::unique_ptr<Stage> stage;
    };
    static constexpr std::size_t noToxic = std::variant_npos;
    bool hasFirst() const { return !stages_.empty() && stages_[0].kind == noToxic; }

    // The end stands before the stage of that index, since `arrival`; past the last stage's index
    // it has come out.
    struct End {
        std::size_t before;
        Instant arrival;
    };

    bool isFull(std::size_t index) const; // the stage of that index, or behind the last the exit
    void give(std::size_t index, Chunk chunk, Instant now);
    void closeFrom(std::size_t index, Instant now);
    void moveEnd(Instant now);

    LuckOf luckOf_;
    std::vector<Placed> stages_;
    std::deque<Chunk> out_;
    std::size_t outCharge_ = 0;
    std::optional<End> end_;
    Fate fate_ = Fate::Flow;
};

} // namespace shakedown::proxy
