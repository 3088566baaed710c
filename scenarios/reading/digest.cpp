#include "scenarios/reading/digest.hpp"

#include <cstdint>

#include "scenarios/reading/writer.hpp"

namespace shakedown::reading {

std::string digestOf(model::Scenario const& scenario) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (char const c : write(scenario)) {
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
    }
    std::string digits(16, '0');
    for (std::size_t i = digits.size(); i-- > 0; hash >>= 4) {
        digits[i] = "0123456789abcdef"[hash & 0xF];
    }
    return digits;
}

} // namespace shakedown::reading
