#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "chaos-agent/proxy/asio.hpp"
#include "chaos-agent/proxy/chunk.hpp"
#include "chaos-agent/proxy/http_fault.hpp"
#include "chaos-agent/proxy/socket_source.hpp"
#include "chaos-agent/proxy/toxic.hpp"
#include "scenarios/chance/stream.hpp"

namespace shakedown::proxy {

/// Where bytes are read to before it is known whether they must be kept: one for all connections
/// of an io_context, which one thread runs.
using Scratch = std::array<char, bufferAtMost>;

/// Bytes that have passed in one direction, since the proxy was made.
struct Traffic {
    std::uint64_t received = 0;
    std::uint64_t sent = 0;
};

/// What became of the HTTP requests of a proxy while it had HTTP faults.
struct HttpCounts {
    std::uint64_t examined = 0; // requests whose head was understood
    std::uint64_t delayed = 0;
    std::uint64_t aborted = 0;   // answered in the server's place
    std::uint64_t closed = 0;    // aborted without an answer: earlier answers could not be followed
    std::uint64_t changed = 0;   // answers whose header or body was changed
    std::uint64_t unchanged = 0; // not changed though they should: which they are was not known
    /// Connections with bytes that are no HTTP we understand for certain, which pass unexamined.
    std::uint64_t passedAsBytes = 0;
};

/// What the connections of one proxy share.
struct Surroundings {
    asio::io_context& io;
    Scratch& scratch;
    chance::Stream luck;
    Toxics toxics;
    std::array<Traffic, 2> traffic{}; // by direction
    HttpFaults httpFaults{};
    HttpCounts http{};
    std::shared_ptr<SocketSource> sockets{}; // none: ordinary ones
};

} // namespace shakedown::proxy
