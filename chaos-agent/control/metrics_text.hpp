#pragma once

#include <string>

#include "chaos-agent/proxy/proxy_set.hpp"

namespace shakedown::control {

inline constexpr char const* metricsContentType = "text/plain; version=0.0.4; charset=utf-8";

/// The byte counters of every proxy in the text format of Prometheus. They move while connections
/// live, and start anew with their proxy.
std::string metricsOf(proxy::ProxySet const& proxies);

} // namespace shakedown::control
