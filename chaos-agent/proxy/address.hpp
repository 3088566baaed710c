#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shakedown::proxy {

/// "host:port" or "[ipv6]:port". The host may be empty (every address of this machine) or a name.
struct Address {
    std::string host;
    std::uint16_t port = 0;

    std::string text() const;
    friend bool operator==(Address const&, Address const&) = default;
};

/// Nothing unless the text is an address: at most 255 characters of host, none of them a space, a
/// control or a slash, and a port from 0 to 65535.
std::optional<Address> parseAddress(std::string_view text);

/// True if the host is an IPv4 or IPv6 address, not a name.
bool isIpAddress(Address const& address);

/// True for 127.0.0.0/8, ::1 and "localhost".
bool isLoopback(Address const& address);

} // namespace shakedown::proxy
