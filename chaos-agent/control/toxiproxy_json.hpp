#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "chaos-agent/control/http_message.hpp"
#include "chaos-agent/proxy/proxy.hpp"

/// The documents of the Toxiproxy-compatible API. Read means: the value, or the answer that says
/// why not.
namespace shakedown::control {

template <class T>
using Read = std::variant<T, Response>;

/// A change of a proxy: what is absent stays.
struct ProxyChange {
    std::optional<std::string> listen;
    std::optional<std::string> upstream;
    std::optional<bool> enabled;
};

/// {"error": message, "status": status}
Response errorAnswer(unsigned status, std::string const& message);
Response jsonAnswer(unsigned status, nlohmann::json const& body);

/// `counted` is " at proxy 3" in a list, else empty.
Read<proxy::ProxySpec> readProxy(nlohmann::json const& value, std::string const& counted);
Read<std::vector<proxy::ProxySpec>> readProxies(nlohmann::json const& value);
Read<ProxyChange> readProxyChange(nlohmann::json const& value);
Read<proxy::Toxic> readToxic(nlohmann::json const& value);
/// The toxic with the toxicity and attributes of the value instead of its own.
Read<proxy::Toxic> readToxicChange(nlohmann::json const& value, proxy::Toxic toxic);

nlohmann::json toJson(proxy::Toxic const& toxic);
/// Upstream first, each in the order in which they were added.
nlohmann::json toJson(proxy::Toxics const& toxics);
nlohmann::json toJson(proxy::Proxy const& proxy);

} // namespace shakedown::control
