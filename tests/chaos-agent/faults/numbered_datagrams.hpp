#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chaos-agent/system/network_namespace.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::tests {

// A datagram as it arrived.
struct Arrival {
    std::uint32_t number; // of sending, from 0
    Duration took;
    std::chrono::steady_clock::time_point at;
    int turnedBits; // of what was sent, its number spared
};

// One end of a stream of datagrams.
struct DatagramEnd {
    system::NetworkNamespace place;
    std::string host;
    int port = 0;
};

struct DatagramStream {
    int count = 100;
    Duration gap; // between two
    std::size_t bytes = 200;
    enum class Checksum { Sent, None };
    Checksum checksum = Checksum::Sent;
};

// Sends numbered datagrams at their times, and tells those that arrived, in the order of arriving.
// Ends when nothing came for half a second after the last was sent.
std::vector<Arrival> arrivalsOf(DatagramEnd const& from, DatagramEnd const& to,
                                DatagramStream const& stream);

// Of the times they took; q in [0, 1].
Duration quantileOf(std::vector<Arrival> const& arrivals, double q);

} // namespace shakedown::tests
