#pragma once

#include <map>
#include <memory>
#include <string>

#include "chaos-agent/proxy/connection.hpp"
#include "chaos-agent/proxy/listener.hpp"
#include "chaos-agent/proxy/refusal.hpp"
#include "chaos-agent/proxy/surroundings.hpp"

namespace shakedown::proxy {

/// What a proxy shall be. `listen` may be empty or end in port 0: a free port is taken (of
/// 127.0.0.1 where it is empty).
struct ProxySpec {
    std::string name;
    std::string listen;
    std::string upstream;
    bool enabled = true;
    Toxics toxics;
    std::shared_ptr<SocketSource> sockets{}; // none: ordinary ones
};

/// A listener, its connections and its toxics. What changes here changes for live connections at
/// once.
class Proxy {
public:
    /// Addresses are those of a checked spec; nothing listens yet.
    Proxy(asio::io_context& io, Scratch& scratch, std::uint64_t seed, ProxySpec const& spec);
    ~Proxy();
    Proxy(Proxy const&) = delete;
    Proxy& operator=(Proxy const&) = delete;

    std::string const& name() const { return name_; }
    /// As it was asked for until it listened for the first time, then with its port.
    std::string const& listen() const { return listen_; }
    std::string const& upstream() const { return upstream_; }
    bool isEnabled() const { return listener_ != nullptr; }
    Toxics const& toxics() const { return surroundings_.toxics; }
    Traffic const& traffic(Direction direction) const {
        return surroundings_.traffic[indexOf(direction)];
    }
    HttpCounts const& httpCounts() const { return surroundings_.http; }
    std::size_t connectionCount() const { return connections_.size(); }

    /// True if both texts name the addresses of this proxy.
    bool isAt(std::string const& listen, std::string const& upstream) const;

    /// Does nothing if it is enabled already.
    Refused enable();
    /// Stops listening and closes every connection.
    void disable();
    /// Live connections go on.
    void stopListening();
    /// Moves to other addresses; closes every connection if one differs. Nothing changes if it
    /// cannot listen there.
    Refused move(std::string const& listen, std::string const& upstream, bool enabled);

    Refused add(Toxic toxic);
    /// The toxic of that name takes on other numbers of the same kind.
    Refused update(Toxic toxic);
    Refused remove(std::string const& toxic);
    void removeToxics();
    /// Null if there is none of that name.
    Toxic const* find(std::string const& toxic) const;

    /// HTTP faults are no toxics: no Toxiproxy client sees, changes or resets them. They survive a
    /// move and go with the proxy.
    Refused addHttpFault(HttpFault fault);
    /// The fault of that name becomes this one; what it delays follows.
    Refused updateHttpFault(HttpFault fault);
    Refused removeHttpFault(std::string const& fault);
    HttpFaults const& httpFaults() const { return surroundings_.httpFaults; }
    /// Removes every toxic and every HTTP fault.
    void calm();

private:
    Refused open(std::string const& listen, std::shared_ptr<Listener>& listener);
    void adopt(std::shared_ptr<Listener> listener);
    void onClient(Tcp::socket client);
    void closeConnections();
    void follow();

    std::string name_;
    std::string asked_; // the address it was asked to listen on
    std::string listen_;
    std::string upstream_;
    Address upstreamAddress_;
    Surroundings surroundings_;
    std::shared_ptr<Listener> listener_;
    std::map<std::uint64_t, std::shared_ptr<Connection>> connections_;
    std::uint64_t connectionsMade_ = 0;
};

/// Nothing if both addresses can be read. `listen` has an IP address, localhost or no host;
/// `upstream` needs a port.
Refused checkAddresses(std::string const& listen, std::string const& upstream);

} // namespace shakedown::proxy
