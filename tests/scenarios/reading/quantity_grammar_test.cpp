#include "scenarios/reading/quantity_grammar.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "scenarios/vocabulary/quantity_text.hpp"

using namespace shakedown;
using namespace shakedown::reading;
using namespace shakedown::literals;

namespace {

template <class T>
std::string codeOf(Result<T> const& result) {
    return result.ok() ? "" : result.errors().front().code;
}

template <class T>
std::string hintOf(Result<T> const& result) {
    return result.ok() ? "" : result.errors().front().hint;
}

template <class T>
int columnOf(Result<T> const& result) {
    return result.ok() ? 0 : result.errors().front().place.column;
}

// What no grammar of numbers takes.
char const* const noNumbers[] = {
    "",     " ",   "ms",  "-",     ".5ms", "5.ms", "1e3ms",  "1E3s", "0x10",   "0x1s",
    "010s", "00s", "+5s", "1_000", "1,5s", "--5s", "nan",    "inf",  "-inf",   "infs",
    "1 s",  "1s ", " 1s", "1ss",   "s1",   "NaN",  "1.2.3s", "0b1",  "1'000s", "\xC2\xBDs"};

} // namespace

TEST_CASE("a duration is a number with a unit of time", "[reading][quantity]") {
    CHECK(parseDuration("250ms").value() == 250_ms);
    CHECK(parseDuration("1.5s").value() == 1500_ms);
    CHECK(parseDuration("5m").value() == 5_min);
    CHECK(parseDuration("2h").value() == 120_min);
    CHECK(parseDuration("1d").value() == 1440_min);
    CHECK(parseDuration("7ns").value() == 7_ns);
    CHECK(parseDuration("0.3us").value() == 300_ns);
    CHECK(parseDuration("0s").value() == 0_s);
    CHECK(parseDuration("-30s").value() == -(30_s));
    CHECK(parseDuration("none").value().isNone());
    CHECK(parseSeconds("250ms").value() == 0.25);
}

TEST_CASE("a whole number of nanoseconds is kept exactly", "[reading][quantity]") {
    CHECK(parseDuration("9007199254740993ns").value().count() == 9007199254740993);
    CHECK(parseDuration("2999999999s").value() == Duration::seconds(2'999'999'999));
}

TEST_CASE("what is no number is no quantity", "[reading][quantity]") {
    for (char const* const text : noNumbers) {
        CAPTURE(text);
        CHECK_FALSE(parseDuration(text).ok());
        CHECK_FALSE(parseSeconds(text).ok());
        CHECK_FALSE(parseRate(text).ok());
        CHECK_FALSE(parseBytes(text).ok());
        CHECK_FALSE(parseBandwidth(text).ok());
        CHECK_FALSE(parseRatio(text).ok());
        CHECK_FALSE(parseNumber(text).ok());
        CHECK_FALSE(parseWhole(text).ok());
    }
}

TEST_CASE("a bare number is no quantity, and the hint adds its likely unit",
          "[reading][quantity]") {
    CHECK(hintOf(parseDuration("300")) == "did you mean '300ms'?");
    CHECK(hintOf(parseRate("20")) == "did you mean '20/s'?");
    CHECK(hintOf(parseBytes("4096")) == "did you mean '4096B'?");
    CHECK(hintOf(parseBandwidth("100")) == "did you mean '100Mbps'?");
    CHECK(hintOf(parseRatio("0.25")) == "did you mean '25%'?");
    CHECK(hintOf(parseRatio("5")) == "did you mean '5%'?");
    CHECK(codeOf(parseDuration("0")) == "E104");
}

TEST_CASE("octal, hexadecimal and exponents are refused as numbers", "[reading][quantity]") {
    CHECK(codeOf(parseWhole("010")) == "E104");
    CHECK(hintOf(parseWhole("010")) == "octal and padded numbers are not read");
    CHECK(codeOf(parseNumber("0x10")) == "E104");
    CHECK(codeOf(parseNumber("1e3")) == "E104");
    CHECK(codeOf(parseWhole("1_000")) == "E104");
    CHECK(parseNumber("0.5").value() == 0.5);
    CHECK(parseWhole("0").value() == 0);
}

TEST_CASE("the words people write for units are recognised", "[reading][quantity]") {
    struct Case {
        char const* text;
        char const* hint;
    };
    Case const durations[] = {
        {"300msec", "did you mean '300ms'?"},     {"5sec", "did you mean '5s'?"},
        {"5min", "did you mean '5m'?"},           {"2hours", "did you mean '2h'?"},
        {"3\xC2\xB5s", "did you mean '3us'?"},    {"300 ms", "write '300ms'"},
        {"20/s", "write it as 250ms, 1.5s or 5m"}};
    for (auto const& one : durations) {
        CAPTURE(one.text);
        CHECK(hintOf(parseDuration(one.text)) == one.hint);
    }
    CHECK(hintOf(parseRate("20rps")) == "did you mean '20/s'?");
    CHECK(hintOf(parseRate("20/sec")) == "did you mean '20/s'?");
    CHECK(hintOf(parseBytes("4KB")) == "did you mean '4kB'?");
    CHECK(hintOf(parseRatio("5percent")) == "did you mean '5%'?");
}

TEST_CASE("the place of a wrong unit is the unit", "[reading][quantity]") {
    CHECK(columnOf(parseDuration("300msec")) == 4);
    CHECK(columnOf(parseWhole("16ms")) == 3);
    CHECK(columnOf(parseDuration("abc")) == 1);
}

TEST_CASE("quantities that are too large are refused", "[reading][quantity]") {
    CHECK(codeOf(parseDuration("100000000000s")) == "E105");
    CHECK(codeOf(parseDuration("-100000000000s")) == "E105");
    CHECK(codeOf(parseDuration("99999999999999999999999999s")) == "E105");
    std::string nines(400, '9');
    CHECK(codeOf(parseDuration(nines.append("s"))) == "E105");
    CHECK(codeOf(parseRate(nines.insert(400, "/"))) == "E105");
    CHECK(codeOf(parseBytes("9999999999GiB")) == "E105");
    CHECK(codeOf(parseWhole("99999999999999999999")) == "E105");
    CHECK(codeOf(parseNumber(std::string(400, '9'))) == "E105");
    // A number is repeated in the message, but not all of it.
    CHECK(parseNumber(std::string(40'000, '9')).errors().front().message.size() < 200);
}

TEST_CASE("rates, sizes, bandwidths and shares have their units", "[reading][quantity]") {
    CHECK(parseRate("20/s").value().perSecond() == 20);
    CHECK(parseRate("90/min").value().perSecond() == 1.5);
    CHECK(parseRate("36/h").value().perSecond() == 0.01);
    CHECK(parseBytes("4KiB").value().count() == 4096);
    CHECK(parseBytes("1.5kB").value().count() == 1500);
    CHECK(parseBytes("2GiB").value().count() == 2147483648);
    CHECK(codeOf(parseBytes("1.5B")) == "E105");
    CHECK(parseBandwidth("1Gbps").value().bitsPerSecond() == 1e9);
    CHECK(parseBandwidth("64kbps").value().bitsPerSecond() == 64e3);
    CHECK(parseRatio("5%").value().value() == 0.05);
    CHECK(parseRatio("0.1%").value().value() == 0.001);
    CHECK(parseRatio("150%").value().value() == 1.5);
}

TEST_CASE("a number that stands alone has no unit", "[reading][quantity]") {
    CHECK(codeOf(parseWhole("16ms")) == "E104");
    CHECK(hintOf(parseWhole("16ms")) == "write '16'");
    CHECK(codeOf(parseWhole("1.5")) == "E104");
    CHECK(parseWhole("-3").value() == -3);
    CHECK(parseNumber("-2.25").value() == -2.25);
}

TEST_CASE("a quantity that is written is read as the same value", "[reading][quantity]") {
    for (std::int64_t n = 1; n < 4'000'000'000'000'000'000 / 7; n = n * 7 + n % 5) {
        CAPTURE(n);
        Duration const span = Duration::nanoseconds(n);
        bool const isReadable = n < 3'000'000'000'000'000'000;
        if (isReadable) {
            CHECK(parseDuration(toText(span)).value() == span);
        }
        CHECK(parseBytes(toText(Bytes::of(n % 9'000'000'000'000'000))).value().count()
              == n % 9'000'000'000'000'000);
    }
    double value = 1e-7;
    for (int i = 0; i < 2'000; ++i) {
        value = value > 1e7 ? value * 1.3e-14 : value * 1.0173;
        CAPTURE(value);
        CHECK(parseRate(toText(Rate::perSecond(value))).value().perSecond() == value);
        CHECK(parseSeconds(secondsText(value)).value() == value);
        CHECK(parseBandwidth(toText(Bandwidth::bitsPerSecond(value))).value().bitsPerSecond()
              == value);
        CHECK(parseNumber(toText(value)).value() == value);
    }
    for (int i = 0; i <= 10'000; ++i) {
        Ratio const share =
            parseRatio(std::to_string(i / 100) + "." + std::to_string(i % 100) + "%").value();
        CHECK(parseRatio(toText(share)).value() == share);
        Ratio const third = Ratio::of(i / 30'001.0);
        CHECK(parseRatio(toText(third)).value().value() == Approx(third.value()).epsilon(1e-15));
    }
}
