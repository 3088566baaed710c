#pragma once

#include <cstdint>
#include <vector>

namespace shakedown::resilience {

/// A server of an nginx upstream; defaults of ngx_http_upstream_module. Times are whole seconds.
struct UpstreamServer {
    int weight = 1;
    int maxFails = 1; // 0: failures are not counted
    std::int64_t failTimeout = 10;
    bool isBackup = false;
    bool isDown = false;
    int maxConns = 0; // 0: no limit
};

/// Picks servers as nginx does: smooth weighted round robin, or the fewest connections with the
/// same among equals. A server whose failures reach max_fails is left out while no more than
/// fail_timeout has passed since the last check; each failure also lowers its effective weight,
/// which grows by one a round. A single server is never left out. Source: nginx,
/// ngx_http_upstream_round_robin.c and _least_conn_module.c.
class UpstreamServers {
public:
    enum class Method : std::uint8_t { RoundRobin, LeastConn };
    static constexpr int none = -1;

    UpstreamServers(std::vector<UpstreamServer> const& servers, Method method) : method_(method) {
        for (auto const& server : servers)
            add(server);
    }
    void add(UpstreamServer const& server) {
        peers_.push_back({server, server.weight, 0, 0, 0, 0, 0});
    }

    /// The next server that is not among `tried` (by number); backups when no other is left.
    int pick(std::int64_t now, std::vector<bool> const& tried) {
        int const primary = pickAmong(now, tried, false);
        return primary != none ? primary : pickAmong(now, tried, true);
    }
    /// Whether the server would be picked if it alone were asked for.
    bool maySend(int number, std::int64_t now) const {
        return isUsable(peers_[static_cast<std::size_t>(number)], now);
    }
    /// A request goes to it; the first after its time out is a trial, which others wait for.
    void begin(int number, std::int64_t now) {
        Peer& peer = peers_[static_cast<std::size_t>(number)];
        if (now - peer.checked > peer.server.failTimeout)
            peer.checked = now;
        ++peer.conns;
    }
    void finish(int number, std::int64_t now, bool hasFailed) {
        Peer& peer = peers_[static_cast<std::size_t>(number)];
        --peer.conns;
        if (isSingle())
            return;
        if (!hasFailed) {
            if (peer.accessed < peer.checked)
                peer.fails = 0;
            return;
        }
        ++peer.fails;
        peer.accessed = peer.checked = now;
        if (peer.server.maxFails > 0)
            peer.effective -= peer.server.weight / peer.server.maxFails;
        if (peer.effective < 0)
            peer.effective = 0;
    }

private:
    struct Peer {
        UpstreamServer server;
        int effective = 0;
        int current = 0;
        int conns = 0;
        int fails = 0;
        std::int64_t accessed = 0;
        std::int64_t checked = 0;
    };

    bool isSingle() const { return peers_.size() == 1; }
    bool isUsable(Peer const& peer, std::int64_t now) const {
        if (peer.server.isDown)
            return false;
        if (peer.server.maxConns > 0 && peer.conns >= peer.server.maxConns)
            return false;
        bool const hasFailed = peer.server.maxFails > 0 && peer.fails >= peer.server.maxFails
                               && now - peer.checked <= peer.server.failTimeout;
        return isSingle() || !hasFailed;
    }
    int pickAmong(std::int64_t now, std::vector<bool> const& tried, bool ofBackups) {
        std::vector<int> usable;
        for (std::size_t i = 0; i < peers_.size(); ++i)
            if (peers_[i].server.isBackup == ofBackups && !tried[i] && isUsable(peers_[i], now))
                usable.push_back(static_cast<int>(i));
        if (method_ == Method::LeastConn)
            keepFewest(usable);
        if (usable.empty())
            return none;
        bool const isAlone = method_ == Method::LeastConn && usable.size() == 1;
        int const best = isAlone ? usable.front() : smooth(usable);
        begin(best, now);
        return best;
    }
    void keepFewest(std::vector<int>& usable) const {
        std::vector<int> fewest;
        for (int const i : usable) {
            Peer const& peer = peers_[static_cast<std::size_t>(i)];
            if (!fewest.empty()) {
                Peer const& best = peers_[static_cast<std::size_t>(fewest.front())];
                int const mine = peer.conns * best.server.weight;
                int const least = best.conns * peer.server.weight;
                if (mine > least)
                    continue;
                if (mine < least)
                    fewest.clear();
            }
            fewest.push_back(i);
        }
        usable = fewest;
    }
    int smooth(std::vector<int> const& usable) {
        int best = none;
        int total = 0;
        for (int const i : usable) {
            Peer& peer = peers_[static_cast<std::size_t>(i)];
            peer.current += peer.effective;
            total += peer.effective;
            if (peer.effective < peer.server.weight)
                ++peer.effective;
            if (best == none || peer.current > peers_[static_cast<std::size_t>(best)].current)
                best = i;
        }
        peers_[static_cast<std::size_t>(best)].current -= total;
        return best;
    }

    Method method_;
    std::vector<Peer> peers_;
};

} // namespace shakedown::resilience
