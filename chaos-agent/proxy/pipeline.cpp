#include "chaos-agent/proxy/pipeline.hpp"

#include <algorithm>
#include <utility>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::proxy {

namespace {

bool befalls(Toxic const& toxic, Direction direction, Pipeline::LuckOf const& luckOf) {
    return toxic.direction == direction && luckOf(toxic.name).uniform(0) < toxic.toxicity;
}

} // namespace

bool Pipeline::isDisturbed(Toxics const& toxics, Direction direction, LuckOf const& luckOf) {
    return std::any_of(toxics.begin(), toxics.end(),
                       [&](Toxic const& toxic) { return befalls(toxic, direction, luckOf); });
}

void Pipeline::follow(Toxics const& toxics, Direction direction, Instant now) {
    bool const keepsFirst = hasFirst();
    std::vector<Placed> old = std::exchange(stages_, {});
    if (keepsFirst)
        stages_.push_back({"", noToxic, nullptr});
    for (Toxic const& toxic : toxics)
        if (befalls(toxic, direction, luckOf_))
            stages_.push_back({toxic.name, toxic.what.index(), nullptr});

    // Kept stages stand in the same order before and after. From the last: what a removed stage
    // holds goes to the stage that now follows it, behind what that one holds already.
    std::size_t following = stages_.size();
    std::optional<std::size_t> endBefore;
    std::optional<std::size_t> closing;
    for (std::size_t i = old.size(); i-- > 0;) {
        auto const kept = std::find_if(stages_.begin(), stages_.end(), [&](Placed const& placed) {
            return placed.toxic == old[i].toxic && placed.kind == old[i].kind;
        });
        if (end_ && end_->before == i + 1 && !endBefore)
            endBefore = following;
        if (end_ && end_->before == i && kept == stages_.end())
            end_->arrival = now; // it waits for another stage from now on
        if (kept != stages_.end()) {
            kept->stage = std::move(old[i].stage);
            following = static_cast<std::size_t>(kept - stages_.begin());
            continue;
        }
        Fate const deserved = old[i].stage->fateWhenRemoved();
        if (deserved == Fate::Reset)
            fate_ = Fate::Reset;
        else if (deserved == Fate::Close)
            closing = following;
        for (Chunk& chunk : old[i].stage->release())
            give(following, std::move(chunk), now);
    }
    if (end_)
        end_->before = end_->before > old.size() ? stages_.size() + 1
                       : end_->before == 0       ? 0
                                                 : endBefore.value_or(following);
    for (Placed& placed : stages_) {
        if (placed.kind == noToxic)
            continue;
        auto const toxic = std::find_if(toxics.begin(), toxics.end(), [&](Toxic const& candidate) {
            return candidate.name == placed.toxic;
        });
        if (placed.stage)
            placed.stage->update(toxic->what, now);
        else
            placed.stage = makeStage(toxic->what, luckOf_(toxic->name), now);
    }
    if (closing)
        closeFrom(*closing, now);
    advance(now);
}

void Pipeline::putFirst(std::unique_ptr<Stage> stage) {
    require(!hasFirst(), "one stage is put first");
    stages_.insert(stages_.begin(), Placed{"", noToxic, std::move(stage)});
    if (end_ && end_->before > 0)
        ++end_->before;
}

void Pipeline::dropFirst(Instant now) {
    require(hasFirst(), "a stage was put first");
    Placed const dropped = std::move(stages_[0]);
    stages_.erase(stages_.begin());
    if (end_)
        end_ = end_->before == 0 ? End{0, now} : End{end_->before - 1, end_->arrival};
    for (Chunk& chunk : dropped.stage->release())
        give(0, std::move(chunk), now);
    advance(now);
}

void Pipeline::give(std::size_t index, Chunk chunk, Instant now) {
    if (index < stages_.size()) {
        stages_[index].stage->take(std::move(chunk), now);
        return;
    }
    outCharge_ += Stage::chargeOf(chunk);
    out_.push_back(std::move(chunk));
}

void Pipeline::take(Chunk chunk, Instant now) {
    if (!end_) // what comes after the end is lost
        give(0, std::move(chunk), now);
}

void Pipeline::end(Instant now) {
    if (!end_)
        end_ = End{0, now};
}

// The stream ends before that stage; what stands behind it is lost.
void Pipeline::closeFrom(std::size_t index, Instant now) {
    fate_ = std::max(fate_, Fate::Close);
    for (std::size_t i = 0; i < index; ++i)
        stages_[i].stage->release();
    if (!end_ || end_->before < index)
        end_ = End{index, now};
}

void Pipeline::advance(Instant now) {
    for (std::size_t i = 0; i < stages_.size(); ++i) {
        Stage& stage = *stages_[i].stage;
        if (end_ && end_->before == i)
            stage.noteEnd();
        while (!isFull(i + 1)) {
            auto chunk = stage.next(now);
            if (!chunk)
                break;
            give(i + 1, std::move(*chunk), now);
        }
        switch (stage.fate(now)) {
        case Fate::Flow:
            break;
        case Fate::Close:
            if (stage.empty()) // or else there is no room yet for what passes before the end
                closeFrom(i + 1, now);
            break;
        case Fate::Reset:
            fate_ = Fate::Reset;
            return;
        }
    }
    moveEnd(now);
}

void Pipeline::moveEnd(Instant now) {
    while (end_ && end_->before <= stages_.size()) {
        if (end_->before < stages_.size()) {
            Stage const& stage = *stages_[end_->before].stage;
            if (!stage.empty() || now < stage.endAt(end_->arrival))
                return;
        }
        end_ = End{end_->before + 1, now};
    }
}

// Many small chunks cost more memory than they hold bytes.
bool Pipeline::isFull(std::size_t index) const {
    std::size_t const held = index < stages_.size() ? stages_[index].stage->charge() : outCharge_;
    return held >= bufferAtMost;
}

std::optional<Chunk> Pipeline::next(Instant now) {
    if (out_.empty())
        advance(now);
    if (out_.empty())
        return {};
    Chunk chunk = std::move(out_.front());
    out_.pop_front();
    outCharge_ -= Stage::chargeOf(chunk);
    return chunk;
}

Instant Pipeline::wakeAt() const {
    Instant soonest = never;
    // Where the stream was closed, what stands behind its end has no more to do.
    std::size_t const first = fate_ == Fate::Close ? std::min(end_->before, stages_.size()) : 0;
    for (std::size_t i = first; i < stages_.size(); ++i) {
        bool const isHeldUp = isFull(i + 1) && !stages_[i].stage->empty();
        if (!isHeldUp)
            soonest = std::min(soonest, stages_[i].stage->wakeAt());
    }
    if (end_ && end_->before < stages_.size()) {
        Stage const& stage = *stages_[end_->before].stage;
        if (stage.empty())
            soonest = std::min(soonest, stage.endAt(end_->arrival));
    }
    return soonest;
}

std::size_t Pipeline::charge() const {
    std::size_t sum = outCharge_;
    for (Placed const& placed : stages_)
        sum += placed.stage->charge();
    return sum;
}

} // namespace shakedown::proxy
