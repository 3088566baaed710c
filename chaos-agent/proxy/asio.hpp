#pragma once

// Boost 1.74's Asio uses std::exchange under C++20 without including it.
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

namespace shakedown::proxy {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using boost::system::error_code;

} // namespace shakedown::proxy
