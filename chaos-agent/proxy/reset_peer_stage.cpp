#include "chaos-agent/proxy/reset_peer_stage.hpp"

namespace shakedown::proxy {

void ResetPeerStage::take(Chunk, Instant) {
    lost_ = true;
}

std::optional<Chunk> ResetPeerStage::next(Instant) {
    return {};
}

void ResetPeerStage::update(Disturbance const& what, Instant now) {
    what_ = std::get<ResetPeer>(what);
    since_ = now;
}

} // namespace shakedown::proxy
