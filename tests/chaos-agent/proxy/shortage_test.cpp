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

// The limit of open files of this process, for the time being.
class FileLimit {
public:
    explicit FileLimit(rlim_t files) {
        getrlimit(RLIMIT_NOFILE, &before_);
        rlimit const wanted{std::min(files, before_.rlim_max), before_.rlim_max};
        setrlimit(RLIMIT_NOFILE, &wanted);
    }
    ~FileLimit() { setrlimit(RLIMIT_NOFILE, &before_); }

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

TEST_CASE("two thousand idle connections cost little memory", "[proxy][shortage]") {
    FileLimit const many(20'000);
    constexpr std::size_t count = 2000;
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
