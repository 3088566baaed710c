#include "tests/chaos-agent/faults/service_process.hpp"

#include <csignal>
#include <stdexcept>

#include <arpa/inet.h>
#include <sys/socket.h>

#include "chaos-agent/system/descriptor_limit.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/chaos-agent/system/test_network.hpp"
#include "tests/environment.hpp"

namespace shakedown::tests {

ServiceProcess::ServiceProcess(std::string const& address, system::NetworkNamespace const* place,
                               std::string const& upstream)
    : address_(address), upstream_(upstream), pidFile_(freshPath("service.pid")) {
    if (place != nullptr) {
        place_ = *place;
    }
    system::Failed failed;
    auto const begin = [&] { failed = system::launch(words()); };
    auto const kept = place_ ? place_->inside(begin) : (begin(), system::Failed{});
    if (failed || kept) {
        throw std::runtime_error("no test-service: " + (failed ? failed : kept)->why);
    }
    if (!soon([&] { return answers(); })) {
        throw std::runtime_error("test-service does not answer on " + address_);
    }
}

ServiceProcess::~ServiceProcess() {
    if (auto const running = process()) {
        (void)running->signal(SIGKILL);
    }
    std::error_code ignored;
    std::filesystem::remove(pidFile_, ignored);
}

system::Words ServiceProcess::words() const {
    system::Words words{(binary().parent_path() / "tests" / "test-service").string(), "--listen",
                        address_, "--pid-file", pidFile_.string()};
    if (!upstream_.empty()) {
        words.insert(words.end(), {"--upstream", upstream_});
    }
    return words;
}

injectors::Target ServiceProcess::target(std::string const& name) const {
    injectors::Target target;
    target.name = name;
    target.address = proxy::parseAddress(address_);
    target.pidFile = pidFile_.string();
    target.start = words();
    target.restart = words();
    target.kinds = {"all"};
    return target;
}

std::optional<system::Process> ServiceProcess::process() const {
    auto const number = system::readPidFile(pidFile_.string());
    auto found =
        system::Process::open(std::holds_alternative<pid_t>(number) ? std::get<pid_t>(number) : 0);
    if (auto* process = std::get_if<system::Process>(&found)) {
        return std::move(*process);
    }
    return {};
}

bool ServiceProcess::hasFewDescriptors() const {
    constexpr std::uint64_t few = 100;
    auto const running = process();
    if (!running) {
        return false;
    }
    auto const limit = system::descriptorLimitOf(running->id());
    auto const* number = std::get_if<std::uint64_t>(&limit);
    return number != nullptr && *number < few;
}

bool ServiceProcess::answers() const {
    auto const own = system::NetworkNamespace::own();
    TestSocket socket(place_ ? *place_ : std::get<system::NetworkNamespace>(own),
                      TestSocket::Kind::Tcp);
    auto const address = proxy::parseAddress(address_).value();
    std::string answer;
    return socket.connectTo(address.host, address.port) == 0
           && socket.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
           && socket.receive(answer) == 0 && answer.starts_with("HTTP/1.1 200");
}

std::string freeAddress(std::string const& host) {
    int const probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    socklen_t size = sizeof address;
    bind(probe, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    close(probe);
    return host + ":" + std::to_string(ntohs(address.sin_port));
}

} // namespace shakedown::tests
