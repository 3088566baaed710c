#include "chaos-agent/proxy/address.hpp"

#include <algorithm>
#include <charconv>

#include "chaos-agent/proxy/asio.hpp"

namespace shakedown::proxy {

namespace {

constexpr std::size_t hostAtMost = 255;

bool isHostCharacter(char c) {
    return c > ' ' && c < 0x7f && c != '/' && c != '[' && c != ']';
}

} // namespace

std::string Address::text() const {
    bool const isV6 = host.find(':') != std::string::npos;
    return (isV6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::optional<Address> parseAddress(std::string_view text) {
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return {};
    std::string_view host = text.substr(0, colon);
    std::string_view const port = text.substr(colon + 1);
    bool const bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed)
        host = host.substr(1, host.size() - 2);
    bool const hasColon = host.find(':') != std::string_view::npos;
    if (bracketed != hasColon || host.size() > hostAtMost
        || !std::all_of(host.begin(), host.end(), isHostCharacter))
        return {};
    Address address{std::string(host), 0};
    auto const [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error != std::errc() || end != port.data() + port.size())
        return {};
    return address;
}

bool isIpAddress(Address const& address) {
    error_code bad;
    asio::ip::make_address(address.host, bad);
    return !bad;
}

bool isLoopback(Address const& address) {
    if (address.host == "localhost")
        return true;
    error_code bad;
    auto const ip = asio::ip::make_address(address.host, bad);
    return !bad && ip.is_loopback();
}

} // namespace shakedown::proxy
