#pragma once

#include <string>
#include <vector>

#include "chaos-agent/proxy/http_exchange.hpp"
#include "chaos-agent/proxy/http_fault.hpp"
#include "chaos-agent/proxy/stage.hpp"
#include "chaos-agent/proxy/surroundings.hpp"

namespace shakedown::proxy {

/// The HTTP faults of a proxy at work on what one client sends. Only heads of requests are held,
/// until they are whole; bodies pass. Whatever is not understood for certain passes as it came,
/// and all that follows it. A request that is delayed holds up what is behind it; behind an
/// aborted one everything is dropped.
class HttpStage final : public Stage {
public:
    /// `connection` keys the draws of its requests. Exchange, faults and counts outlive the stage.
    HttpStage(HttpExchange& exchange, HttpFaults& faults, HttpCounts& counts,
              chance::Stream const& luck, chance::Key connection);

    void take(Chunk chunk, Instant now) override;
    std::optional<Chunk> next(Instant now) override;
    Instant wakeAt() const override;
    void noteEnd() override { ended_ = true; }
    void update(Disturbance const&, Instant) override {}

private:
    // Astray: joined late and not yet at the beginning of a request.
    enum class Phase : std::uint8_t { Astray, Head, Waiting, Body, Bytes, Dropping };

    // Each moves on as far as it can; what comes out is the answer of next().
    std::optional<Chunk> onHead(Instant now);
    std::optional<Chunk> onWaiting(Instant now);
    std::optional<Chunk> onBody();
    void examine(std::size_t headEnd, Instant now);
    void refuse();
    Instant dueAt() const;

    HttpExchange& exchange_;
    HttpFaults& faults_;
    HttpCounts& counts_;
    chance::Stream luck_;
    chance::Key connection_;
    Phase phase_;
    bool ended_ = false;
    bool isTentative_ = false; // a head where one may be, after having been astray
    Instant since_{};          // the head began to come, or the request to wait
    std::uint64_t requests_ = 0;
    std::size_t headEnd_ = 0;
    RequestHead head_{"", "", HttpBody::ofLength(0), false};
    std::vector<std::string> befalling_;
};

} // namespace shakedown::proxy
