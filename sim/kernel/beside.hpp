#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace shakedown::kernel {

/// What only some objects of a pool have beside themselves, by their index. Memory is taken from
/// the system only for the values that are put, so that objects without one cost nothing.
template <class T>
class Beside {
public:
    static_assert(std::is_trivially_destructible_v<T>, "chunks are given back as they are");

    /// A fresh value for the object at `index`.
    [[gnu::always_inline]] T& put(std::uint32_t index) {
        if (chunks_.size() <= index >> chunkBits) [[unlikely]]
            grow(index);
        return *new (place(index)) T{};
    }
    /// Of an object for which one was put.
    T& operator[](std::uint32_t index) const {
        return *std::launder(reinterpret_cast<T*>(place(index)));
    }

private:
    static constexpr std::uint32_t chunkBits = 16;
    static constexpr std::uint32_t chunkMask = (1U << chunkBits) - 1;

    struct Place {
        alignas(T) std::byte bytes[sizeof(T)];
    };

    [[gnu::noinline]] void grow(std::uint32_t index) {
        while (chunks_.size() <= index >> chunkBits)
            chunks_.push_back(std::make_unique_for_overwrite<Place[]>(std::size_t{1} << chunkBits));
    }
    std::byte* place(std::uint32_t index) const {
        return chunks_[index >> chunkBits][index & chunkMask].bytes;
    }

    std::vector<std::unique_ptr<Place[]>> chunks_;
};

} // namespace shakedown::kernel
