#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/model/timeline.hpp"

/// Every fault a scenario can name. Each is one struct; adding one makes every visitor that
/// forgets it fail to compile.
namespace shakedown::model {

enum class Direction : std::uint8_t { Requests, Replies, Both };
enum class ErrorAnswer : std::uint8_t { Error, Unavailable };

// To a process.
struct Crash {
    Target target;
}; // dies; comes back after `for`
struct Kill {
    Target target;
}; // dies; stays dead unless `for` is given
struct Hang {
    Target target;
}; // holds everything
struct Restart {
    Target target;
}; // drains, stops, starts
struct Slow {
    Target target;
    std::optional<Distribution> add; // a wait once for each request starting service
    double factor = 1;               // scales work started
};
struct Errors {
    Target target;
    Ratio share = Ratio::of(1);
    int status = 500;
};
struct Leak {
    Target target;
    Duration crashAfter = Duration::seconds(60);
};
struct Cpu {
    Target target;
    Ratio steal = Ratio::of(0.5);
};
struct Memory {
    Target target;
    Bytes amount;
};
struct Io {
    Target target;
    Ratio steal = Ratio::of(0.5);
};
struct Disk {
    Target target;
    bool full = false;
    double factor = 1;
};
struct Cold {
    Target target;
    std::string cache;
};
struct FileDescriptors {
    Target target;
    int leave = 0;
};

// To the network of a call.
struct Latency {
    Target target;
    Distribution add;
    Direction direction = Direction::Requests;
};
struct JitterFault {
    Target target;
    Distribution add;
    Direction direction = Direction::Requests;
};
struct Loss {
    Target target;
    Ratio share;
    Direction direction = Direction::Both;
};
struct Duplicate {
    Target target;
    Ratio share;
};
struct Reorder {
    Target target;
    Ratio share;
    Duration by = Duration::milliseconds(10);
};
struct Corrupt {
    Target target;
    Ratio share;
};
struct BandwidthFault {
    Target target;
    Bandwidth limit;
};
struct Partition {
    std::vector<std::string> between; // services, loads or zones
    std::vector<std::string> andSide; // `and`
    bool hold = false;
};
struct Reject {
    Target target;
};
struct Reset {
    Target target;
    Ratio share = Ratio::of(1);
};
struct BlackHole {
    Target target;
};
struct SlowClose {
    Target target;
    Duration by = Duration::seconds(1);
};
struct Slice {
    Target target;
    Bytes size;
    Duration pause;
};
struct LimitData {
    Target target;
    Bytes limit;
};
struct Dns {
    Target target;
    std::string answer;
};

// To a protocol.
struct Http {
    Target target;
    std::optional<int> abort;
    std::optional<Distribution> delay;
    std::string method;
    std::string path;
    std::string header;
    std::string body;
    Ratio share = Ratio::of(1);
    std::optional<int> first;
};
struct Grpc {
    Target target;
    int status = 14;
    Ratio share = Ratio::of(1);
};

// To places and to operations.
struct ZoneOutage {
    Target target;
};
struct HostDown {
    Target target;
};
struct LinkDown {
    Target target;
};
/// A machine that is slower than it should be.
struct BrownOut {
    Target target;
    Ratio speed = Ratio::of(0.5);
};
struct Clock {
    Target target;
    Duration skew;
};
struct ExpiredCertificate {
    Target target;
};
struct BadDeploy {
    Target target;
    Ratio share = Ratio::of(1);
    double factor = 1;
    std::string action;
};
/// Multiplies the rate of an open load, or adds to it.
struct Surge {
    Target target;
    double factor = 1;
    Rate add;
};
struct PoisonMessage {
    Target target;
};
struct LostHeartbeats {
    Target target;
};

using FaultKind =
    std::variant<Crash, Kill, Hang, Restart, Slow, Errors, Leak, Cpu, Memory, Io, Disk, Cold,
                 FileDescriptors, Latency, JitterFault, Loss, Duplicate, Reorder, Corrupt,
                 BandwidthFault, Partition, Reject, Reset, BlackHole, SlowClose, Slice, LimitData,
                 Dns, Http, Grpc, ZoneOutage, HostDown, LinkDown, BrownOut, Clock,
                 ExpiredCertificate, BadDeploy, Surge, PoisonMessage, LostHeartbeats>;

struct Fault {
    std::string name; // given, or made from verb and target ("slow-autos")
    Timing when;
    FaultKind what;
    Place place;
    Mentions mentions;
};

} // namespace shakedown::model
