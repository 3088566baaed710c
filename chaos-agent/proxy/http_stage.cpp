#include "chaos-agent/proxy/http_stage.hpp"

namespace shakedown::proxy {

namespace {

// A head that takes longer is not waited for: perhaps it is none.
constexpr Duration headWithin = Duration::seconds(10);

} // namespace

HttpStage::HttpStage(HttpExchange& exchange, HttpFaults& faults, HttpCounts& counts,
                     chance::Stream const& luck, chance::Key connection)
    : exchange_(exchange), faults_(faults), counts_(counts), luck_(luck), connection_(connection),
      phase_(exchange.sight() == HttpExchange::Sight::Whole ? Phase::Head : Phase::Astray) {}

void HttpStage::take(Chunk chunk, Instant now) {
    // Who joins late finds the beginning of a request where the client speaks after the server.
    if (phase_ == Phase::Astray && empty()
        && exchange_.lastToSpeak() == HttpExchange::Side::Server) {
        phase_ = Phase::Head;
        isTentative_ = true;
    }
    exchange_.onClientBytes();
    if (phase_ == Phase::Head && empty())
        since_ = now;
    Stage::take(std::move(chunk), now);
}

std::optional<Chunk> HttpStage::next(Instant now) {
    while (!empty()) {
        std::optional<Chunk> out;
        Phase const before = phase_;
        switch (phase_) {
        case Phase::Head:
            out = onHead(now);
            break;
        case Phase::Waiting:
            out = onWaiting(now);
            break;
        case Phase::Body:
            out = onBody();
            break;
        case Phase::Astray:
        case Phase::Bytes:
            return pop();
        case Phase::Dropping:
            pop();
            continue;
        }
        if (out || phase_ == before)
            return out;
    }
    return {};
}

std::optional<Chunk> HttpStage::onHead(Instant now) {
    join();
    std::string_view const bytes = front().view();
    auto const found = findHeadEnd(bytes, httpHeadAtMost);
    auto const* const end = std::get_if<std::size_t>(&found);
    if (end == nullptr || !mayBeginRequest(bytes)) {
        refuse();
        return {};
    }
    if (*end > 0)
        examine(*end, now);
    else if (ended_ || now >= later(since_, headWithin))
        refuse();
    return {};
}

void HttpStage::examine(std::size_t headEnd, Instant now) {
    auto head = readRequestHead(front().view().substr(0, headEnd));
    if (!head) {
        refuse();
        return;
    }
    isTentative_ = false;
    head_ = std::move(*head);
    headEnd_ = headEnd;
    since_ = now;
    phase_ = Phase::Waiting;
    ++counts_.examined;
    befalling_ =
        faults_.befall(head_.method, head_.path, luck_, chance::mixKey(connection_, requests_++));
    if (faults_.outcomeOf(befalling_).delay > Duration())
        ++counts_.delayed;
}

void HttpStage::refuse() {
    if (isTentative_) {
        isTentative_ = false;
        phase_ = Phase::Astray;
        return;
    }
    phase_ = Phase::Bytes;
    exchange_.loseSight();
    ++counts_.passedAsBytes;
}

Instant HttpStage::dueAt() const {
    return later(since_, faults_.outcomeOf(befalling_).delay);
}

std::optional<Chunk> HttpStage::onWaiting(Instant now) {
    if (now < dueAt())
        return {};
    auto outcome = faults_.outcomeOf(befalling_);
    if (outcome.abort) {
        exchange_.abort(*outcome.abort, std::move(outcome.change));
        phase_ = Phase::Dropping;
        return {};
    }
    if (!exchange_.expectAnswer(head_.method, std::move(outcome.change)))
        ++counts_.unchanged;
    bool const isWhole = head_.body.isEmpty();
    // After its last request a client has no more to say to the server as HTTP.
    phase_ = !isWhole ? Phase::Body : head_.isLast ? Phase::Bytes : Phase::Head;
    since_ = now; // of the next head, if it is here already
    return popBytes(headEnd_);
}

std::optional<Chunk> HttpStage::onBody() {
    auto const step = head_.body.follow(front().view());
    if (step.progress == HttpBody::Progress::Done)
        phase_ = head_.isLast ? Phase::Bytes : Phase::Head;
    else if (step.progress == HttpBody::Progress::Odd)
        refuse();
    if (step.bytes == 0)
        return {};
    return popBytes(step.bytes);
}

Instant HttpStage::wakeAt() const {
    if (empty())
        return never;
    if (phase_ == Phase::Waiting)
        return dueAt();
    return phase_ == Phase::Head ? later(since_, headWithin) : never;
}

} // namespace shakedown::proxy
