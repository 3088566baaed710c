// A small service for tests: answers HTTP/1.1 requests on an address, one thread a connection.
//
//   test-service --listen 127.0.0.1:8080 [--pid-file FILE] [--upstream 127.0.0.1:8081]
//
// With an upstream it asks that for each request, and answers 502 if that does not answer 200
// within 500 ms. It ends by itself after ten minutes.
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

constexpr unsigned endsAfterSeconds = 600;
constexpr int connectionsAtMost = 256;
std::atomic<int> connections = 0;

sockaddr_in addressOf(std::string const& text) {
    auto const colon = text.rfind(':');
    sockaddr_in address{};
    address.sin_family = AF_INET;
    inet_pton(AF_INET, text.substr(0, colon).c_str(), &address.sin_addr);
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(text.substr(colon + 1))));
    return address;
}

bool sendAll(int socket, std::string const& text) {
    return send(socket, text.data(), text.size(), MSG_NOSIGNAL)
           == static_cast<ssize_t>(text.size());
}

// Up to the empty line behind a head; empty at the end of the stream.
std::string readHead(int socket, std::string& rest) {
    constexpr std::size_t most = 16 * 1024;
    for (;;) {
        auto const end = rest.find("\r\n\r\n");
        if (end != std::string::npos) {
            std::string head = rest.substr(0, end + 4);
            rest.erase(0, end + 4);
            return head;
        }
        char piece[4096];
        auto const got = recv(socket, piece, sizeof piece, 0);
        if (got <= 0 || rest.size() > most) {
            return "";
        }
        rest.append(piece, static_cast<std::size_t>(got));
    }
}

bool asks(std::string const& upstream) {
    int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval const patience{0, 500'000};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    auto const address = addressOf(upstream);
    std::string rest;
    bool const good =
        connect(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0
        && sendAll(socket, "GET / HTTP/1.1\r\nHost: upstream\r\nConnection: close\r\n\r\n")
        && readHead(socket, rest).starts_with("HTTP/1.1 200");
    close(socket);
    return good;
}

void serve(int socket, std::string const& upstream) {
    int const on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    std::string rest;
    for (;;) {
        std::string const head = readHead(socket, rest);
        bool const good = !head.empty() && (upstream.empty() || asks(upstream));
        std::string const status = good ? "200 OK" : "502 Bad Gateway";
        if (head.empty()
            || !sendAll(socket, "HTTP/1.1 " + status + "\r\nContent-Length: 3\r\n\r\nok\n")
            || head.find("Connection: close") != std::string::npos) {
            break;
        }
    }
    close(socket);
    --connections;
}

} // namespace

int main(int argc, char** argv) {
    std::string listen;
    std::string pidFile;
    std::string upstream;
    for (int i = 1; i + 1 < argc; i += 2) {
        std::string const flag = argv[i];
        (flag == "--listen" ? listen : flag == "--pid-file" ? pidFile : upstream) = argv[i + 1];
    }
    if (listen.empty()) {
        std::fputs("usage: test-service --listen HOST:PORT [--pid-file F] [--upstream H:P]\n",
                   stderr);
        return 2;
    }
    alarm(endsAfterSeconds);
    int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int const on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    auto const address = addressOf(listen);
    if (bind(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0
        || ::listen(socket, 128) != 0) {
        std::perror("test-service");
        return 1;
    }
    if (!pidFile.empty()) {
        std::string const fresh = pidFile + ".new";
        std::ofstream(fresh) << getpid() << '\n';
        std::rename(fresh.c_str(), pidFile.c_str());
    }
    for (;;) {
        int const client = accept4(socket, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) {
            continue;
        }
        if (++connections > connectionsAtMost) {
            --connections;
            close(client);
            continue;
        }
        std::thread(serve, client, upstream).detach();
    }
}
