#include <catch2/catch.hpp>

#include <filesystem>
#include <thread>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "chaos-agent/containers/engine.hpp"

// Engines that answer oddly; a real one is asked where faults of containers are tested.
using namespace shakedown;
using containers::Engine;

namespace {

// A socket that takes one question and answers with these bytes.
class OddEngine {
public:
    explicit OddEngine(std::string answer, std::chrono::milliseconds after = {})
        : path_(std::filesystem::temp_directory_path()
                / ("shakedown-engine-" + std::to_string(getpid()))),
          listener_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path_.string().copy(address.sun_path, sizeof address.sun_path - 1);
        unlink(path_.c_str());
        REQUIRE(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(listen(listener_, 1) == 0);
        thread_ = std::thread([this, answer = std::move(answer), after] {
            pollfd comes{listener_, POLLIN, 0};
            if (poll(&comes, 1, 5000) != 1) {
                return;
            }
            int const peer = accept(listener_, nullptr, nullptr);
            char bytes[4096];
            while (asked_.find("\r\n\r\n") == std::string::npos) {
                auto const count = read(peer, bytes, sizeof bytes);
                if (count <= 0) {
                    break;
                }
                asked_.append(bytes, static_cast<std::size_t>(count));
            }
            std::this_thread::sleep_for(after);
            (void)!::send(peer, answer.data(), answer.size(), MSG_NOSIGNAL);
            close(peer);
        });
    }
    ~OddEngine() {
        thread_.join();
        close(listener_);
        unlink(path_.c_str());
    }
    OddEngine(OddEngine const&) = delete;
    OddEngine& operator=(OddEngine const&) = delete;

    Engine engine() const { return Engine(path_.string()); }

private:
    std::filesystem::path path_;
    int listener_;
    std::string asked_;
    std::thread thread_;
};

std::string answer(int status, std::string const& body) {
    return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: application/json\r\n"
           + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

constexpr char const* running = R"({"Id":"ab12","Name":"/orders","State":{"Running":true,
    "Paused":false,"Pid":42,"StartedAt":"2026-01-01T00:00:00Z"},"HostConfig":{"AutoRemove":true},
    "Config":{"Labels":{"app":"orders"}}})";

std::string whyOf(system::Failed const& failed) {
    REQUIRE(failed);
    return failed->why;
}

} // namespace

TEST_CASE("what an engine tells of a container is read", "[containers]") {
    OddEngine const odd(answer(200, running));
    auto const found = odd.engine().look("orders");
    auto const* sight = std::get_if<containers::Sight>(&found);
    REQUIRE(sight != nullptr);
    CHECK(sight->life == containers::Life{"ab12", "2026-01-01T00:00:00Z"});
    CHECK(sight->name == "orders");
    CHECK(sight->isRunning);
    CHECK_FALSE(sight->isPaused);
    CHECK(sight->isRemovedAtEnd);
    CHECK(sight->process == 42);
    CHECK(sight->labels == std::vector<std::string>{"app=orders"});
}

TEST_CASE("only a container that is not known is gone", "[containers]") {
    {
        OddEngine const odd(answer(404, R"({"message":"No such container"})"));
        CHECK(std::holds_alternative<system::Gone>(odd.engine().look("orders")));
    }
    auto const [text, why] = GENERATE(table<std::string, std::string>({
        {answer(500, R"({"message":"out of\nspace"})"),
         "the container engine answers 500: out of space"},
        {answer(500, "oops"), "the container engine answers 500"},
        {answer(200, "{"), "what the container engine says of 'orders' cannot be read"},
        {answer(200, R"({"Id":1})"), "what the container engine says of 'orders' cannot be read"},
        {answer(200, "[]"), "what the container engine says of 'orders' cannot be read"},
        {"", "no container engine answers at unix:"},
        {"SSH-2.0-x\r\n", "no container engine answers at unix:"},
        {"HTTP/1.1 200 X\r\nContent-Length: 99999999\r\n\r\n", "the answer of unix:"},
    }));
    INFO(text);
    OddEngine const odd(text);
    auto const found = odd.engine().look("orders");
    auto const* failure = std::get_if<system::Failure>(&found);
    REQUIRE(failure != nullptr);
    CHECK(failure->why.starts_with(why));
}

TEST_CASE("a change that is heard and not answered in time is no failure", "[containers]") {
    constexpr std::chrono::milliseconds tooLong{1100};
    {
        OddEngine const odd(answer(204, ""), tooLong);
        CHECK_FALSE(odd.engine().pause("ab12"));
    }
    {
        OddEngine const odd(answer(200, running), tooLong);
        auto const found = odd.engine().look("orders");
        REQUIRE(std::holds_alternative<system::Failure>(found));
        CHECK(std::get<system::Failure>(found).why.ends_with("it takes too long"));
    }
    CHECK(whyOf(Engine("/nobody/here.sock").pause("ab12"))
          == "no container engine answers at unix:/nobody/here.sock: connecting: No such file or"
             " directory");
}

TEST_CASE("what an engine refuses is told, and what is so already is not", "[containers]") {
    {
        OddEngine const odd(answer(409, R"({"message":"is already paused"})"));
        CHECK(whyOf(odd.engine().pause("ab12"))
              == "the container engine answers 409: is already paused");
    }
    {
        OddEngine const odd("HTTP/1.1 304 Not Modified\r\n\r\n");
        CHECK_FALSE(odd.engine().start("ab12"));
    }
}

TEST_CASE("the last event tells whether a container was signalled", "[containers]") {
    auto const [events, isSignalled] = GENERATE(table<std::string, bool>({
        {"", false},
        {"{\"Action\":\"start\"}\n", false},
        {"{\"Action\":\"start\"}\n{\"Action\":\"kill\"}\n", true},
        {"{\"Action\":\"kill\"}\n{\"Action\":\"start\"}\n", false},
        {"{\"Action\":\"kill\"}\nnonsense\n", true},
    }));
    OddEngine const odd(answer(200, events));
    auto const told = odd.engine().wasSignalled("ab12");
    REQUIRE(std::holds_alternative<bool>(told));
    CHECK(std::get<bool>(told) == isSignalled);
}

TEST_CASE("names come without their slash and in order", "[containers]") {
    OddEngine const odd(answer(200, R"([{"Names":["/b"]},{"Names":["/a","/x/a"]}])"));
    auto const names = odd.engine().namesWith("app=orders");
    REQUIRE(std::holds_alternative<std::vector<std::string>>(names));
    CHECK(std::get<std::vector<std::string>>(names) == std::vector<std::string>{"a", "b"});
}
