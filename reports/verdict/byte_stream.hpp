#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// Numbers as bytes, lowest first, for evidence_bytes.cpp.
namespace shakedown::verdict {

class ByteWriter {
public:
    void number(std::uint64_t n) {
        for (int i = 0; i < 8; ++i) {
            bytes_ += static_cast<char>(n >> (8 * i));
        }
    }
    void number(std::int64_t n) { number(static_cast<std::uint64_t>(n)); }
    void number(std::uint32_t n) { number(std::uint64_t{n}); }
    void number(double n) { number(std::bit_cast<std::uint64_t>(n)); }
    void text(std::string_view words) { bytes_ += words; }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

/// Once something was missing or out of range, every further answer is zero and ok() is false.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

    bool ok() const { return ok_; }
    bool atEnd() const { return bytes_.empty(); }
    void refuse() {
        ok_ = false;
        bytes_ = {};
    }

    std::uint64_t number() {
        if (bytes_.size() < 8) {
            refuse();
            return 0;
        }
        std::uint64_t n = 0;
        for (std::size_t i = 0; i < 8; ++i) {
            n |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[i])) << (8 * i);
        }
        bytes_.remove_prefix(8);
        return n;
    }
    std::uint64_t upTo(std::uint64_t limit) {
        std::uint64_t const n = number();
        if (n > limit) {
            refuse();
            return 0;
        }
        return n;
    }
    /// How many items follow, each of at least `size` bytes.
    std::size_t count(std::size_t size) {
        return static_cast<std::size_t>(upTo(bytes_.size() < 8 ? 0 : (bytes_.size() - 8) / size));
    }
    template <class T>
    void into(T& out) {
        if constexpr (std::is_same_v<T, double>) {
            out = std::bit_cast<double>(number());
            if (!std::isfinite(out)) {
                refuse();
                out = 0;
            }
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
            out = static_cast<std::int64_t>(number());
        } else if constexpr (std::is_same_v<T, std::uint32_t>) {
            out = static_cast<std::uint32_t>(upTo(0xffffffffU));
        } else {
            static_assert(std::is_same_v<T, std::uint64_t>);
            out = number();
        }
    }
    bool text(std::string_view expected) {
        if (!bytes_.starts_with(expected)) {
            refuse();
            return false;
        }
        bytes_.remove_prefix(expected.size());
        return true;
    }

private:
    std::string_view bytes_;
    bool ok_ = true;
};

} // namespace shakedown::verdict
