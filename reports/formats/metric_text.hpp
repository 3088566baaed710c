#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shakedown::formats {

enum class MetricType : std::uint8_t { Gauge, Counter, Histogram, Info };

/// The text of OpenMetrics 1.0 under way. Names, units and help are our own; label values may be
/// anybody's.
class MetricText {
public:
    using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

    /// Begins a family; its samples follow at once. A unit, if not empty, must be the end of the
    /// name, as the format demands.
    void family(std::string_view name, MetricType type, std::string_view unit,
                std::string_view help);
    /// One sample of the family: "_total" of a counter, "_bucket", "_sum" and "_count" of a
    /// histogram, "_info", or nothing.
    void sample(std::string_view suffix, Labels const& labels, std::uint64_t value);
    /// Tidied.
    void sample(std::string_view suffix, Labels const& labels, double value);

    /// The whole, with its end mark.
    std::string take();

private:
    void beginSample(std::string_view suffix, Labels const& labels);

    std::string text_;
    std::string name_;
};

/// In double quotes: backslash, quote and newline escaped; other control characters and bytes that
/// are not UTF-8 become U+FFFD.
std::string labelText(std::string_view value);

} // namespace shakedown::formats
