#include "scenarios/chance/stream.hpp"

namespace shakedown::chance {

Stream::Stream(std::uint64_t seed, std::uint32_t replication, std::string_view name)
    : key_(mixKey(mixKey(mixKey(seed, 0), replication), hashName(name))) {}

} // namespace shakedown::chance
