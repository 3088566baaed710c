#pragma once

#include <string>
#include <utility>
#include <vector>

#include "chaos-agent/system/failure.hpp"
#include "scenarios/vocabulary/time.hpp"

/// Containers of this host, by the Docker Engine API (version 1.41, Docker Engine 20.10 or later;
/// Podman's service answers the same calls).
namespace shakedown::containers {

/// Where Docker listens unless told otherwise.
inline constexpr char const* usualSocket = "/run/docker.sock";

/// One life of a container: from a start to the next end.
struct Life {
    std::string id;        // 64 hexadecimal digits, never given to another container
    std::string startedAt; // as the engine writes it (RFC 3339, nanoseconds)
    friend bool operator==(Life const&, Life const&) = default;
};

/// What the engine tells of a container.
struct Sight {
    Life life;
    std::string name; // without the slash
    bool isRunning = false;
    bool isPaused = false;             // then it counts as running too
    bool isRemovedAtEnd = false;       // "docker run --rm"
    pid_t process = 0;                 // its main process, 0 where it does not run
    std::vector<std::string> labels{}; // "key=value"
};

/// The id as people write it: twelve digits.
std::string shortId(std::string const& id);

/// An engine. Each call is a connection of its own and takes two seconds at most. Changes are
/// asked for, and not awaited: one that takes longer is looked at later.
class Engine {
public:
    explicit Engine(std::string socket) : socket_(std::move(socket)) {}

    std::string const& socket() const { return socket_; }
    /// Nothing if one answers.
    system::Failed ping() const;
    /// By its name or its id.
    system::Found<Sight> look(std::string const& nameOrId) const;
    /// The names of the running containers that carry a label ("key=value", or "key" for any).
    system::Got<std::vector<std::string>> namesWith(std::string const& label) const;

    system::Failed pause(std::string const& id) const;
    system::Failed unpause(std::string const& id) const;
    system::Failed kill(std::string const& id) const;
    /// Its stop signal; SIGKILL once `grace`, in whole seconds, is over.
    system::Failed stop(std::string const& id, Duration grace) const;
    /// Of one that runs already there is nothing to do.
    system::Failed start(std::string const& id) const;
    system::Failed restart(std::string const& id, Duration grace) const;
    /// Whether the engine sent it a signal since its last start, as far back as that remembers.
    system::Got<bool> wasSignalled(std::string const& id) const;

private:
    system::Failed order(std::string const& id, std::string const& what) const;

    std::string socket_;
};

} // namespace shakedown::containers
