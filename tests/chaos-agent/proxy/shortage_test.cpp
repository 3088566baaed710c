// Out of file descriptors, and the memory of many connections.
#include <catch2/catch.hpp>

#include <fstream>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>

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
    FileLimit const many(4 * wanted + 1000); // client and server are of this process, too
    std::size_t const count = std::min<std::size_t>(wanted, (FileLimit::now() - 200) / 4);
    if (count < wanted) {
        WARN("only " << count << " connections: the limit of open files cannot be raised");
    }
    Stand stand;
    std::vector<Stand::Pair> pairs;
    pairs.reserve(count);
    for (int i = 0; i < 10; ++i) { // what is paid once
        pairs.push_back(stand.connect());
    }
    std::size_t const before = residentBytes();
    while (pairs.size() < count) {
        pairs.push_back(stand.connect());
    }
    for (auto& pair : pairs) { // idle, but not unused
        pair.client.send("x");
        REQUIRE(pair.server.readBytes(1) == "x");
    }
    std::size_t const each = (residentBytes() - before) / (count - 10);
    INFO(each << " bytes a connection");
    REQUIRE(each < 20'000);
}
