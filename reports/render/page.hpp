#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "reports/render/plain_text.hpp"

namespace shakedown::render {

enum class Colour : std::uint8_t { Never, Always };
enum class Ink : std::uint8_t { Good, Bad, Unsure, Heading };

inline constexpr std::size_t lineWidth = 100;

/// Lines for a terminal, in colour or without.
class Page {
public:
    explicit Page(Colour colour) : colour_(colour) {}

    std::string inked(Ink ink, std::string const& words) const {
        if (colour_ == Colour::Never) {
            return words;
        }
        switch (ink) {
        case Ink::Good:
            return "\x1b[32m" + words + "\x1b[0m";
        case Ink::Bad:
            return "\x1b[31;1m" + words + "\x1b[0m";
        case Ink::Unsure:
            return "\x1b[33m" + words + "\x1b[0m";
        case Ink::Heading:
            return "\x1b[1m" + words + "\x1b[0m";
        }
        return words;
    }
    void line(std::string const& words) { out_ += words + "\n"; }
    void clippedLine(std::string const& words) { line(clipped(words, lineWidth)); }
    void heading(std::string const& words) { out_ += "\n" + inked(Ink::Heading, words) + "\n"; }
    void raw(std::string const& text) { out_ += text; }
    /// Broken between words, lines after the first indented.
    void wrappedLine(std::string const& head, std::string const& words);
    std::string take() { return std::move(out_); }

private:
    Colour colour_;
    std::string out_;
};

} // namespace shakedown::render
