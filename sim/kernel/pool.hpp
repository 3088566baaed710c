#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::kernel {

inline constexpr std::uint32_t none = ~std::uint32_t{0};

/// Names an object of a pool; stale once the object was given back.
struct Ref {
    std::uint32_t index = none;
    std::uint32_t generation = 0;
    bool valid() const { return index != none; }
    friend bool operator==(Ref, Ref) = default;
};

/// Objects that come and go by the million: taken from and given back to chunks that never move.
/// T has members `std::uint32_t generation` and `bool live`, kept by the pool, and a
/// default-constructed state that `take` restores.
template <class T>
class Pool {
public:
    std::uint32_t take() {
        if (free_.empty())
            grow();
        std::uint32_t const index = free_.back();
        free_.pop_back();
        T& object = (*this)[index];
        std::uint32_t const generation = object.generation;
        object = T{};
        object.generation = generation;
        object.live = true;
        return index;
    }
    void giveBack(std::uint32_t index) {
        T& object = (*this)[index];
        require(object.live, "an object is given back once");
        object.live = false;
        ++object.generation;
        free_.push_back(index);
    }
    T& operator[](std::uint32_t index) { return chunks_[index >> chunkBits][index & chunkMask]; }
    T const& operator[](std::uint32_t index) const {
        return chunks_[index >> chunkBits][index & chunkMask];
    }
    Ref ref(std::uint32_t index) const { return {index, (*this)[index].generation}; }
    bool alive(Ref ref) const {
        return ref.valid() && (*this)[ref.index].live
               && (*this)[ref.index].generation == ref.generation;
    }
    std::size_t liveCount() const { return capacity() - free_.size(); }
    /// Calls f(index, object) for every live object, in order of index.
    template <class F>
    void forEach(F&& f) {
        for (std::uint32_t i = 0; i < capacity(); ++i)
            if ((*this)[i].live)
                f(i, (*this)[i]);
    }

private:
    static constexpr std::uint32_t chunkBits = 10;
    static constexpr std::uint32_t chunkMask = (1U << chunkBits) - 1;

    std::uint32_t capacity() const {
        return static_cast<std::uint32_t>(chunks_.size() << chunkBits);
    }
    void grow() {
        std::uint32_t const old = capacity();
        require(old < (1U << 30), "at most 2^30 objects live in a pool");
        chunks_.push_back(std::make_unique<T[]>(std::size_t{1} << chunkBits));
        free_.reserve(capacity());
        for (std::uint32_t i = capacity(); i > old; --i)
            free_.push_back(i - 1);
    }

    std::vector<std::unique_ptr<T[]>> chunks_;
    std::vector<std::uint32_t> free_;
};

} // namespace shakedown::kernel
