#include "reports/record/number_text.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace shakedown::record;

namespace {

template <class T>
std::string textOf(T number) {
    std::string text;
    append(text, number);
    return text;
}

} // namespace

TEST_CASE("a number is written so that it reads back as itself", "[record][numbers]") {
    CHECK(textOf(0.1) == "0.1");
    CHECK(textOf(1.0 / 3) == "0.3333333333333333");
    CHECK(textOf(-0.0) == "0");
    CHECK(textOf(std::uint64_t{18'446'744'073'709'551'615ULL}) == "18446744073709551615");
    CHECK(textOf(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
}

TEST_CASE("what is not a number is written as one that JSON knows", "[record][numbers]") {
    CHECK(textOf(std::nan("")) == "0");
    CHECK(textOf(std::numeric_limits<double>::infinity()) == "0");
    CHECK(tidied(std::nan("")) == 0);
}

TEST_CASE("three significant digits are three, without exponent", "[record][numbers]") {
    CHECK(significant(0.012345, 3) == "0.0123");
    CHECK(significant(1, 3) == "1.00");
    CHECK(significant(12.345, 3) == "12.3");
    CHECK(significant(99.96, 3) == "100");
    CHECK(significant(999.6, 3) == "1000");
    CHECK(significant(123456, 3) == "123000");
    CHECK(significant(-2.5, 3) == "-2.50");
    CHECK(significant(0, 3) == "0.00");
    CHECK(significant(1e-7, 3) == "0.000000100");
    CHECK(significant(std::nan(""), 3) == "-");
}

TEST_CASE("decimals are rounded and never a negative zero", "[record][numbers]") {
    CHECK(fixed(1.005, 1) == "1.0");
    CHECK(fixed(60.44, 1) == "60.4");
    CHECK(fixed(-0.01, 1) == "0.0");
    CHECK(fixed(1e20, 0) == "100000000000000000000");
}

TEST_CASE("tidied numbers lose the last bits of a sum, and nothing else", "[record][numbers]") {
    CHECK(tidied(0.1 + 0.2) == 0.3);
    CHECK(tidied(123456.789) == 123456.789);
    CHECK(tidied(1e-9) == 1e-9);
}
