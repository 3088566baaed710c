#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "chaos-agent/proxy/proxy.hpp"
#include "chaos-agent/proxy/retired_proxies.hpp"

namespace shakedown::proxy {

inline constexpr std::size_t proxiesAtMost = 1024;

/// The proxies of an agent, by name. One thread runs the io_context and calls everything here.
class ProxySet {
public:
    /// Equal seeds decide equally which connections a toxic befalls, and how.
    ProxySet(asio::io_context& io, std::uint64_t seed);
    ~ProxySet();

    Refused create(ProxySpec const& spec);
    /// A proxy of the same name and addresses stays as it is, with other addresses it is replaced.
    Refused createOrReplace(ProxySpec const& spec);
    Refused remove(std::string const& name);
    /// As removing it, but its connections go on, undisturbed, until they end.
    Refused retire(std::string const& name);
    /// Enables every proxy and removes all toxics; if a proxy cannot be enabled, nothing is
    /// changed, and the refusals say which.
    std::map<std::string, Refusal> reset();

    /// Null if there is none of that name.
    Proxy* find(std::string const& name) const;
    /// In the order of their names.
    std::map<std::string, std::unique_ptr<Proxy>> const& all() const { return proxies_; }
    std::size_t retiredCount() const { return retired_.count(); }

private:
    asio::io_context& io_;
    std::unique_ptr<Scratch> scratch_;
    std::uint64_t seed_;
    std::map<std::string, std::unique_ptr<Proxy>> proxies_;
    RetiredProxies retired_;
};

} // namespace shakedown::proxy
