#include "reports/formats/hdr_encoding.hpp"

#include <algorithm>
#include <bit>

#include <zlib.h>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::formats {

namespace {

// 0x10: counts are ZigZag LEB128.
constexpr std::uint32_t plainCookie = 0x1c849303U | 0x10U;
constexpr std::uint32_t compressedCookie = 0x1c849304U | 0x10U;
constexpr std::uint32_t significantDigits = 3;

// Three digits need sub-buckets at least 1/1000 apart: 2048 a bucket, the upper half of which a
// bucket adds to the one before.
constexpr int subBucketBits = 11;
constexpr std::uint64_t halfCount = std::uint64_t{1} << (subBucketBits - 1);

template <class T>
void appendBigEndian(std::string& bytes, T number) {
    for (int shift = static_cast<int>(sizeof(T)) * 8 - 8; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(number >> shift & 0xffU);
    }
}

// Counts in order of the buckets; what is empty between two of them is one negative number.
std::string countsOf(measure::Histogram const& histogram) {
    std::string bytes;
    std::size_t next = 0;
    std::uint64_t held = 0; // of bucket `next`
    auto const flush = [&] {
        if (held > 0) {
            appendZigZag(bytes, static_cast<std::int64_t>(held));
            ++next;
            held = 0;
        }
    };
    auto const least = static_cast<std::uint64_t>(histogram.min().count());
    auto const most = static_cast<std::uint64_t>(histogram.max().count());
    for (auto const& [middle, count] : histogram.cells()) {
        auto const value = std::clamp(static_cast<std::uint64_t>(middle), least, most);
        std::size_t const index = hdrIndexOf(value);
        if (index != next) {
            flush();
        }
        if (index > next) {
            appendZigZag(bytes, -static_cast<std::int64_t>(index - next));
            next = index;
        }
        held += count;
    }
    flush();
    return bytes;
}

std::string compressed(std::string const& bytes) {
    uLongf size = compressBound(bytes.size());
    std::string out(size, '\0');
    int const result =
        compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                  reinterpret_cast<Bytef const*>(bytes.data()), bytes.size(), Z_BEST_COMPRESSION);
    require(result == Z_OK, "there is room for what is compressed");
    out.resize(size);
    return out;
}

} // namespace

std::size_t hdrIndexOf(std::uint64_t value) {
    auto const width = static_cast<int>(std::bit_width(value));
    int const bucket = std::max(0, width - subBucketBits);
    std::uint64_t const sub = value >> bucket; // below 2048
    return static_cast<std::size_t>(static_cast<std::uint64_t>(bucket) * halfCount + sub);
}

void appendZigZag(std::string& bytes, std::int64_t number) {
    auto rest = static_cast<std::uint64_t>(number) << 1
                ^ (number < 0 ? ~std::uint64_t{0} : std::uint64_t{0});
    for (int i = 0; i < 8; ++i) {
        if (rest < 0x80U) {
            bytes += static_cast<char>(rest);
            return;
        }
        bytes += static_cast<char>((rest & 0x7fU) | 0x80U);
        rest >>= 7;
    }
    bytes += static_cast<char>(rest);
}

std::string hdrEncoded(measure::Histogram const& histogram) {
    std::string const counts = countsOf(histogram);
    // Not below 2, which HdrHistogram asks for; and a decoder makes room for this.
    auto const highest =
        std::max<std::uint64_t>(2, static_cast<std::uint64_t>(histogram.max().count()));
    std::string plain;
    appendBigEndian(plain, plainCookie);
    appendBigEndian(plain, static_cast<std::uint32_t>(counts.size()));
    appendBigEndian(plain, std::uint32_t{0}); // index offset
    appendBigEndian(plain, significantDigits);
    appendBigEndian(plain, std::uint64_t{1}); // lowest discernible value
    appendBigEndian(plain, highest);
    appendBigEndian(plain, std::bit_cast<std::uint64_t>(1.0)); // integer to double
    plain += counts;
    std::string const packed = compressed(plain);
    std::string bytes;
    appendBigEndian(bytes, compressedCookie);
    appendBigEndian(bytes, static_cast<std::uint32_t>(packed.size()));
    return bytes + packed;
}

} // namespace shakedown::formats
