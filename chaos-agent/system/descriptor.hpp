#pragma once

#include <utility>

#include <unistd.h>

namespace shakedown::system {

/// A file descriptor that is closed with its owner; -1 is none.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        if (this != &other) {
            close();
            number_ = std::exchange(other.number_, -1);
        }
        return *this;
    }
    ~Descriptor() { close(); }

    int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }
    void close() {
        if (number_ >= 0)
            ::close(std::exchange(number_, -1));
    }
    /// Gives it away: who takes it closes it.
    int release() { return std::exchange(number_, -1); }

private:
    int number_ = -1;
};

} // namespace shakedown::system
