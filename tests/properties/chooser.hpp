#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace shakedown::tests {

/// What a generator draws from: the same seed gives the same choices with every compiler, because
/// only the engine is taken from the standard library.
class Chooser {
public:
    explicit Chooser(std::uint64_t seed) : engine_(seed) {}

    /// In [low, high].
    int number(int low, int high) {
        auto const width = static_cast<std::uint64_t>(high - low) + 1;
        return low + static_cast<int>(engine_() % width);
    }
    bool oneIn(int times) { return number(1, times) == 1; }
    bool mostly() { return !oneIn(4); }

    template <class T>
    T const& of(std::vector<T> const& list) {
        return list[static_cast<std::size_t>(number(0, static_cast<int>(list.size()) - 1))];
    }
    std::string word(std::vector<std::string> const& words) { return of(words); }

    std::string milliseconds(int low, int high) { return fmt::format("{}ms", number(low, high)); }
    std::string percent(int low, int high) { return fmt::format("{}%", number(low, high)); }
    std::string rate(int low, int high) { return fmt::format("{}/s", number(low, high)); }
    std::string flag() { return oneIn(2) ? "true" : "false"; }

private:
    std::mt19937_64 engine_;
};

/// The entries of a YAML map in flow style; those that are not chosen are left out.
class FlowMap {
public:
    FlowMap& put(std::string const& key, std::string const& value) {
        text_ += (text_.empty() ? "" : ", ") + key + ": " + value;
        return *this;
    }
    bool isEmpty() const { return text_.empty(); }
    std::string text() const { return "{ " + text_ + " }"; }

private:
    std::string text_;
};

} // namespace shakedown::tests
