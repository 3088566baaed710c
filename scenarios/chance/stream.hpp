#pragma once

#include <cstdint>
#include <string_view>

#include <Random123/philox.h>

namespace shakedown::chance {

/// Identifies a request, a step of it, an attempt: whatever a draw belongs to.
using Key = std::uint64_t;

/// Mixes an index into a key; distinct (key, index) give distinct keys but for 64-bit collisions.
/// Source: the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
constexpr Key mixKey(Key key, std::uint64_t index) {
    std::uint64_t z = key + 0x9e3779b97f4a7c15ULL * (index + 1);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

/// Two independent uniform 64-bit words.
struct Words {
    std::uint64_t first;
    std::uint64_t second;
};

/// The words of one draw handed out as numbers in (0, 1); a draw that needs more than two
/// numbers continues with the next counter of the same (stream, key, step), so it never touches
/// another draw's numbers.
class Draw;

/// A named source of randomness. Draws are pure: the same (seed, name, key, step) gives the same
/// words whatever was drawn before. Generator: Philox 2x64 with 7 rounds (Salmon et al., SC'11;
/// 6 rounds pass BigCrush).
class Stream {
public:
    constexpr Stream() = default;
    /// `replication` r draws with the key (seed, r).
    Stream(std::uint64_t seed, std::uint32_t replication, std::string_view name);

    [[gnu::always_inline]] Words words(Key key, std::uint64_t step) const {
        r123::Philox2x64_R<7> generator;
        auto const out = generator({{key, step}}, {{key_}});
        return {out[0], out[1]};
    }
    /// One number in (0, 1), both ends excluded.
    [[gnu::always_inline]] double uniform(Key key, std::uint64_t step) const {
        return toUnit(words(key, step).first);
    }
    Draw draw(Key key, std::uint64_t step) const;

    /// 53 random bits centred in their cell, so never 0 or 1.
    static constexpr double toUnit(std::uint64_t word) {
        return (static_cast<double>(word >> 12) + 0.5) * 0x1.0p-52;
    }

private:
    std::uint64_t key_ = 0;
};

class Draw {
public:
    Draw(Stream const& stream, Key key, std::uint64_t step)
        : stream_(&stream), key_(key), step_(step), words_(stream.words(key, step)) {}

    double uniform() {
        if (used_ == 2)
            refill();
        return Stream::toUnit(used_++ == 0 ? words_.first : words_.second);
    }

private:
    // The upper 16 bits of the counter number the refills; steps use the lower 48.
    void refill() {
        words_ = stream_->words(key_, step_ + (static_cast<std::uint64_t>(++refills_) << 48));
        used_ = 0;
    }

    Stream const* stream_;
    Key key_;
    std::uint64_t step_;
    Words words_;
    std::uint8_t used_ = 0;
    std::uint16_t refills_ = 0;
};

inline Draw Stream::draw(Key key, std::uint64_t step) const {
    return Draw(*this, key, step);
}

/// FNV-1a of a name, for keys made from names.
constexpr std::uint64_t hashName(std::string_view name) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (char const c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

} // namespace shakedown::chance
