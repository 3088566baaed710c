#pragma once

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

// Peers on loopback that block, but never longer than told.
namespace shakedown::tests {

using Milliseconds = std::chrono::milliseconds;
inline constexpr Milliseconds patience{10'000};

inline Milliseconds since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin);
}

class Peer {
public:
    Peer() = default;
    explicit Peer(int descriptor) : descriptor_(descriptor) {
        if (descriptor < 0) {
            throw std::runtime_error("no peer");
        }
        int const on = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    Peer(Peer&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    Peer& operator=(Peer&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~Peer() { close(); }

    static Peer connectedTo(std::uint16_t port) {
        Peer peer(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(peer.descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("cannot connect to port " + std::to_string(port));
        }
        return peer;
    }

    int descriptor() const { return descriptor_; }

    // False if the peer is gone.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            if (!isReady(POLLOUT, patience)) {
                throw std::runtime_error("the other side does not read");
            }
            auto const count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count < 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    // What comes with the next read: empty at the end of the stream, after an error, or when
    // nothing comes in time (error() tells them apart).
    std::string read(Milliseconds within = patience, std::size_t most = 65'536) {
        std::string bytes(most, '\0');
        if (!isReady(POLLIN, within)) {
            error_ = ETIMEDOUT;
            return "";
        }
        auto const count = recv(descriptor_, bytes.data(), bytes.size(), 0);
        error_ = count < 0 ? errno : 0;
        bytes.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
        return bytes;
    }

    // Reads that many bytes, or fewer if the stream ends or stalls.
    std::string readBytes(std::size_t wanted) {
        std::string bytes;
        while (bytes.size() < wanted) {
            std::string const more = read(patience, wanted - bytes.size());
            if (more.empty()) {
                break;
            }
            bytes += more;
        }
        return bytes;
    }

    std::string readToEnd() {
        std::string bytes;
        for (std::string more = read(); !more.empty(); more = read()) {
            bytes += more;
        }
        return bytes;
    }

    // Of the last read: 0, ECONNRESET, ETIMEDOUT ...
    int error() const { return error_; }

    void endSending() { shutdown(descriptor_, SHUT_WR); }
    void reset() {
        linger const atOnce{1, 0};
        setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        close();
    }
    void close() {
        if (descriptor_ >= 0) {
            ::close(std::exchange(descriptor_, -1));
        }
    }

private:
    bool isReady(short events, Milliseconds within) const {
        pollfd poller{descriptor_, events, 0};
        return poll(&poller, 1, static_cast<int>(within.count())) > 0;
    }

    int descriptor_ = -1;
    int error_ = 0;
};

// A server on a port that the kernel picks.
class Server {
public:
    Server() : listening_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        if (bind(listening_.descriptor(), generic, size) != 0
            || listen(listening_.descriptor(), 4096) != 0
            || getsockname(listening_.descriptor(), generic, &size) != 0) {
            throw std::runtime_error("cannot listen");
        }
        port_ = ntohs(address.sin_port);
    }

    int descriptor() const { return listening_.descriptor(); }
    std::uint16_t port() const { return port_; }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

    Peer accept(Milliseconds within = patience) {
        pollfd poller{listening_.descriptor(), POLLIN, 0};
        if (poll(&poller, 1, static_cast<int>(within.count())) <= 0) {
            throw std::runtime_error("nobody connects");
        }
        return Peer(::accept4(listening_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC));
    }
    bool isCalled(Milliseconds within) {
        pollfd poller{listening_.descriptor(), POLLIN, 0};
        return poll(&poller, 1, static_cast<int>(within.count())) > 0;
    }

private:
    Peer listening_;
    std::uint16_t port_ = 0;
};

} // namespace shakedown::tests
