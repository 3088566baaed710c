#include "cli/run_options.hpp"

#include <charconv>

namespace shakedown::cli {

namespace {

std::optional<std::uint64_t> number(std::string const& text) {
    std::uint64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

} // namespace

std::optional<std::vector<std::uint64_t>> parseSeeds(std::string const& text) {
    constexpr std::size_t most = 100'000;
    std::vector<std::uint64_t> seeds;
    if (auto const dots = text.find(".."); dots != std::string::npos) {
        auto const from = number(text.substr(0, dots));
        auto const to = number(text.substr(dots + 2));
        if (!from || !to || *to < *from || *to - *from >= most)
            return std::nullopt;
        for (std::uint64_t s = *from; s <= *to; ++s)
            seeds.push_back(s);
        return seeds;
    }
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t const comma = std::min(text.find(',', begin), text.size());
        auto const seed = number(text.substr(begin, comma - begin));
        if (!seed || seeds.size() >= most)
            return std::nullopt;
        seeds.push_back(*seed);
        begin = comma + 1;
    }
    return seeds;
}

} // namespace shakedown::cli
