// The Unix socket: its file, and who connects to it.
#include <catch2/catch.hpp>

#include <fstream>

#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tests/chaos-agent/control/listener_stand.hpp"

using namespace shakedown;
using namespace shakedown::control;
using namespace shakedown::tests;
using safety::Role;

namespace {

constexpr uid_t nobody = 65'534;

// What another user gets for the request: the child is of that user and its group only.
std::string askAs(uid_t uid, std::string const& path, std::string const& request) {
    int ends[2];
    if (pipe(ends) != 0) {
        throw std::runtime_error("no pipe");
    }
    pid_t const child = fork();
    if (child == 0) {
        alarm(20);
        if (setgroups(0, nullptr) == 0 && setgid(uid) == 0 && setuid(uid) == 0) {
            std::string answer = "refused";
            try {
                Peer peer = connectedToUnix(path);
                peer.send(request);
                answer = peer.readToEnd();
            } catch (std::runtime_error const&) {
            }
            if (write(ends[1], answer.data(), answer.size()) < 0) {
                _exit(1);
            }
        }
        _exit(0);
    }
    close(ends[1]);
    std::string answer(4096, '\0');
    auto const count = read(ends[0], answer.data(), answer.size());
    answer.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return answer;
}

bool isRoot() {
    if (geteuid() == 0) {
        return true;
    }
    WARN("skipped: only root can become another user");
    return false;
}

proxy::Refused openedAt(Loop& loop, std::string const& path) {
    return loop.on([&] {
        HttpServer server(loop.io(), [](Request const&) { return Response{}; });
        return server.openUnix(path, {});
    });
}

} // namespace

TEST_CASE("the agent's own user asks over the Unix socket without a token",
          "[control][native][unix]") {
    ListenerStand stand;
    REQUIRE(isStatus(stand.askUnix(get("/v1/faults")), 200));
    REQUIRE(isStatus(stand.askUnix(post("/v1/faults", "", hangRequest().dump())), 201));
    REQUIRE(stand.loop.on([&] { return stand.keeper.caller.name; })
            == "uid " + std::to_string(geteuid()));
    REQUIRE(isStatus(stand.askUnix(get("/v1/faults", "wrong")), 401));
}

TEST_CASE("nobody but owner and group can open the socket, and it goes with its listener",
          "[control][native][unix]") {
    std::string path;
    {
        ListenerStand stand;
        path = stand.settings.unixPath;
        struct stat file {};
        REQUIRE(lstat(path.c_str(), &file) == 0);
        REQUIRE(S_ISSOCK(file.st_mode));
        REQUIRE((file.st_mode & 0777) == 0660);
        if (geteuid() == 0) {
            REQUIRE(askAs(nobody, path, get("/healthz")) == "refused");
        }
        stand.loop.on([&] {}); // alive
        REQUIRE(std::filesystem::exists(path));
    }
    REQUIRE(!std::filesystem::exists(path));
}

TEST_CASE("another user that can open the socket has the role it was given, or none",
          "[control][native][unix]") {
    if (!isRoot()) {
        return;
    }
    for (bool const isKnown : {false, true}) {
        ListenersWith with;
        if (isKnown) {
            with.users = {{nobody, Role::Read}};
        }
        ListenerStand stand(with);
        std::string const path = stand.settings.unixPath;
        std::filesystem::permissions(path, std::filesystem::perms(0666));
        REQUIRE(isStatus(askAs(nobody, path, get("/healthz")), 200));
        REQUIRE(isStatus(askAs(nobody, path, get("/v1/faults")), isKnown ? 200 : 403));
        REQUIRE(isStatus(askAs(nobody, path, post("/v1/faults", "", hangRequest().dump())), 403));
        REQUIRE(isStatus(askAs(nobody, path, get("/v1/faults", TestTokens::admin)), 200));
        auto const denied = stand.loop.on([&] { return stand.keeper.denied; });
        REQUIRE(denied.size() == (isKnown ? 1 : 2));
        REQUIRE(denied[0].first == "uid 65534");
    }
}

TEST_CASE("the socket of an agent that is gone is replaced", "[control][native][unix]") {
    OpenFolder const folder;
    Loop loop;
    std::string const path = (folder.path / "agent.socket").string();
    {
        // Bound, and left behind.
        Peer const gone(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        REQUIRE(bind(gone.descriptor(), reinterpret_cast<sockaddr*>(&address), sizeof address)
                == 0);
    }
    REQUIRE(std::filesystem::exists(path));
    REQUIRE(!openedAt(loop, path));
}

TEST_CASE("what somebody uses, and what is no socket, is left alone", "[control][native][unix]") {
    ListenerStand stand;
    Loop loop;
    auto const used = openedAt(loop, stand.settings.unixPath);
    REQUIRE(used);
    REQUIRE(used->message.ends_with("somebody listens there already"));
    REQUIRE(isStatus(stand.askUnix(get("/healthz")), 200));

    std::string const file = (stand.folder.path / "file").string();
    std::ofstream(file) << "precious";
    REQUIRE(openedAt(loop, file)->message.ends_with("there is something else than a socket"));
    REQUIRE(std::filesystem::file_size(file) == 8);
    std::string const link = (stand.folder.path / "link").string();
    std::filesystem::create_symlink(stand.settings.unixPath, link);
    REQUIRE(openedAt(loop, link));
    REQUIRE(std::filesystem::exists(stand.settings.unixPath));
}

TEST_CASE("a path that no socket can have is refused", "[control][native][unix]") {
    Loop loop;
    for (std::string const& path :
         {std::string(), std::string("agent.socket"), "/" + std::string(107, 'a'),
          std::string("/nowhere/agent.socket")}) {
        INFO(path);
        auto const refused = openedAt(loop, path);
        REQUIRE(refused);
        REQUIRE(refused->message.starts_with("listen unix " + path + ": "));
    }
}

TEST_CASE("a user of the host gets no more than its share of connections",
          "[control][native][unix]") {
    ListenersWith with;
    with.limits.connectionsOfPeer = 2;
    ListenerStand stand(with);
    Peer one = stand.overUnix();
    Peer two = stand.overUnix();
    REQUIRE(isStatus(stand.overUnix().readToEnd(), 503));
    one.close();
    two.close();
    REQUIRE(stand.empties());
    REQUIRE(isStatus(stand.askUnix(get("/healthz")), 200));
}
