#include "chaos-agent/proxy/stage.hpp"

#include <string>
#include <utility>

#include "chaos-agent/proxy/bandwidth_stage.hpp"
#include "chaos-agent/proxy/latency_stage.hpp"
#include "chaos-agent/proxy/limit_data_stage.hpp"
#include "chaos-agent/proxy/reset_peer_stage.hpp"
#include "chaos-agent/proxy/slicer_stage.hpp"
#include "chaos-agent/proxy/slow_close_stage.hpp"
#include "chaos-agent/proxy/timeout_stage.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::proxy {

void Stage::take(Chunk chunk, Instant) {
    charge_ += chargeOf(chunk);
    held_.push_back(std::move(chunk));
}

std::deque<Chunk> Stage::release() {
    charge_ = 0;
    return std::exchange(held_, {});
}

void Stage::join() {
    if (held_.size() < 2)
        return;
    std::string bytes;
    for (Chunk const& chunk : held_)
        bytes += chunk.view();
    held_.clear();
    held_.emplace_back(bytes);
    charge_ = chargeOf(held_.front());
}

Chunk Stage::pop() {
    Chunk chunk = std::move(held_.front());
    held_.pop_front();
    charge_ -= chargeOf(chunk);
    return chunk;
}

Chunk Stage::popBytes(std::size_t count) {
    if (count >= front().size())
        return pop();
    charge_ -= count;
    return front().cut(count);
}

std::unique_ptr<Stage> makeStage(Disturbance const& what, Luck luck, Instant now) {
    using Made = std::unique_ptr<Stage>;
    return std::visit(
        Overloaded{
            [&](Latency const& l) -> Made { return std::make_unique<LatencyStage>(l, luck); },
            [](BandwidthLimit const& b) -> Made { return std::make_unique<BandwidthStage>(b); },
            [](SlowClose const& s) -> Made { return std::make_unique<SlowCloseStage>(s); },
            [&](Timeout const& t) -> Made { return std::make_unique<TimeoutStage>(t, now); },
            [&](ResetPeer const& r) -> Made { return std::make_unique<ResetPeerStage>(r, now); },
            [&](Slicer const& s) -> Made { return std::make_unique<SlicerStage>(s, luck); },
            [](LimitData const& l) -> Made { return std::make_unique<LimitDataStage>(l); },
        },
        what);
}

} // namespace shakedown::proxy
