#include "sim/platform/simgrid/listing.hpp"

#include <simgrid/s4u.hpp>

#include "sim/platform/simgrid/building.hpp"

namespace shakedown::platform {

void list(std::string const& file, std::FILE* out) {
    // Left to the end of the process: SimGrid does not take down what it could not build.
    auto* const engine = startEngine().release();
    engine->load_platform(file);
    engine->seal_platform();
    for (auto const* host : engine->get_all_hosts())
        std::fprintf(out, "host\t%s\t%s\t%.17g\t%d\n", host->get_cname(),
                     host->get_englobing_zone()->get_cname(), host->get_speed() / flopsAtSpeedOne,
                     host->get_core_count());
    for (auto const* link : engine->get_all_links())
        if (link->get_name() != "__loopback__")
            std::fprintf(out, "link\t%s\t%.17g\t%.17g\n", link->get_cname(),
                         link->get_bandwidth() * 8, link->get_latency());
    std::fprintf(out, "end\n");
}

} // namespace shakedown::platform
