#pragma once

#include <functional>

#include "chaos-agent/conduct/clock.hpp"
#include "chaos-agent/conduct/http_client.hpp"
#include "chaos-agent/conduct/ledger.hpp"

namespace shakedown::conduct {

/// What a reply means to who asked: any status below 400 is good; 429 and 503 say that the service
/// takes no more (RFC 6585, RFC 9110), and count as rejected.
RequestEnd endOfRequest(Reply const& reply);
/// To a probe, which wants one status and no other.
RequestEnd endOfProbe(Reply const& reply, int wanted);

/// Asks one URL again and again, whether or not there are answers, and writes into the ledger how
/// it went. Latencies count from when a request was meant to be sent. Lives on the thread of its
/// event loop.
class Asker {
public:
    struct What {
        std::uint32_t load = 0; // of the roster
        HttpUrl url;
        Duration patience;
        std::function<RequestEnd(Reply const&)> meaning;
    };
    /// More requests under way than this are not sent, and have failed.
    static constexpr std::size_t underWayAtMost = 1000;

    Asker(boost::asio::io_context& io, Clock const& clock, Ledger& ledger, What what)
        : clock_(clock), ledger_(ledger), what_(std::move(what)), client_(io, what_.url) {}

    void ask(SimTime intended);
    /// Forgets what is under way.
    void close() { client_.close(); }
    /// How many of the newest replies in a row were bad.
    int badInARow() const { return badInARow_; }

private:
    void end(Ticket const& ticket, RequestEnd end);

    Clock const& clock_;
    Ledger& ledger_;
    What what_;
    HttpClient client_;
    std::size_t underWay_ = 0;
    int badInARow_ = 0;
};

} // namespace shakedown::conduct
