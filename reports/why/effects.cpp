#include "reports/why/effects.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shakedown::why {

namespace {

constexpr unsigned slows = 1;
constexpr unsigned takesAway = 2;
constexpr unsigned disturbs = 4;
constexpr unsigned fails = 8;
constexpr unsigned floods = 16;
constexpr unsigned sets = 32;

constexpr std::array<std::pair<std::string_view, unsigned>, 48> effects = {{
    {"crash", takesAway},
    {"kill", takesAway},
    {"hang", slows | takesAway},
    {"restart", takesAway},
    {"slow", slows},
    {"errors", fails},
    {"leak", slows | takesAway},
    {"cpu", slows},
    {"memory", slows | takesAway},
    {"io", slows},
    {"disk", slows | fails},
    {"cold", slows},
    {"file_descriptors", disturbs | fails},
    {"latency", disturbs},
    {"jitter", disturbs},
    {"loss", disturbs},
    {"duplicate", disturbs | floods},
    {"reorder", disturbs},
    {"corrupt", disturbs | fails},
    {"bandwidth", disturbs},
    {"partition", disturbs},
    {"reject", disturbs},
    {"reset", disturbs},
    {"black_hole", disturbs | takesAway},
    {"slow_close", disturbs},
    {"slice", disturbs},
    {"limit_data", disturbs},
    {"dns", disturbs},
    {"http", disturbs | fails},
    {"grpc", fails},
    {"zone_outage", takesAway | disturbs},
    {"host_down", takesAway | disturbs},
    {"link_down", disturbs},
    {"brown_out", slows},
    {"clock", sets},
    {"expired_certificate", disturbs | fails},
    {"bad_deploy", slows | fails},
    {"surge", floods},
    {"poison_message", slows | fails},
    {"lost_heartbeats", takesAway},
    {"deploy", takesAway | slows | fails},
    {"scale", takesAway | sets},
    {"flip_breaker", sets},
    {"drain", takesAway},
    {"repave", takesAway},
    {"rotate", takesAway | fails},
    {"set", sets},
    {"replay", floods | slows},
}};

} // namespace

bool has(std::string_view verb, Effect effect) {
    auto const found = std::find_if(effects.begin(), effects.end(),
                                    [&](auto const& row) { return row.first == verb; });
    return found == effects.end() || (found->second & static_cast<unsigned>(effect)) != 0;
}

} // namespace shakedown::why
