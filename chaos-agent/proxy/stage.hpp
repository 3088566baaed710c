#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

#include "chaos-agent/proxy/chunk.hpp"
#include "chaos-agent/proxy/instant.hpp"
#include "chaos-agent/proxy/toxic.hpp"
#include "scenarios/chance/stream.hpp"

namespace shakedown::proxy {

/// What shall become of a connection: go on, be closed once all that has passed is delivered, or
/// be reset at once.
enum class Fate : std::uint8_t { Flow, Close, Reset };

/// The draws of one toxic on one direction of one connection; equal seeds draw equally.
struct Luck {
    chance::Stream stream;
    chance::Key key = 0;
    /// Draw 0 decides on toxicity; a stage uses 1 and above. In (0, 1).
    double uniform(std::uint64_t step) const { return stream.uniform(key, step); }
};

/// One disturbance at work on one direction of one connection: a machine without clock or socket.
/// It is given chunks, is asked which may go on, and says when to ask again.
class Stage {
public:
    virtual ~Stage() = default;

    /// The next chunk that may go on at `now`, if any.
    virtual std::optional<Chunk> next(Instant now) = 0;
    /// When next() or fate() will answer otherwise without being given more.
    virtual Instant wakeAt() const { return never; }
    /// When the end of the stream, which arrived at `arrival`, may go on.
    virtual Instant endAt(Instant arrival) const { return arrival; }
    /// No more will be given; the end of the stream waits for what is held.
    virtual void noteEnd() {}
    virtual Fate fate(Instant) const { return Fate::Flow; }
    /// What the connection deserves when the disturbance goes: where bytes are missing from the
    /// middle of a stream, it cannot go on.
    virtual Fate fateWhenRemoved() const { return Fate::Flow; }
    /// Takes on other numbers, of the same kind.
    virtual void update(Disturbance const& what, Instant now) = 0;

    virtual void take(Chunk chunk, Instant now);
    /// Gives back all that is held, in order.
    std::deque<Chunk> release();
    bool empty() const { return held_.empty(); }
    /// Memory held, in bytes, counting every chunk's own cost.
    std::size_t charge() const { return charge_; }
    static std::size_t chargeOf(Chunk const& chunk) { return chunk.size() + 64; }

protected:
    Chunk& front() { return held_.front(); }
    Chunk const& front() const { return held_.front(); }
    /// Joins all that is held into one chunk.
    void join();
    Chunk pop();
    /// The first `count` bytes of the front chunk; all of it if it is not longer.
    Chunk popBytes(std::size_t count);

private:
    std::deque<Chunk> held_;
    std::size_t charge_ = 0;
};

/// The machine for a disturbance that begins at `now`.
std::unique_ptr<Stage> makeStage(Disturbance const& what, Luck luck, Instant now);

} // namespace shakedown::proxy
