#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "chaos-agent/proxy/instant.hpp"

namespace shakedown::proxy {

/// The most that one direction of a connection holds, in bytes.
inline constexpr std::size_t bufferAtMost = 64 * 1024;

/// Bytes on their way through a pipeline, as they were read or cut.
class Chunk {
public:
    explicit Chunk(std::string_view bytes) : bytes_(bytes.begin(), bytes.end()) {}

    std::string_view view() const { return {bytes_.data() + gone_, bytes_.size() - gone_}; }
    std::size_t size() const { return bytes_.size() - gone_; }
    bool empty() const { return size() == 0; }

    /// Forgets the first `count` bytes, at most all.
    void drop(std::size_t count) { gone_ += std::min(count, size()); }
    /// Cuts off the first `count` bytes, at most all.
    Chunk cut(std::size_t count) {
        Chunk front(view().substr(0, count));
        drop(count);
        return front;
    }

private:
    std::vector<char> bytes_;
    std::size_t gone_ = 0;
};

} // namespace shakedown::proxy
