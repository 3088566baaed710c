#pragma once

#include <string>
#include <string_view>

#include "scenarios/vocabulary/diagnostic.hpp"
#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

/// The texts of single quantities. A number is digits with an optional sign and fraction ("-1.5"):
/// no leading zero, no exponent, no hexadecimal. A quantity has its unit right behind the number.
/// In the errors the place holds only a column, counted from 1 within the text.
namespace shakedown::reading {

/// "250ms", "1.5s", "5m", "none" (units ns, us, ms, s, m, h, d).
Result<Duration> parseDuration(std::string_view text);
/// The same in seconds and unrounded, for the parameters of distributions; no "none".
Result<double> parseSeconds(std::string_view text);
/// "20/s", "100/min", "5/h".
Result<Rate> parseRate(std::string_view text);
/// "4KiB", "2MB", "100B".
Result<Bytes> parseBytes(std::string_view text);
/// "1Gbps", "10Mbps".
Result<Bandwidth> parseBandwidth(std::string_view text);
/// "5%", "0.1%".
Result<Ratio> parseRatio(std::string_view text);
/// "1.5", "-3": a bare number.
Result<double> parseNumber(std::string_view text);
/// "16": a bare whole number.
Result<std::int64_t> parseWhole(std::string_view text);

/// An error whose place is a column of the text.
Diagnostic textError(char const* code, std::size_t offset, std::string message,
                     std::string hint = {});

} // namespace shakedown::reading
