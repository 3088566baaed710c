#include "chaos-agent/faults/comeback.hpp"

#include <cerrno>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include "chaos-agent/system/unit.hpp"

namespace shakedown::injectors {

namespace {

constexpr int answerWithinMs = 200;

// Tries to connect from the calling thread's network namespace.
bool takesHere(proxy::Address const& address) {
    sockaddr_storage storage{};
    socklen_t size = 0;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
    if (inet_pton(AF_INET, address.host.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(address.port);
        size = sizeof *v4;
    } else if (inet_pton(AF_INET6, address.host.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(address.port);
        size = sizeof *v6;
    } else {
        return false;
    }
    system::Descriptor const socket(
        ::socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (connect(socket.number(), reinterpret_cast<sockaddr*>(&storage), size) == 0)
        return true;
    if (errno != EINPROGRESS)
        return false;
    pollfd ready{socket.number(), POLLOUT, 0};
    int error = 1;
    socklen_t errorSize = sizeof error;
    return poll(&ready, 1, answerWithinMs) == 1
           && getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &error, &errorSize) == 0
           && error == 0;
}

} // namespace

bool takesConnections(proxy::Address const& address, system::NetworkNamespace const& place) {
    bool taken = false;
    auto const failed = place.inside([&] { taken = takesHere(address); });
    return !failed && taken;
}

namespace {

bool answers(Comeback const& comeback) {
    auto const found = system::NetworkNamespace::find(comeback.place);
    auto const* place = std::get_if<system::NetworkNamespace>(&found);
    return place != nullptr && takesConnections(*comeback.address, *place);
}

} // namespace

Verdict isBack(Comeback const& comeback, system::ProcessId const& before) {
    if (!comeback.pidFile.empty() || !comeback.unit.empty()) {
        auto const number = comeback.pidFile.empty() ? system::mainProcessOf(comeback.unit)
                                                     : system::readPidFile(comeback.pidFile);
        auto const* named = std::get_if<pid_t>(&number);
        auto const found = system::Process::open(named == nullptr ? 0 : *named);
        auto const* process = std::get_if<system::Process>(&found);
        if (process == nullptr || process->id() == before)
            return {Verdict::Is::NotYet,
                    (comeback.pidFile.empty() ? "unit " + comeback.unit : comeback.pidFile)
                        + " names no other process than " + textOf(before)};
    }
    if (comeback.address && !answers(comeback))
        return {Verdict::Is::NotYet, comeback.address->text() + " takes no connection"};
    return {};
}

std::string textOf(system::Words const& words) {
    std::string text;
    for (auto const& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

} // namespace shakedown::injectors
