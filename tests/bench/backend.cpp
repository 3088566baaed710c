#include "tests/bench/backend.hpp"

#include <csignal>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace shakedown::bench {

namespace {

constexpr std::size_t bufferBytes = 256 * 1024;

struct Client {
    char kind = 0;
    std::size_t asked = 0; // bytes of a request that has not come whole
};

class Loop {
public:
    explicit Loop(int listening)
        : listening_(listening), epoll_(epoll_create1(0)), buffer_(bufferBytes, 'x') {
        watch(listening, EPOLLIN);
    }

    [[noreturn]] void run() {
        std::vector<epoll_event> events(256);
        while (true) {
            int const count = epoll_wait(epoll_, events.data(), 256, -1);
            for (int i = 0; i < count; ++i) {
                if (events[i].data.fd == listening_) {
                    accept();
                } else {
                    serve(events[i].data.fd);
                }
            }
        }
    }

private:
    void watch(int descriptor, std::uint32_t what) {
        epoll_event event{};
        event.events = what;
        event.data.fd = descriptor;
        epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
    }

    void accept() {
        int descriptor = 0;
        while ((descriptor = accept4(listening_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0) {
            int const on = 1;
            setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            if (clients_.size() <= static_cast<std::size_t>(descriptor)) {
                clients_.resize(static_cast<std::size_t>(descriptor) + 1);
            }
            clients_[static_cast<std::size_t>(descriptor)] = {};
            watch(descriptor, EPOLLIN);
        }
    }

    void serve(int descriptor) {
        Client& client = clients_[static_cast<std::size_t>(descriptor)];
        if (client.kind == 'S') {
            if (send(descriptor, buffer_.data(), buffer_.size(), MSG_NOSIGNAL) < 0
                && errno != EAGAIN) {
                close(descriptor);
            }
            return;
        }
        auto const count = recv(descriptor, buffer_.data(), buffer_.size(), 0);
        if (count <= 0) {
            if (count == 0 || errno != EAGAIN) {
                close(descriptor);
            }
            return;
        }
        if (client.kind == 0) {
            client.kind = buffer_[0];
        }
        if (client.kind == 'S') {
            epoll_event event{};
            event.events = EPOLLOUT;
            event.data.fd = descriptor;
            epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event);
            return;
        }
        // Little enough that the kernel takes it whole.
        std::size_t answer = static_cast<std::size_t>(count);
        if (client.kind == 'H') {
            client.asked += answer;
            answer = client.asked / requestBytes * answerBytes;
            client.asked %= requestBytes;
        }
        if (send(descriptor, buffer_.data(), answer, MSG_NOSIGNAL) < 0) {
            close(descriptor);
        }
    }

    int listening_;
    int epoll_;
    std::string buffer_;
    std::vector<Client> clients_; // by descriptor
};

} // namespace

Backend::Backend() {
    int const listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(listening, generic, size) != 0 || listen(listening, 4096) != 0
        || getsockname(listening, generic, &size) != 0) {
        throw std::runtime_error("the bench cannot listen");
    }
    port_ = ntohs(address.sin_port);
    id_ = fork();
    if (id_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        Loop(listening).run();
    }
    close(listening);
    if (id_ < 0) {
        throw std::runtime_error("no process for the backend");
    }
}

Backend::~Backend() {
    kill(id_, SIGKILL);
    waitpid(id_, nullptr, 0);
}

} // namespace shakedown::bench
