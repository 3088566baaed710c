#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shakedown::cli {

struct RunOptions {
    std::vector<std::string> files;
    std::optional<std::uint64_t> seed;
    std::string seeds; // "1..30" or "1,5,9"
    int jobs = 0;      // 0: one a core
    std::string until;
    std::vector<std::string> set;
    std::vector<std::string> faults;
    std::vector<std::string> expect;
    std::string baseline;
    std::string record = "sampled";
    std::string recordLimit;
    std::string wallLimit;
    std::uint64_t eventLimit = 20'000'000'000;
    std::string out;
};

/// "1..30", "1,5,9" or "7"; empty if it is none of these, or more than 100,000 seeds.
std::optional<std::vector<std::uint64_t>> parseSeeds(std::string const& text);

} // namespace shakedown::cli
