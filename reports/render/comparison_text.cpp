#include "reports/render/comparison_text.hpp"

#include "reports/render/plain_text.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::render {

namespace {

std::string inked(char const* ink, std::string const& words, Colour colour) {
    return colour == Colour::Never ? words : ink + words + "\x1b[0m";
}

std::string wordOf(summary::Change change, Colour colour) {
    switch (change) {
    case summary::Change::Better:
        return inked("\x1b[32m", "better", colour);
    case summary::Change::Same:
        return "same";
    case summary::Change::Worse:
        return inked("\x1b[31;1m", "worse", colour);
    }
    return "";
}

std::string line(summary::Difference const& d, Colour colour) {
    return padded(d.metric, 9) + padded(valueText(d.before, d.unit), 9) + " -> "
           + padded(valueText(d.now, d.unit), 9) + "  " + wordOf(d.change, colour)
           + (d.byIntervals ? " (by 95 % intervals)" : "");
}

} // namespace

std::string comparisonText(summary::Comparison const& comparison, std::string const& baseline,
                           Colour colour) {
    std::string out = "\n" + inked("\x1b[1m", "Against " + cleaned(baseline), colour) + "\n";
    for (auto const& load : comparison.loads) {
        std::string name = padded(clipped(cleaned(load.name), 20), 20);
        for (auto const& d : load.differences) {
            out += "  " + name + "  " + line(d, colour) + "\n";
            name = std::string(20, ' ');
        }
    }
    for (auto const& name : comparison.onlyNow) {
        out += "  " + cleaned(name) + ": not in that run\n";
    }
    for (auto const& name : comparison.onlyBefore) {
        out += "  " + cleaned(name) + ": only in that run\n";
    }
    return out;
}

} // namespace shakedown::render
