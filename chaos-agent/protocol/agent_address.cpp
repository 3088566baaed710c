#include "chaos-agent/protocol/agent_address.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

// Boost 1.74's Asio uses std::exchange under C++20 without including it.
#include <utility>

#include <boost/asio/ip/address.hpp>

namespace shakedown::protocol {

namespace {

constexpr std::size_t socketPathAtMost = 107; // sun_path less its end
constexpr std::size_t hostAtMost = 255;

bool isThisHost(std::string const& host) {
    boost::system::error_code bad;
    auto const address = boost::asio::ip::make_address(host, bad);
    return host == "localhost" || (!bad && address.is_loopback());
}

std::optional<AgentAddress> parseHost(AgentAddress::Via via, std::string_view text) {
    if (text.ends_with('/'))
        text.remove_suffix(1);
    auto const colon = text.rfind(':');
    if (colon == text.npos)
        return {};
    std::string_view host = text.substr(0, colon);
    std::string_view const port = text.substr(colon + 1);
    bool const isBracketed = host.starts_with('[') && host.ends_with(']');
    if (isBracketed)
        host = host.substr(1, host.size() - 2);
    bool const isHost = !host.empty() && host.size() <= hostAtMost
                        && isBracketed == (host.find(':') != host.npos)
                        && std::all_of(host.begin(), host.end(), [](char c) {
                               return c > ' ' && c < 0x7f && c != '/' && c != '@' && c != '?'
                                      && c != '#' && c != '[' && c != ']';
                           });
    AgentAddress address{via, "", std::string(host), 0};
    auto const [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (!isHost || error != std::errc() || end != port.data() + port.size() || address.port == 0)
        return {};
    return address;
}

} // namespace

std::variant<AgentAddress, std::string> parseAgentAddress(std::string_view text) {
    std::string const wrong = "'" + std::string(text.substr(0, hostAtMost))
                              + "' is no address of an agent; take unix:/path,"
                                " http://127.0.0.1:port or https://host:port";
    if (text.starts_with("unix:")) {
        AgentAddress const address{AgentAddress::Via::Unix, std::string(text.substr(5)), "", 0};
        bool const isPath = address.path.starts_with('/') && address.path.size() <= socketPathAtMost
                            && address.path.find('\0') == std::string::npos;
        if (!isPath)
            return wrong;
        return address;
    }
    bool const isHttp = text.starts_with("http://");
    if (!isHttp && !text.starts_with("https://"))
        return wrong;
    auto const address = isHttp ? parseHost(AgentAddress::Via::Http, text.substr(7))
                                : parseHost(AgentAddress::Via::Https, text.substr(8));
    if (!address)
        return wrong;
    if (isHttp && !isThisHost(address->host))
        return "http://" + address->host
               + " is not this host, and the token could be read on the way; take https";
    return *address;
}

} // namespace shakedown::protocol
