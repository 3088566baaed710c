#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace shakedown::record {

/// The fingerprint of a run: every dispatched event is mixed in, in order. Mixing a word is a
/// bijection of the state (exclusive or, odd multiplication, shift), so two runs that differ in one
/// word differ. Not for adversaries. Idea: MurmurHash, with the finaliser of SplitMix64.
class Digest {
public:
    constexpr void mix(std::uint64_t word) {
        state_ = (state_ ^ word) * multiplier;
        state_ ^= state_ >> 32;
    }

    constexpr std::uint64_t value() const {
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

private:
    static constexpr std::uint64_t multiplier = 0x9e3779b97f4a7c15ULL;
    std::uint64_t state_ = 0x243f6a8885a308d3ULL;
};

/// The digest of a run of several replications: that of their digests, in order.
constexpr std::uint64_t combineDigests(std::vector<std::uint64_t> const& replications) {
    Digest all;
    for (std::uint64_t const digest : replications) {
        all.mix(digest);
    }
    return all.value();
}

/// 16 hex digits.
std::string digestText(std::uint64_t digest);

} // namespace shakedown::record
