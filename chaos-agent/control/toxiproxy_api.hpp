#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "chaos-agent/control/http_message.hpp"
#include "chaos-agent/proxy/proxy_set.hpp"

namespace shakedown::control {

/// The version of Toxiproxy whose API is served.
inline constexpr char const* toxiproxyVersion = "2.12.0";

/// The Toxiproxy-compatible API (docs/reference/agent.md). Called by the thread of the proxies.
class ToxiproxyApi {
public:
    explicit ToxiproxyApi(proxy::ProxySet& proxies) : proxies_(proxies) {}

    Response answer(Request const& request);

private:
    using Segments = std::vector<std::string>;

    Response route(Request const& request, Segments const& path);
    Response onProxies(Request const& request);
    Response onProxy(Request const& request, std::string const& name);
    Response onToxics(Request const& request, proxy::Proxy& proxy);
    Response onToxic(Request const& request, proxy::Proxy& proxy, std::string const& name);
    Response populate(nlohmann::json const& body);
    Response reset();
    Response create(nlohmann::json const& body);
    Response change(proxy::Proxy& proxy, nlohmann::json const& body);

    proxy::ProxySet& proxies_;
};

} // namespace shakedown::control
