#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
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
/// T has members `std::uint32_t index`, `std::uint32_t generation`, a flag `live` and
/// `std::uint32_t birth` (its place in the order of taking, modulo 2^32), kept by the pool, and a
/// default-constructed state that `take` restores. Objects that are free are a list through
/// `birth`: the last one given back is the first one taken.
template <class T>
class Pool {
public:
    static_assert(std::is_trivially_destructible_v<T>, "chunks are given back as they are");
    static_assert(std::is_trivially_copyable_v<T>, "taking copies a fresh one over the old");

    /// `skew` places stay empty before each chunk. Objects of equal index in two pools shall not
    /// lie at equal offsets of their pages: processors that compare only the lower 12 bits of
    /// addresses would take a load from the one for dependent on a store to the other.
    explicit Pool(std::uint32_t skew = 0) : skew_(skew) {}

    [[gnu::always_inline]] T& take() {
        if (firstFree_ == none)
            addOne();
        std::uint32_t const index = firstFree_;
        T& object = (*this)[index];
        firstFree_ = object.birth;
        std::uint32_t const generation = object.generation;
        std::memcpy(static_cast<void*>(&object), &fresh, sizeof(T));
        object.index = index;
        object.generation = generation;
        object.live = true;
        object.birth = ++births_;
        ++live_;
        return object;
    }
    void giveBack(T& object) {
        require(object.live, "an object is given back once");
        object.live = false;
        ++object.generation;
        object.birth = firstFree_;
        firstFree_ = object.index;
        --live_;
    }
    // Most runs never leave the first chunk, so its address is at hand.
    [[gnu::always_inline]] T& operator[](std::uint32_t index) {
        return index <= chunkMask ? first_[index] : inChunk(index);
    }
    [[gnu::always_inline]] T const& operator[](std::uint32_t index) const {
        return index <= chunkMask ? first_[index] : inChunk(index);
    }
    /// Asks the processor to fetch the object, if there is one.
    void prefetch(std::uint32_t index) const {
        if (index < made_)
            __builtin_prefetch(&(*this)[index]);
    }
    static Ref refOf(T const& object) { return {object.index, object.generation}; }
    /// The object, or null if it was given back.
    T* find(Ref ref) {
        if (!ref.valid())
            return nullptr;
        T& object = (*this)[ref.index];
        return object.live && object.generation == ref.generation ? &object : nullptr;
    }
    std::size_t liveCount() const { return live_; }
    /// The live objects that `wanted(object)` picks, oldest first. Which place an object got
    /// depends on everything else that came and went; its age does not.
    template <class F>
    std::vector<std::uint32_t> oldestFirst(F&& wanted) {
        std::vector<std::uint32_t> found;
        forEach([&](T const& object) {
            if (wanted(object))
                found.push_back(object.index);
        });
        // Ages, because the count of births may have begun anew.
        std::sort(found.begin(), found.end(), [this](std::uint32_t a, std::uint32_t b) {
            return births_ - (*this)[a].birth > births_ - (*this)[b].birth;
        });
        return found;
    }
    /// Calls f(object) for every live object, in order of index: only for what does not depend on
    /// the order.
    template <class F>
    void forEach(F&& f) {
        for (std::uint32_t i = 0; i < made_; ++i)
            if ((*this)[i].live)
                f((*this)[i]);
    }

private:
    static constexpr std::uint32_t chunkBits = 16;
    static constexpr std::uint32_t chunkMask = (1U << chunkBits) - 1;

    // Memory that the system hands out only when an object is made in it.
    struct Place {
        alignas(T) std::byte bytes[sizeof(T)];
    };

    [[gnu::noinline]] T& inChunk(std::uint32_t index) const {
        return *std::launder(
            reinterpret_cast<T*>(chunks_[index >> chunkBits][skew_ + (index & chunkMask)].bytes));
    }

    [[gnu::noinline]] void addOne() {
        require(made_ < (1U << 30), "at most 2^30 objects live in a pool");
        if ((made_ & chunkMask) == 0)
            chunks_.push_back(
                std::make_unique_for_overwrite<Place[]>((std::size_t{1} << chunkBits) + skew_));
        T* const object = new (chunks_[made_ >> chunkBits][skew_ + (made_ & chunkMask)].bytes) T{};
        if (made_ == 0)
            first_ = object;
        object->index = made_;
        object->birth = firstFree_;
        firstFree_ = made_++;
    }

    // Copying it costs a few wide moves, where setting each member would cost dozens of stores.
    static inline T const fresh{};

    std::uint32_t skew_;
    T* first_ = nullptr; // of the first chunk
    std::vector<std::unique_ptr<Place[]>> chunks_;
    std::uint32_t made_ = 0;
    std::uint32_t firstFree_ = none;
    std::uint32_t births_ = 0;
    std::size_t live_ = 0;
};

} // namespace shakedown::kernel
