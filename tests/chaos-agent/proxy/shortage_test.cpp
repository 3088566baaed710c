// Out of file descriptors, and the memory of many connections.
#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "tests/chaos-agent/proxy/stand.hpp"

using namespace shakedown;
using namespace shakedown::proxy;
using namespace shakedown::tests;

namespace {

// The limit of open files of this process, for the time being: as asked, or as much as is allowed.
class FileLimit {
public:
    explicit FileLimit(rlim_t files) {
        getrlimit(RLIMIT_NOFILE, &before_);
        rlimit const wanted{files, std::max(files, before_.rlim_max)};
        rlimit const allowed{std::min(files, before_.rlim_max), before_.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &wanted) != 0) {
            setrlimit(RLIMIT_NOFILE, &allowed);
        }
    }
    ~FileLimit() { setrlimit(RLIMIT_NOFILE, &before_); }

    static rlim_t now() {
        rlimit limit{};
        getrlimit(RLIMIT_NOFILE, &limit);
        return limit.rlim_cur;
    }

private:
    rlimit before_{};
};

int lowestFree() {
    int const descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(descriptor);
    return descriptor;
}

std::size_t residentBytes() {
    std::ifstream in("/proc/self/statm");
    std::size_t pages = 0;
    in >> pages >> pages;
    return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// Many clients and their server, in a process of their own with file descriptors of their own.
class Crowd {
public:
    Crowd() {
        int toChild[2];
        int toParent[2];
        if (pipe(toChild) != 0 || pipe(toParent) != 0) {
            throw std::runtime_error("no pipe");
        }
        id_ = fork();
        if (id_ == 0) {
            close(toChild[1]);
            close(toParent[0]);
            alarm(120);
            serve(toChild[0], toParent[1]);
            _exit(0);
        }
        close(toChild[0]);
        close(toParent[1]);
        orders_ = toChild[1];
        answers_ = toParent[0];
        server_ = answer();
    }
    ~Crowd() {
        close(orders_);
        close(answers_);
        kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }
    Crowd(Crowd const&) = delete;
    Crowd& operator=(Crowd const&) = delete;

    std::string server() const { return "127.0.0.1:" + std::to_string(server_); }
    // Until there are so many connections through that port; each was used once.
    bool grow(std::uint16_t port, std::size_t count) {
        std::uint64_t const order[2] = {port, count};
        return write(orders_, order, sizeof order) == sizeof order && answer() == count;
    }

private:
    std::uint64_t answer() const {
        std::uint64_t got = 0;
        return read(answers_, &got, sizeof got) == sizeof got ? got : 0;
    }
    static void serve(int orders, int answers) {
        Server server;
        std::vector<Peer> peers;
        std::uint64_t told = server.port();
        std::uint64_t order[2];
        while (write(answers, &told, sizeof told) == sizeof told
               && read(orders, order, sizeof order) == sizeof order) {
            while (peers.size() < 2 * order[1]) {
                Peer client = Peer::connectedTo(static_cast<std::uint16_t>(order[0]));
                Peer accepted = server.accept();
                if (!client.send("x") || accepted.readBytes(1) != "x") {
                    _exit(1);
                }
                peers.push_back(std::move(client));
                peers.push_back(std::move(accepted));
            }
            told = peers.size() / 2;
        }
    }

    pid_t id_ = -1;
    int orders_ = -1;
    int answers_ = -1;
    std::uint64_t server_ = 0;
};

} // namespace

TEST_CASE("out of file descriptors a proxy waits, and goes on", "[proxy][shortage]") {
    Stand stand;
    auto before = stand.connect();
    Peer waiting(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    {
        FileLimit const none(static_cast<rlim_t>(lowestFree()));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(stand.port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(connect(waiting.descriptor(), reinterpret_cast<sockaddr*>(&address), sizeof address)
                == 0);
        REQUIRE_FALSE(stand.server.isCalled(Milliseconds(250)));
        // The connections it has go on meanwhile.
        before.client.send("x");
        REQUIRE(before.server.readBytes(1) == "x");
    }
    Peer server = stand.server.accept();
    waiting.send("y");
    REQUIRE(server.readBytes(1) == "y");
}

TEST_CASE("a connection to the server that finds no file descriptor is tried again",
          "[proxy][shortage]") {
    Stand stand;
    Peer waiting(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    {
        FileLimit const one(static_cast<rlim_t>(lowestFree()) + 1); // for the client alone
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(stand.port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(connect(waiting.descriptor(), reinterpret_cast<sockaddr*>(&address), sizeof address)
                == 0);
        REQUIRE_FALSE(stand.server.isCalled(Milliseconds(250)));
        REQUIRE(waiting.read(Milliseconds(50)) == "");
        REQUIRE(waiting.error() == ETIMEDOUT);
    }
    Peer server = stand.server.accept();
    waiting.send("y");
    REQUIRE(server.readBytes(1) == "y");
}

TEST_CASE("a server that does not take the connection is waited for ten seconds",
          "[proxy][shortage]") {
    Stand stand;
    // A server whose queue is full: the kernel drops further attempts.
    Server full;
    REQUIRE(listen(full.descriptor(), 0) == 0);
    std::vector<Peer> queue;
    for (int i = 0; i < 4; ++i) {
        queue.emplace_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(full.port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connect(queue.back().descriptor(), reinterpret_cast<sockaddr*>(&address), sizeof address);
    }
    stand.on([&](Proxy& p) { REQUIRE_FALSE(p.move(p.listen(), full.address(), true)); });
    Peer client = Peer::connectedTo(stand.port());
    REQUIRE(client.read(Milliseconds(1000)) == "");
    REQUIRE(client.error() == ETIMEDOUT);
    REQUIRE(client.read(Milliseconds(15'000)) == "");
    REQUIRE(client.error() == 0);
    REQUIRE(stand.empties());
}

TEST_CASE("ten thousand idle connections cost little memory", "[proxy][shortage]") {
    constexpr std::size_t wanted = 10'000;
    FileLimit const many(2 * wanted + 200);
    std::size_t const count = std::min<std::size_t>(wanted, (FileLimit::now() - 200) / 2);
    if (count < wanted) {
        WARN("only " << count << " connections: the limit of open files cannot be raised");
    }
    Crowd crowd; // before there is a thread
    Stand stand;
    stand.on([&](Proxy& p) { REQUIRE_FALSE(p.move(p.listen(), crowd.server(), true)); });
    REQUIRE(crowd.grow(stand.port(), 10)); // what is paid once
    std::size_t const before = residentBytes();
    REQUIRE(crowd.grow(stand.port(), count));
    std::size_t const each = (residentBytes() - before) / (count - 10);
    INFO(each << " bytes a connection");
    REQUIRE(stand.on([](Proxy& p) { return p.connectionCount(); }) == count);
    REQUIRE(each < 20'000);
}
