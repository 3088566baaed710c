#include "scenarios/reading/quantity_grammar.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/reading/codes.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::reading {

namespace {

/// `times` is whole or the divisor is, so that one rounding is enough.
struct Unit {
    std::string_view name;
    double times;
    double dividedBy = 1;
};

constexpr Unit durationUnits[] = {{"ns", 1, 1e9}, {"us", 1, 1e6}, {"ms", 1, 1e3}, {"s", 1},
                                  {"m", 60},      {"h", 3600},    {"d", 86400}};
constexpr Unit rateUnits[] = {{"/s", 1}, {"/min", 1, 60}, {"/h", 1, 3600}};
constexpr Unit sizeUnits[] = {{"B", 1},    {"KiB", 1024}, {"MiB", 1048576}, {"GiB", 1073741824},
                              {"kB", 1e3}, {"MB", 1e6},   {"GB", 1e9}};
constexpr Unit bandwidthUnits[] = {{"bps", 1}, {"kbps", 1e3}, {"Mbps", 1e6}, {"Gbps", 1e9}};
constexpr Unit shareUnits[] = {{"%", 1, 100}};

struct Quantity {
    std::string_view what; // "a duration"
    std::string_view examples;
    std::span<Unit const> units;
    std::string_view suggested; // the unit a bare number is likely to lack
};

constexpr Quantity aDuration{"a duration", "250ms, 1.5s or 5m", durationUnits, "ms"};
constexpr Quantity aRate{"a rate", "20/s or 100/min", rateUnits, "/s"};
constexpr Quantity aSize{"a size", "4KiB or 2MB", sizeUnits, "B"};
constexpr Quantity aBandwidth{"a bandwidth", "10Mbps or 1Gbps", bandwidthUnits, "Mbps"};
constexpr Quantity aShare{"a share", "5% or 0.1%", shareUnits, "%"};
constexpr Quantity const* everyQuantity[] = {&aDuration, &aRate, &aSize, &aBandwidth, &aShare};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// The length of the number at the start of the text, or 0.
std::size_t numberLength(std::string_view text) {
    std::size_t i = !text.empty() && text[0] == '-' ? 1 : 0;
    std::size_t const first = i;
    while (i < text.size() && isDigit(text[i])) {
        ++i;
    }
    if (i == first) {
        return 0;
    }
    if (i + 1 < text.size() && text[i] == '.' && isDigit(text[i + 1])) {
        for (++i; i < text.size() && isDigit(text[i]);) {
            ++i;
        }
    }
    return i;
}

bool hasLeadingZero(std::string_view number) {
    std::size_t const first = number.starts_with('-') ? 1 : 0;
    return number.size() > first + 1 && number[first] == '0' && isDigit(number[first + 1]);
}

std::string quoted(std::string_view text) {
    constexpr std::size_t longest = 60;
    return "'" + std::string(text.substr(0, longest)) + (text.size() > longest ? "...'" : "'");
}

Result<double> toDouble(std::string_view number) {
    if (hasLeadingZero(number)) {
        return textError(codes::badQuantity, 0, "a number does not begin with 0: " + quoted(number),
                         "octal and padded numbers are not read");
    }
    double value = 0;
    auto const end = std::from_chars(number.data(), number.data() + number.size(), value);
    if (end.ec != std::errc() || !std::isfinite(value)) {
        return textError(codes::outOfRange, 0, "this number is too large: " + quoted(number));
    }
    return value;
}

Unit const* findUnit(std::span<Unit const> units, std::string_view name) {
    for (auto const& unit : units) {
        if (unit.name == name) {
            return &unit;
        }
    }
    return nullptr;
}

std::string examplesOf(Quantity const& quantity) {
    return "write it as " + std::string(quantity.examples);
}

// What people write for a unit.
struct Alias {
    std::string_view written;
    std::string_view unit;
};
constexpr Alias aliases[] = {
    {"msec", "ms"},    {"msecs", "ms"},     {"millis", "ms"}, {"milliseconds", "ms"},
    {"\u00B5s", "us"}, {"\u03BCs", "us"},   {"usec", "us"},   {"sec", "s"},
    {"secs", "s"},     {"second", "s"},     {"seconds", "s"}, {"min", "m"},
    {"mins", "m"},     {"minute", "m"},     {"minutes", "m"}, {"hr", "h"},
    {"hour", "h"},     {"hours", "h"},      {"day", "d"},     {"days", "d"},
    {"rps", "/s"},     {"qps", "/s"},       {"/sec", "/s"},   {"/second", "/s"},
    {"/m", "/min"},    {"/minute", "/min"}, {"/hour", "/h"},  {"K", "KiB"},
    {"M", "MiB"},      {"G", "GiB"},        {"KB", "kB"},     {"kb", "kB"},
    {"mb", "MB"},      {"gb", "GB"},        {"percent", "%"}, {"pct", "%"}};

std::optional<std::string> meantUnit(Quantity const& wanted, std::string_view unit) {
    for (auto const& alias : aliases) {
        if (alias.written == unit && findUnit(wanted.units, alias.unit)) {
            return std::string(alias.unit);
        }
    }
    std::vector<std::string> known;
    for (auto const& candidate : wanted.units) {
        known.emplace_back(candidate.name);
    }
    return nearestWord(std::string(unit), known);
}

// 0.1 without a unit is a tenth, not a tenth of a percent.
std::string withLikelyUnit(Quantity const& wanted, std::string_view number) {
    double value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    if (&wanted == &aShare && value > 0 && value < 1) {
        return toText(Ratio::of(value));
    }
    return std::string(number) + std::string(wanted.suggested);
}

// Why this is no unit of the quantity, and what was probably meant.
Diagnostic wrongUnit(Quantity const& wanted, std::string_view number, std::string_view unit) {
    std::string const what(wanted.what);
    if (unit.empty()) {
        return textError(codes::badQuantity, 0,
                         what + " needs its unit: '" + std::string(number) + "'",
                         "did you mean '" + withLikelyUnit(wanted, number) + "'?");
    }
    if (unit.front() == ' ' && findUnit(wanted.units, unit.substr(unit.find_first_not_of(' ')))) {
        std::string const joined =
            std::string(number) + std::string(unit.substr(unit.find_first_not_of(' ')));
        return textError(codes::badQuantity, number.size(),
                         "no space between a number and its unit", "write '" + joined + "'");
    }
    for (Quantity const* other : everyQuantity) {
        if (other != &wanted && findUnit(other->units, unit)) {
            return textError(codes::badQuantity, 0,
                             "'" + std::string(number) + std::string(unit) + "' is "
                                 + std::string(other->what) + ", but " + what + " stands here",
                             examplesOf(wanted));
        }
    }
    auto const nearest = meantUnit(wanted, unit);
    return textError(codes::badQuantity, number.size(), quoted(unit) + " is no unit of " + what,
                     nearest ? "did you mean '" + std::string(number) + *nearest + "'?"
                             : examplesOf(wanted));
}

bool isAnyUnit(std::string_view unit) {
    for (Quantity const* quantity : everyQuantity) {
        if (findUnit(quantity->units, unit)) {
            return true;
        }
    }
    return false;
}

struct Measured {
    double number;
    Unit const* unit;
};

Result<Measured> measure(std::string_view text, Quantity const& quantity) {
    std::size_t const length = numberLength(text);
    if (length == 0) {
        return textError(codes::badQuantity, 0,
                         std::string(quantity.what) + " is expected, not " + quoted(text),
                         examplesOf(quantity));
    }
    std::string_view const unitName = text.substr(length);
    Unit const* const unit = findUnit(quantity.units, unitName);
    if (unit == nullptr) {
        return wrongUnit(quantity, text.substr(0, length), unitName);
    }
    auto const number = toDouble(text.substr(0, length));
    if (!number) {
        return number.errors();
    }
    return Measured{number.value(), unit};
}

Result<double> inBaseUnits(std::string_view text, Quantity const& quantity) {
    auto const measured = measure(text, quantity);
    if (!measured) {
        return measured.errors();
    }
    auto const [number, unit] = measured.value();
    return number * unit->times / unit->dividedBy;
}

std::optional<std::int64_t> wholeProduct(std::string_view digits, std::int64_t factor) {
    std::int64_t whole = 0;
    auto const end = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
    std::int64_t product = 0;
    bool const exact = end.ec == std::errc() && end.ptr == digits.data() + digits.size()
                       && !__builtin_mul_overflow(whole, factor, &product);
    return exact ? std::optional(product) : std::nullopt;
}

// "1.5" x 1000 is 1500; nothing where the product is not whole, or too large on the way to it.
std::optional<std::int64_t> exactProduct(std::string_view number, std::int64_t factor) {
    auto const point = number.find('.');
    auto const whole = wholeProduct(number.substr(0, point), factor);
    if (!whole || point == std::string_view::npos) {
        return whole;
    }
    auto const digits = number.substr(point + 1);
    constexpr std::size_t mostDigits = 15;
    auto const parts = digits.size() <= mostDigits ? wholeProduct(digits, factor) : std::nullopt;
    std::int64_t scale = 1;
    for (std::size_t i = 0; parts && i < digits.size(); ++i) {
        scale *= 10;
    }
    if (!parts || *parts % scale != 0) {
        return std::nullopt;
    }
    return number.starts_with('-') ? *whole - *parts / scale : *whole + *parts / scale;
}

} // namespace

Diagnostic textError(char const* code, std::size_t offset, std::string message, std::string hint) {
    return {Severity::Error,
            code,
            std::move(message),
            std::move(hint),
            {"", 0, static_cast<int>(offset) + 1}};
}

Result<Duration> parseDuration(std::string_view text) {
    if (text == "none") {
        return Duration::none();
    }
    auto const measured = measure(text, aDuration);
    if (!measured) {
        return measured.errors();
    }
    auto const [number, unit] = measured.value();
    double const seconds = number * unit->times / unit->dividedBy;
    constexpr double longest = 3.0e9; // somewhat below 100 years
    if (std::fabs(seconds) > longest) {
        return textError(codes::outOfRange, 0, "this is longer than 95 years: " + quoted(text),
                         "write 'none' where there is no limit");
    }
    // Decimal numbers go past 2^53 nanoseconds exactly.
    auto const nanoseconds = static_cast<std::int64_t>(1e9 * unit->times / unit->dividedBy);
    if (auto const exact = exactProduct(text.substr(0, numberLength(text)), nanoseconds)) {
        return Duration::nanoseconds(*exact);
    }
    return Duration::fromSeconds(seconds);
}

Result<double> parseSeconds(std::string_view text) {
    auto const checked = parseDuration(text);
    if (!checked) {
        return checked.errors();
    }
    if (checked.value().isNone()) {
        return textError(codes::badQuantity, 0, "'none' is no duration here",
                         examplesOf(aDuration));
    }
    return inBaseUnits(text, aDuration);
}

Result<Rate> parseRate(std::string_view text) {
    auto const value = inBaseUnits(text, aRate);
    return value ? Result<Rate>(Rate::perSecond(value.value())) : Result<Rate>(value.errors());
}

Result<Bytes> parseBytes(std::string_view text) {
    auto const value = inBaseUnits(text, aSize);
    if (!value) {
        return value.errors();
    }
    constexpr double largest = 9e15;
    if (value.value() > largest || value.value() != std::floor(value.value())) {
        return textError(codes::outOfRange, 0, "this is no whole number of bytes: " + quoted(text));
    }
    return Bytes::of(static_cast<std::int64_t>(value.value()));
}

Result<Bandwidth> parseBandwidth(std::string_view text) {
    auto const value = inBaseUnits(text, aBandwidth);
    return value ? Result<Bandwidth>(Bandwidth::bitsPerSecond(value.value()))
                 : Result<Bandwidth>(value.errors());
}

Result<Ratio> parseRatio(std::string_view text) {
    auto const value = inBaseUnits(text, aShare);
    return value ? Result<Ratio>(Ratio::of(value.value())) : Result<Ratio>(value.errors());
}

Result<double> parseNumber(std::string_view text) {
    std::size_t const length = numberLength(text);
    if (length == 0) {
        return textError(codes::badQuantity, 0, "a number is expected, not " + quoted(text));
    }
    if (length != text.size() && !isAnyUnit(text.substr(length))) {
        return textError(
            codes::badQuantity, 0, quoted(text) + " is no number",
            "numbers are decimal, such as 16 or 1.5, without exponents and separators");
    }
    if (length != text.size()) {
        return textError(codes::badQuantity, length,
                         "a bare number stands here, without " + quoted(text.substr(length)),
                         "write '" + std::string(text.substr(0, length)) + "'");
    }
    return toDouble(text);
}

Result<std::int64_t> parseWhole(std::string_view text) {
    auto const number = parseNumber(text);
    if (!number) {
        return number.errors();
    }
    if (auto const whole = wholeProduct(text, 1)) {
        return *whole;
    }
    bool const isFraction = text.find('.') != std::string_view::npos;
    return textError(isFraction ? codes::badQuantity : codes::outOfRange, 0,
                     isFraction ? "a whole number is expected, not " + quoted(text)
                                : "this number is too large: " + quoted(text));
}

} // namespace shakedown::reading
