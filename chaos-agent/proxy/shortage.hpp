#pragma once

#include <chrono>

#include "chaos-agent/proxy/asio.hpp"

namespace shakedown::proxy {

/// Whether file descriptors or memory ran out, which passes: who met that tries again after a
/// while.
inline bool isShortage(error_code error) {
    using namespace boost::system::errc;
    return error == too_many_files_open || error == too_many_files_open_in_system
           || error == no_buffer_space || error == not_enough_memory;
}

inline constexpr std::chrono::milliseconds backOffFor(100);

} // namespace shakedown::proxy
