#pragma once

#include <string>

#include "chaos-agent/control/http_message.hpp"

namespace shakedown::control {

enum class KeepAlive { No, Yes };

/// The answer as it goes over the wire. One with a feed says nothing of its length.
std::string textOf(Response const& response, KeepAlive keepAlive);

} // namespace shakedown::control
