#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chaos-agent/proxy/http_change.hpp"
#include "chaos-agent/proxy/refusal.hpp"
#include "scenarios/chance/stream.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::proxy {

/// A disturbance of single HTTP requests of a proxy: a delay before a request is passed on, then an
/// answer in the server's place or another one than the server gives.
struct HttpFault {
    std::string name;
    std::optional<int> abort;      // the status to answer with, 200 to 599
    std::optional<Duration> delay; // at least 0
    HttpChange change;             // of the answer, the server's or the one in its place
    std::string method;            // any if empty
    /// Without the query, compared as sent: exactly, or by its beginning where this ends in `*`.
    /// Any if empty.
    std::string path;
    /// Of the requests that match, in [0, 1].
    double share = 1;
    /// Only so many requests of the proxy since the fault was added, at least 1.
    std::optional<std::int64_t> first;
};

inline constexpr std::size_t httpFaultsAtMost = 64;

/// What becomes of a request.
struct HttpOutcome {
    Duration delay;
    std::optional<int> abort;
    HttpChange change{};
};

/// The HTTP faults of a proxy, in the order in which they were added, and how often each befell a
/// request.
class HttpFaults {
public:
    Refused add(HttpFault fault);
    /// What waits follows; the requests counted so far stay counted.
    Refused update(HttpFault fault);
    Refused remove(std::string const& name);

    std::vector<HttpFault> list() const;
    bool empty() const { return faults_.empty(); }
    /// Requests that the fault befell; 0 if there is none of that name.
    std::int64_t befallen(std::string const& name) const;

    /// The names of the faults that befall a request, each counted. Delays add up; the first abort
    /// ends the list. Of two bodies the later one is taken. Whether a share befalls a request is a
    /// pure function of stream, key and name.
    std::vector<std::string> befall(std::string_view method, std::string_view path,
                                    chance::Stream const& luck, chance::Key request);
    /// What those faults, where they are still there, do to it.
    HttpOutcome outcomeOf(std::vector<std::string> const& names) const;

private:
    struct Counted {
        HttpFault fault;
        std::int64_t befallen = 0;
    };
    Counted* find(std::string const& name);
    Counted const* find(std::string const& name) const;

    std::vector<Counted> faults_;
};

} // namespace shakedown::proxy
