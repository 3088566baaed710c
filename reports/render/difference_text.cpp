#include "reports/render/difference_text.hpp"

#include <cmath>

#include "reports/record/number_text.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::render {

namespace {

using model::ValueUnit;
using summary::Change;

// Without sign.
std::string sizeText(double size, ValueUnit unit) {
    return unit == ValueUnit::Share ? record::significant(size * 100, 3) + " pp"
                                    : valueText(size, unit);
}

// A round number as its author wrote it: 1, 0.1, 2.5.
std::string plainNumber(double number) {
    std::string text;
    record::append(text, record::tidied(number));
    return text;
}

} // namespace

char const* changeWord(Change change) {
    switch (change) {
    case Change::Better:
        return "better";
    case Change::Same:
        return "same";
    case Change::Worse:
        return "worse";
    case Change::More:
        return "more";
    case Change::Less:
        return "less";
    case Change::Undecided:
        return "undecided";
    case Change::OneSided:
        return "one-sided";
    }
    return "";
}

std::string signedText(double difference, ValueUnit unit) {
    if (difference == 0) {
        return "0";
    }
    return (difference < 0 ? "-" : "+") + sizeText(std::abs(difference), unit);
}

std::string sideText(std::optional<double> value, ValueUnit unit) {
    return value ? valueText(*value, unit) : "-";
}

std::string differenceText(summary::Difference const& d) {
    if (!d.before || !d.now) {
        return "-";
    }
    std::string const text = signedText(d.value, d.unit);
    bool const isPlain = d.unit == ValueUnit::Share || d.value == 0 || *d.before == 0;
    if (isPlain) {
        return text;
    }
    double const relative = d.value / *d.before;
    return text + (relative < 0 ? " (-" : " (+") + record::significant(std::abs(relative) * 100, 3)
           + " %)";
}

std::string intervalText(summary::Difference const& d) {
    if (!d.interval) {
        return "-";
    }
    return signedText(d.interval->low, d.unit) + " to " + signedText(d.interval->high, d.unit);
}

std::string hiddenText(summary::Difference const& d) {
    double const size = d.mayHide().value_or(0);
    bool const isRelative = d.unit != ValueUnit::Share && d.before && *d.before != 0;
    return isRelative ? record::significant(size / std::abs(*d.before) * 100, 3) + " %"
                      : sizeText(size, d.unit);
}

std::string noticeableText(summary::Noticeable const& noticeable) {
    return plainNumber(noticeable.relative * 100)
           + " % (shares: " + plainNumber(noticeable.share * 100) + " pp)";
}

} // namespace shakedown::render
