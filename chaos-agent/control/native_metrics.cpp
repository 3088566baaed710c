#include "chaos-agent/control/native_metrics.hpp"

#include <array>
#include <charconv>

namespace shakedown::control {

namespace {

std::string family(std::string const& name, char const* type, char const* help) {
    return "# TYPE " + name + " " + type + "\n# HELP " + name + " " + help + "\n";
}

std::string gauge(std::string const& name, char const* help, std::uint64_t value) {
    return family(name, "gauge", help) + name + " " + std::to_string(value) + "\n";
}

std::string counter(std::string const& name, char const* help, std::uint64_t value) {
    return family(name, "counter", help) + name + "_total " + std::to_string(value) + "\n";
}

std::string decimal(double value) {
    std::array<char, 32> text{};
    auto const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

} // namespace

std::string metricsOf(safety::Keeper::Health const& health, std::uint64_t failedHandshakes) {
    std::string const seconds = "shakedown_agent_revert_seconds";
    return gauge("shakedown_agent_faults_active", "Faults that are in effect.", health.active)
           + gauge("shakedown_agent_faults_stuck", "Faults that could not be taken back.",
                   health.stuck)
           + counter("shakedown_agent_faults_started", "Faults that were applied.", health.started)
           + counter("shakedown_agent_faults_reverted", "Faults that were taken back and checked.",
                     health.reverted)
           + counter("shakedown_agent_faults_refused", "Starts that were refused.", health.refused)
           + counter("shakedown_agent_tls_handshakes_failed", "Peers with whom no TLS was agreed.",
                     failedHandshakes)
           + family(seconds, "summary", "How long taking back took.") + "# UNIT " + seconds
           + " seconds\n" + seconds + "_sum " + decimal(health.revertSeconds) + "\n" + seconds
           + "_count " + std::to_string(health.reverted) + "\n# EOF\n";
}

} // namespace shakedown::control
