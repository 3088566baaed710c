#include "chaos-agent/conduct/asker.hpp"

namespace shakedown::conduct {

namespace {

using measure::Outcome;
using record::Cause;

constexpr int tooManyRequests = 429;
constexpr int unavailable = 503;

RequestEnd endWithoutAnswer(Reply const& reply) {
    switch (reply.end) {
    case ReplyEnd::TimedOut:
        return {Outcome::TimedOut, Cause::Timeout, {}, {}};
    case ReplyEnd::Refused:
        return {Outcome::Failed, Cause::Refused, {}, {}};
    case ReplyEnd::Unreachable:
        return {Outcome::Failed, Cause::NoReplica, {}, {}};
    case ReplyEnd::Reset:
    case ReplyEnd::Answered:
        break;
    }
    return {Outcome::Failed, Cause::Reset, {}, {}};
}

} // namespace

RequestEnd endOfRequest(Reply const& reply) {
    if (reply.end != ReplyEnd::Answered)
        return endWithoutAnswer(reply);
    if (reply.status < 400)
        return {};
    if (reply.status == tooManyRequests)
        return {Outcome::Rejected, Cause::RateLimited, {}, {}};
    if (reply.status == unavailable)
        return {Outcome::Rejected, Cause::Shed, {}, {}};
    return {Outcome::Failed, Cause::ErrorReply, {}, {}};
}

RequestEnd endOfProbe(Reply const& reply, int wanted) {
    if (reply.end != ReplyEnd::Answered)
        return endWithoutAnswer(reply);
    if (reply.status == wanted)
        return {};
    return {Outcome::Failed, Cause::ErrorReply, {}, {}};
}

void Asker::ask(SimTime intended) {
    auto const ticket = ledger_.offered(what_.load, intended);
    if (underWay_ >= underWayAtMost) {
        end(ticket, {Outcome::Failed, Cause::PoolFull, clock_.now(), clock_.now()});
        return;
    }
    ++underWay_;
    SimTime const sent = clock_.now();
    client_.get(what_.patience, [this, ticket, sent](Reply const& reply) {
        --underWay_;
        auto over = what_.meaning(reply);
        over.sent = sent;
        over.at = clock_.now();
        end(ticket, over);
    });
}

void Asker::end(Ticket const& ticket, RequestEnd end) {
    badInARow_ = end.outcome == Outcome::Ok ? 0 : badInARow_ + 1;
    ledger_.ended(ticket, end);
}

} // namespace shakedown::conduct
