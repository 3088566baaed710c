#include "reports/render/timing_json.hpp"

#include <nlohmann/json.hpp>

#include "reports/record/number_text.hpp"

namespace shakedown::render {

std::string timingJson(Timing const& t) {
    using record::tidied;
    double const rate = t.wallSeconds > 0 ? static_cast<double>(t.events) / t.wallSeconds : 0;
    nlohmann::ordered_json const json{{"shakedown_timing", 1},
                                      {"wall_s", tidied(t.wallSeconds)},
                                      {"cpu_s", tidied(t.cpuSeconds)},
                                      {"events", t.events},
                                      {"events_per_s", tidied(rate)},
                                      {"peak_memory_bytes", t.peakMemoryBytes},
                                      {"jobs", t.jobs},
                                      {"machine", t.machine},
                                      {"version", t.version}};
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace shakedown::render
