#pragma once

#include <type_traits>

#include "chaos-agent/protocol/fault.hpp"
#include "chaos-agent/protocol/field.hpp"

/// What the fields of a fault are called, what they may be, and what they mean.
namespace shakedown::protocol {

inline constexpr char const* delayField = "delay_us";
inline constexpr std::int64_t workersAtMost = 1024;
inline constexpr std::int64_t ioWorkersAtMost = 64;

template <class V>
void describe(V& v, Loss& loss) {
    v.share({"share", "Probability with which each packet is lost, above 0.", Need::Must},
            loss.share);
}
template <class V>
void describe(V&, Partition&) {}
template <class V>
void describe(V&, Reject&) {}
template <class V>
void describe(V&, BlackHole&) {}
template <class V>
void describe(V& v, Delay& delay) {
    v.duration({delayField, "How much later each packet comes.", Need::Must}, delay.delay,
               {{}, packetDelayAtMost});
    v.duration({"jitter_us", "Give or take so much, uniformly."}, delay.jitter,
               {{}, packetDelayAtMost});
    v.fraction({"correlation", "Probability with which a packet has the jitter of the one before."},
               delay.correlation);
}
template <class V>
void describe(V& v, Duplicate& duplicate) {
    v.share({"share", "Probability with which each packet comes twice, above 0.", Need::Must},
            duplicate.share);
}
template <class V>
void describe(V& v, Reorder& reorder) {
    v.share({"share", "Of the packets, which go at once and overtake the others.", Need::Must},
            reorder.share);
    v.duration({delayField, "How much later the others come.", Need::Must}, reorder.delay,
               {Duration::microseconds(1), packetDelayAtMost});
}
template <class V>
void describe(V& v, Corrupt& corrupt) {
    v.share({"share", "Probability with which one bit of a packet is turned, above 0.", Need::Must},
            corrupt.share);
}
template <class V>
void describe(V& v, PacketRate& rate) {
    v.bytes({"bytes_per_second", "What passes, each way that is disturbed, IP headers counted.",
             Need::Must},
            rate.perSecond);
}
template <class V>
void describe(V&, Hang&) {}
template <class V>
void describe(V&, Crash&) {}
template <class V>
void describe(V&, Kill&) {}
template <class V>
void describe(V&, Restart&) {}
template <class V>
void describe(V& v, Stop& stop) {
    v.duration({"grace_us", "What it has to end by itself before it is killed: whole seconds."},
               stop.grace, {{}, Duration::seconds(60)});
}

template <class V>
void describe(V& v, Latency& latency) {
    v.duration({delayField, "How much later data comes, each way that is disturbed.", Need::Must},
               latency.delay, {{}, delayAtMost});
    v.duration({"jitter_us", "Give or take so much, uniformly."}, latency.jitter,
               {{}, delayAtMost});
}
template <class V>
void describe(V& v, BandwidthLimit& limit) {
    v.bytes({"bytes_per_second", "What passes, each way that is disturbed.", Need::Must},
            limit.perSecond);
}
template <class V>
void describe(V& v, Reset& reset) {
    v.share({"share", "Share of the connections, above 0."}, reset.share);
}
template <class V>
void describe(V& v, SlowClose& slow) {
    v.duration({delayField, "How much later the end of a stream is passed on.", Need::Must},
               slow.delay, {{}, delayAtMost});
}
template <class V>
void describe(V& v, Slice& slice) {
    v.bytes({"bytes", "Data is passed on in pieces of about so many.", Need::Must}, slice.size);
    v.duration({"pause_us", "Between two pieces."}, slice.pause, {{}, delayAtMost});
}
template <class V>
void describe(V& v, LimitData& limit) {
    v.bytes({"bytes", "A connection is closed after so many.", Need::Must}, limit.bytes);
}
template <class V>
void describe(V& v, Slow& slow) {
    v.duration({delayField, "How long a request waits before it is passed on.", Need::Must},
               slow.delay, {{}, delayAtMost});
    v.share({"share", "Share of the requests, above 0."}, slow.share);
}
template <class V>
void describe(V& v, Errors& errors) {
    v.whole({"status", "What a request is answered with."}, errors.status, {200, 599});
    v.share({"share", "Share of the requests, above 0."}, errors.share);
}
template <class V>
void describe(V& v, Http& http) {
    v.whole({"abort", "The status a request is answered with, instead of being passed on."},
            http.abort, {200, 599});
    v.duration({delayField, "How long a request waits."}, http.delay, {{}, delayAtMost});
    v.text({"header", "'Name: value', set in the answer; empty changes none."}, http.header,
           {0, 4400});
    v.text({"body", "Of the answer, instead of the server's; empty changes none."}, http.body,
           {0, 16UL * 1024, Controls::Allowed});
    v.text({"method", "Of the requests; empty is any."}, http.method, {0, 32});
    v.text({"path", "Of the requests; /orders is that one, /orders/* all below; empty is any."},
           http.path, {0, 4096});
    v.share({"share", "Share of the requests, above 0."}, http.share);
    v.whole({"first", "Only so many requests, from the start of the fault."}, http.first,
            {1, 1'000'000'000});
}

template <class V>
void describe(V& v, Disk& disk) {
    v.bytes({"leave_bytes", "What is left free for others; more if the agent keeps more."},
            disk.leave, {0, bytesAtMost});
}

template <class V>
void describe(V& v, Cpu& cpu) {
    v.share({"load", "Share of a processor that each worker takes, above 0."}, cpu.load);
    v.whole({"workers", "As many as there are processors unless told."}, cpu.workers,
            {1, workersAtMost});
}

template <class V>
void describe(V& v, Memory& memory) {
    v.bytes({"bytes", "That are held; this or a share."}, memory.bytes);
    v.share({"share", "Of what is available when it is planned, above 0."}, memory.share);
}
template <class V>
void describe(V& v, Io& io) {
    v.bytes({"bytes", "Of all files together, 64 MiB unless told."}, io.bytes);
    v.whole({"workers", "That write and read without a pause."}, io.workers, {1, ioWorkersAtMost});
}
template <class V>
void describe(V& v, CpuQuota& quota) {
    v.whole({"millicores", "Thousandths of a processor that its control group gets.", Need::Must},
            quota.millicores, {10, 1'000'000});
}
template <class V>
void describe(V& v, FileDescriptors& descriptors) {
    v.whole({"leave", "Descriptors that it can open more, none unless told."}, descriptors.leave,
            {0, 1'000'000});
}
template <class V>
void describe(V& v, Processes& processes) {
    v.whole({"leave", "Processes and threads that its control group can have more, none unless"
                      " told."},
            processes.leave, {0, 1'000'000});
}

template <class T, class... Of>
inline constexpr bool isOneOf = (std::is_same_v<T, Of> || ...);

/// Faults of packets between a target and its peers.
template <class Kind>
inline constexpr bool hasPeers = isOneOf<Kind, Loss, Partition, Reject, BlackHole, Delay, Duplicate,
                                         Reorder, Corrupt, PacketRate>;
/// Faults that can befall one way only.
template <class Kind>
inline constexpr bool hasWay =
    isOneOf<Kind, Loss, Delay, Duplicate, Reorder, Corrupt, PacketRate, Latency, BandwidthLimit>;

template <class V>
void describe(V& v, FaultRequest& request) {
    v.kind({"kind", "What is done.", Need::Must}, request.what, [&](auto& alternative) {
        using Kind = std::remove_reference_t<decltype(alternative)>;
        describe(v, alternative);
        if constexpr (hasPeers<Kind>)
            v.texts({"peers", "Names of the agent's configuration; empty is everybody."},
                    request.peers, nameRule);
        if constexpr (hasWay<Kind>)
            v.choice({"way", "Seen from the target."}, request.way, Way::Both);
    });
    v.text({"target", "To whom; a name of the agent's configuration.", Need::Must}, request.target,
           nameRule);
    v.duration({"duration_us", "Until it is taken back, whatever happens.", Need::Must},
               request.duration, {Duration::milliseconds(1), faultAtMost});
    v.duration({"lease_us", "How long it outlives its client: 1 to 60 s, 10 s unless told."},
               request.lease, {Duration::seconds(1), Duration::seconds(60)});
    v.text({"reason", "For the audit log."}, request.reason, lineRule);
}

constexpr char const* schemaNameOf(FaultRequest const&) {
    return "FaultRequest";
}

} // namespace shakedown::protocol
