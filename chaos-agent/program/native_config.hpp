#pragma once

#include "chaos-agent/control/native_settings.hpp"
#include "chaos-agent/program/config_reader.hpp"

namespace shakedown::agent {

/// The fields "listen", "tokens", "certificates", "users" and "groups": where the native API
/// listens and who may do what there. Without "listen" it is the Unix socket in
/// /run/shakedown-agent.
control::NativeSettings readNative(ConfigReader& file);

} // namespace shakedown::agent
