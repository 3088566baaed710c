#include "reports/formats/metric_text.hpp"

#include "reports/record/json_text.hpp"
#include "reports/record/number_text.hpp"
#include "scenarios/vocabulary/require.hpp"

namespace shakedown::formats {

namespace {

char const* wordOf(MetricType type) {
    switch (type) {
    case MetricType::Gauge:
        return "gauge";
    case MetricType::Counter:
        return "counter";
    case MetricType::Histogram:
        return "histogram";
    case MetricType::Info:
        return "info";
    }
    return "unknown";
}

} // namespace

std::string labelText(std::string_view value) {
    std::string out = "\"";
    for (std::size_t i = 0; i < value.size();) {
        std::size_t const length = record::utf8Length(value, i);
        auto const first = static_cast<unsigned char>(value[i]);
        if (first == '\n') {
            out += "\\n";
        } else if (length == 0 || first < 0x20U || first == 0x7fU) {
            out += "\xef\xbf\xbd";
        } else {
            if (first == '"' || first == '\\') {
                out += '\\';
            }
            out.append(value.substr(i, length));
        }
        i += length == 0 ? 1 : length;
    }
    return out + "\"";
}

void MetricText::family(std::string_view name, MetricType type, std::string_view unit,
                        std::string_view help) {
    name_ = name;
    require(unit.empty() || name.ends_with("_" + std::string(unit)), "a name ends with its unit");
    text_ += "# TYPE " + name_ + " " + wordOf(type) + "\n";
    if (!unit.empty()) {
        text_ += "# UNIT " + name_ + " " + std::string(unit) + "\n";
    }
    text_ += "# HELP " + name_ + " " + std::string(help) + "\n";
}

void MetricText::beginSample(std::string_view suffix, Labels const& labels) {
    text_ += name_;
    text_ += suffix;
    char before = '{';
    for (auto const& [name, value] : labels) {
        text_ += before;
        text_ += name;
        text_ += '=';
        text_ += labelText(value);
        before = ',';
    }
    text_ += labels.empty() ? " " : "} ";
}

void MetricText::sample(std::string_view suffix, Labels const& labels, std::uint64_t value) {
    beginSample(suffix, labels);
    record::append(text_, value);
    text_ += '\n';
}

void MetricText::sample(std::string_view suffix, Labels const& labels, double value) {
    beginSample(suffix, labels);
    record::append(text_, record::tidied(value));
    text_ += '\n';
}

std::string MetricText::take() {
    return std::exchange(text_, {}) + "# EOF\n";
}

} // namespace shakedown::formats
