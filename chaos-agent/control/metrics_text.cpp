#include "chaos-agent/control/metrics_text.hpp"

namespace shakedown::control {

using namespace proxy;

namespace {

struct Counter {
    char const* name;
    char const* help;
    std::uint64_t Traffic::*value;
};
constexpr Counter counters[] = {
    {"toxiproxy_proxy_received_bytes_total", "Bytes read from the peer that sends.",
     &Traffic::received},
    {"toxiproxy_proxy_sent_bytes_total", "Bytes written to the peer that receives.",
     &Traffic::sent},
};

std::string escaped(std::string const& label) {
    std::string text;
    for (char const c : label) {
        if (c == '\n') {
            text += "\\n";
            continue;
        }
        if (c == '\\' || c == '"')
            text += '\\';
        text += c;
    }
    return text;
}

std::string labels(Proxy const& proxy, Direction direction) {
    return std::string("{direction=\"")
           + (direction == Direction::Upstream ? "upstream" : "downstream") + "\",proxy=\""
           + escaped(proxy.name()) + "\",listener=\"" + escaped(proxy.listen()) + "\",upstream=\""
           + escaped(proxy.upstream()) + "\"}";
}

} // namespace

std::string metricsOf(ProxySet const& proxies) {
    std::string text;
    for (Counter const& counter : counters) {
        text += std::string("# HELP ") + counter.name + " " + counter.help + "\n# TYPE "
                + counter.name + " counter\n";
        for (auto const& [name, proxy] : proxies.all())
            for (Direction const direction : bothDirections)
                text += counter.name + labels(*proxy, direction) + " "
                        + std::to_string(proxy->traffic(direction).*counter.value) + "\n";
    }
    return text;
}

} // namespace shakedown::control
