#include "tests/bench/haproxy.hpp"

#include <csignal>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/chaos-agent/proxy/peers.hpp"

namespace shakedown::bench {

namespace {

// Free a moment ago; nobody else here takes ports meanwhile.
std::uint16_t freePort() {
    return tests::Server().port();
}

void writeConfiguration(std::filesystem::path const& file, std::uint16_t port,
                        std::uint16_t upstream) {
    std::ofstream out(file);
    out << "global\n    nbthread 1\n    maxconn 8000\n"
        << "defaults\n    mode tcp\n    timeout connect 10s\n    timeout client 1m\n"
        << "    timeout server 1m\n"
        << "listen bench\n    bind 127.0.0.1:" << port
        << "\n    server backend 127.0.0.1:" << upstream << "\n";
}

} // namespace

std::filesystem::path Haproxy::program() {
    for (char const* folder : {"/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"}) {
        auto const path = std::filesystem::path(folder) / "haproxy";
        if (access(path.c_str(), X_OK) == 0) {
            return path;
        }
    }
    return {};
}

Haproxy::Haproxy(std::uint16_t upstream) : port_(freePort()) {
    std::string name = (std::filesystem::temp_directory_path() / "shakedown-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no temporary folder");
    }
    folder_ = name;
    std::string const file = folder_ / "haproxy.cfg";
    writeConfiguration(file, port_, upstream);
    std::string const path = program();
    id_ = fork();
    if (id_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        int const null = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execl(path.c_str(), "haproxy", "-db", "-f", file.c_str(), nullptr);
        _exit(127);
    }
    for (int tries = 0; tries < 500; ++tries) {
        try {
            tests::Peer::connectedTo(port_);
            return;
        } catch (std::runtime_error const&) {
            std::this_thread::sleep_for(tests::Milliseconds(10));
        }
    }
    throw std::runtime_error("haproxy does not listen");
}

Haproxy::~Haproxy() {
    if (id_ > 0) {
        kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

} // namespace shakedown::bench
