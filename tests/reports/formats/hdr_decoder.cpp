#include "tests/reports/formats/hdr_decoder.hpp"

#include <bit>
#include <cmath>
#include <numeric>
#include <sstream>
#include <stdexcept>

#include <zlib.h>

namespace shakedown::tests {

namespace {

void demand(bool holds, char const* what) {
    if (!holds) {
        throw std::runtime_error(what);
    }
}

std::string fromBase64(std::string const& text) {
    std::string const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t held = 0;
    int bits = 0;
    for (char const c : text) {
        if (c == '=') {
            break;
        }
        auto const digit = digits.find(c);
        demand(digit != std::string::npos, "not base64");
        held = held << 6 | static_cast<std::uint32_t>(digit);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(held >> bits & 0xffU);
        }
    }
    return bytes;
}

class Bytes {
public:
    explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}
    bool isAtEnd() const { return at_ == bytes_.size(); }
    std::uint64_t take(int count) {
        std::uint64_t value = 0;
        for (int i = 0; i < count; ++i) {
            value = value << 8 | byte();
        }
        return value;
    }
    std::int64_t zigZag() {
        std::uint64_t value = 0;
        for (int i = 0; i < 9; ++i) {
            std::uint64_t const b = byte();
            if (i == 8) {
                value |= b << 56;
                break;
            }
            value |= (b & 0x7fU) << (7 * i);
            if (b < 0x80U) {
                break;
            }
        }
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1U);
    }
    std::string rest() const { return bytes_.substr(at_); }

private:
    std::uint64_t byte() {
        demand(at_ < bytes_.size(), "cut");
        return static_cast<unsigned char>(bytes_[at_++]);
    }
    std::string bytes_;
    std::size_t at_ = 0;
};

std::string inflated(std::string const& packed) {
    std::string out(std::size_t{1} << 20, '\0');
    uLongf size = out.size();
    int const result = uncompress(reinterpret_cast<Bytef*>(out.data()), &size,
                                  reinterpret_cast<Bytef const*>(packed.data()), packed.size());
    demand(result == Z_OK, "not zlib");
    out.resize(size);
    return out;
}

HdrHistogram decoded(std::string const& text) {
    Bytes outer(fromBase64(text));
    demand(outer.take(4) == 0x1c849314U, "no cookie of the compressed V2 encoding");
    std::uint64_t const packed = outer.take(4);
    demand(packed == outer.rest().size(), "another length than it says");
    Bytes in(inflated(outer.rest()));
    demand(in.take(4) == 0x1c849313U, "no cookie of the V2 encoding");
    std::uint64_t const payload = in.take(4);
    demand(in.take(4) == 0, "an index offset");
    HdrHistogram h;
    h.digits = static_cast<int>(in.take(4));
    h.lowest = in.take(8);
    h.highest = in.take(8);
    demand(std::bit_cast<double>(in.take(8)) == 1.0, "another ratio");
    demand(payload == in.rest().size(), "another payload than it says");
    while (!in.isAtEnd()) {
        std::int64_t const count = in.zigZag();
        if (count < 0) {
            h.counts.resize(h.counts.size() + static_cast<std::size_t>(-count));
        } else {
            h.counts.push_back(static_cast<std::uint64_t>(count));
        }
    }
    return h;
}

} // namespace

std::uint64_t HdrHistogram::total() const {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::pair<std::uint64_t, std::uint64_t> HdrHistogram::rangeOf(std::size_t index) const {
    demand(lowest >= 1, "a lowest value of 0");
    int const unit = std::bit_width(lowest) - 1; // values are multiples of 2^unit
    double const single = 2 * std::pow(10, digits);
    int const bits = static_cast<int>(std::ceil(std::log2(single)));
    std::size_t const half = std::size_t{1} << (bits - 1);
    if (index < 2 * half) {
        return {std::uint64_t{index} << unit, ((std::uint64_t{index} + 1) << unit) - 1};
    }
    auto const shift = static_cast<int>(index / half) - 1 + unit;
    std::uint64_t const low = std::uint64_t{half + index % half} << shift;
    return {low, low + (std::uint64_t{1} << shift) - 1};
}

std::pair<std::uint64_t, std::uint64_t> HdrHistogram::quantile(double q) const {
    auto const rank = std::max<std::uint64_t>(
        1, static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(total()))));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        seen += counts[i];
        if (seen >= rank) {
            return rangeOf(i);
        }
    }
    return {0, 0};
}

std::vector<HdrLine> readHdrLog(std::string const& text) {
    std::vector<HdrLine> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#' || line[0] == '"') {
            continue;
        }
        HdrLine found;
        if (line.starts_with("Tag=")) {
            found.tag = line.substr(4, line.find(',') - 4);
            line.erase(0, line.find(',') + 1);
        }
        char comma = 0;
        std::istringstream fields(line);
        std::string histogram;
        fields >> found.start >> comma >> found.length >> comma >> found.max >> comma >> histogram;
        demand(!histogram.empty(), "a line of fewer fields");
        found.histogram = decoded(histogram);
        lines.push_back(std::move(found));
    }
    return lines;
}

} // namespace shakedown::tests
