#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "chaos-agent/containers/engine.hpp"
#include "chaos-agent/system/program.hpp"
#include "tests/chaos-agent/system/test_network.hpp"

namespace shakedown::tests {

// A Docker Engine of the test's own: its socket, its data, containers from an image that holds
// busybox alone. It ends with its owner, and its containers with it.
class DockerEngine {
public:
    // Nothing, with a WARN that says why, where this host cannot run one.
    static std::unique_ptr<DockerEngine> make();
    ~DockerEngine();
    DockerEngine(DockerEngine const&) = delete;
    DockerEngine& operator=(DockerEngine const&) = delete;

    static constexpr char const* serviceAddress = "127.0.0.1:8080"; // inside of a container
    // What a container does: it answers HTTP, and ends when it is told to, after `slowly` seconds.
    static system::Words service(int slowly = 0);

    std::string socket() const { return (folder_ / "s").string(); }
    containers::Engine engine() const { return containers::Engine(socket()); }
    // Runs one without a network, with flags of `docker run`.
    void runs(std::string const& name, system::Words const& flags = {},
              system::Words const& program = service()) const;
    // The output of a command of the client, without the end of its line.
    std::string docker(system::Words const& words) const;
    // "running", "paused", "exited" or "gone"; of a running one whether it answers.
    std::string state(std::string const& name) const;
    // A wire into its network, from the client of another.
    void wire(std::string const& name, TestNetwork const& network) const;
    static constexpr char const* wiredAddress = "10.78.0.2"; // on that wire
    // When it was started.
    std::string began(std::string const& name) const;

private:
    explicit DockerEngine(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::string start(); // why it does not, empty if it does
    std::string import() const;

    std::filesystem::path folder_;
    pid_t daemon_ = -1;
};

} // namespace shakedown::tests
