#pragma once

#include <cstdint>
#include <vector>

/// The same small systems written for SimGrid alone: an actor a request, no code of ours. Each runs
/// in a process of its own and gives the instant at which each request was answered, in seconds; a
/// request that never was has `never`.
namespace shakedown::tests::plain {

inline constexpr double never = -1;

struct Request {
    double at = 0;
    double work = 0; // seconds on one core at speed 1
};

/// Requests that share the cores of one host.
std::vector<double> sharedHost(int cores, double speed, std::vector<Request> const& requests);

/// The same; the host is off from one instant to another, and so are its messages.
std::vector<double> failingHost(int cores, std::vector<Request> const& requests, double off,
                                double on);

struct Line {
    double bytesPerSecond = 0;
    double latency = 0;
    std::uint64_t requestBytes = 0;
    std::uint64_t answerBytes = 0;
};
/// Requests over a link both ways share, answered after their work. From `changesAt` on the link
/// carries `then` bytes a second.
std::vector<double> sharedLink(Line const& line, std::vector<Request> const& requests,
                               double changesAt, double then);

} // namespace shakedown::tests::plain
