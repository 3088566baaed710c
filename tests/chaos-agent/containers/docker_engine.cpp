#include "tests/chaos-agent/containers/docker_engine.hpp"

#include <csignal>
#include <fstream>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "chaos-agent/faults/comeback.hpp"
#include "chaos-agent/system/file_text.hpp"
#include "tests/chaos-agent/system/child.hpp"

namespace shakedown::tests {

namespace {

constexpr char const* daemonProgram = "/usr/sbin/dockerd";
constexpr char const* clientProgram = "/usr/bin/docker";
constexpr char const* busybox = "/bin/busybox";

// Whether it ends within so many seconds.
bool endsWithin(pid_t process, int seconds) {
    for (int i = 0; i < seconds * 100; ++i) {
        if (waitpid(process, nullptr, WNOHANG) == process) {
            return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

} // namespace

system::Words DockerEngine::service(int slowly) {
    return {"/bin/sh", "-c",
            "trap 'sleep " + std::to_string(slowly)
                + "; exit 0' TERM; /bin/busybox httpd -f -p 8080 & wait"};
}

std::unique_ptr<DockerEngine> DockerEngine::make() {
    for (char const* program : {daemonProgram, clientProgram, busybox}) {
        if (access(program, X_OK) != 0) {
            WARN("skipped: there is no " << program << " on this host");
            return nullptr;
        }
    }
    if (geteuid() != 0) {
        WARN("skipped: a container engine needs root");
        return nullptr;
    }
    std::unique_ptr<DockerEngine> engine(new DockerEngine(freshPath("docker")));
    std::filesystem::create_directories(engine->folder_ / "root/bin");
    auto why = engine->start();
    if (why.empty()) {
        why = engine->import();
    }
    if (!why.empty()) {
        WARN("skipped: no container engine runs here: " << why);
        return nullptr;
    }
    return engine;
}

std::string DockerEngine::start() {
    std::string const data = "--data-root=" + (folder_ / "data").string();
    std::string const run = "--exec-root=" + (folder_ / "exec").string();
    std::string const number = "--pidfile=" + (folder_ / "pid").string();
    std::string const listens = "--host=unix://" + socket();
    std::string const log = (folder_ / "log").string();
    daemon_ = fork();
    if (daemon_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        setsid();
        int const file = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        dup2(file, STDOUT_FILENO);
        dup2(file, STDERR_FILENO);
        execl(daemonProgram, daemonProgram, "--iptables=false", "--ip-forward=false",
              "--bridge=none", "--storage-driver=vfs", data.c_str(), run.c_str(), number.c_str(),
              listens.c_str(), nullptr);
        _exit(127);
    }
    constexpr int attempts = 200;
    std::string why;
    for (int i = 0; i < attempts; ++i) {
        auto const failed = engine().ping();
        if (!failed) {
            return "";
        }
        why = failed->why;
        if (waitpid(daemon_, nullptr, WNOHANG) == daemon_) {
            daemon_ = -1;
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    std::ifstream file(log);
    std::string last = "nothing was said";
    for (std::string line; std::getline(file, line);) {
        last = line;
    }
    return why + "; " + last;
}

std::string DockerEngine::import() const {
    std::filesystem::copy_file(busybox, folder_ / "root/bin/busybox");
    for (char const* name : {"sh", "sleep"}) {
        std::filesystem::create_symlink("busybox", folder_ / "root/bin" / name);
    }
    auto const tar = (folder_ / "root.tar").string();
    auto const packed =
        system::run({"/usr/bin/tar", "-C", (folder_ / "root").string(), "-cf", tar, "."}, "",
                    Duration::seconds(20));
    auto const* finished = std::get_if<system::Finished>(&packed);
    if (finished == nullptr || finished->status != 0) {
        return "its image cannot be packed";
    }
    docker({"import", tar, "shakedown-test"});
    return "";
}

DockerEngine::~DockerEngine() {
    if (daemon_ > 0) {
        auto const list = system::run({clientProgram, "-H", "unix://" + socket(), "ps", "-aq"}, "",
                                      Duration::seconds(20));
        if (auto const* finished = std::get_if<system::Finished>(&list)) {
            std::istringstream ids(finished->output);
            for (std::string id; ids >> id;) {
                (void)system::run({clientProgram, "-H", "unix://" + socket(), "rm", "-f", id}, "",
                                  Duration::seconds(20));
            }
        }
        kill(daemon_, SIGTERM);
        if (!endsWithin(daemon_, 20)) {
            kill(daemon_, SIGKILL);
            waitpid(daemon_, nullptr, 0);
        }
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string DockerEngine::docker(system::Words const& words) const {
    system::Words command{clientProgram, "-H", "unix://" + socket()};
    command.insert(command.end(), words.begin(), words.end());
    auto const got = system::run(command, "", Duration::seconds(30));
    if (auto const* failure = std::get_if<system::Failure>(&got)) {
        FAIL(failure->why);
    }
    auto const& finished = std::get<system::Finished>(got);
    INFO(finished.errors);
    REQUIRE(finished.status == 0);
    auto output = finished.output;
    while (output.ends_with('\n')) {
        output.pop_back();
    }
    return output;
}

void DockerEngine::runs(std::string const& name, system::Words const& flags,
                        system::Words const& program) const {
    system::Words words{"run", "--detach", "--network=none", "--name=" + name};
    words.insert(words.end(), flags.begin(), flags.end());
    words.emplace_back("shakedown-test");
    words.insert(words.end(), program.begin(), program.end());
    docker(words);
    REQUIRE(soon([&] { return state(name) == "running, answers"; }));
}

std::string DockerEngine::state(std::string const& name) const {
    auto const found = engine().look(name);
    auto const* sight = std::get_if<containers::Sight>(&found);
    if (sight == nullptr) {
        return std::holds_alternative<system::Gone>(found) ? "gone" : "unknown";
    }
    if (!sight->isRunning) {
        return "exited";
    }
    if (sight->isPaused) {
        return "paused";
    }
    auto const place = system::NetworkNamespace::ofProcess(sight->process);
    auto const* inside = std::get_if<system::NetworkNamespace>(&place);
    bool const answers =
        inside != nullptr
        && injectors::takesConnections(*proxy::parseAddress(serviceAddress), *inside);
    return answers ? "running, answers" : "running";
}

void DockerEngine::wire(std::string const& name, TestNetwork const& network) const {
    auto const found = engine().look(name);
    auto const process = std::to_string(std::get<containers::Sight>(found).process);
    auto const ip = [](system::Words words) {
        auto const got = system::run(words, "", Duration::seconds(10));
        auto const& finished = std::get<system::Finished>(got);
        INFO(finished.errors);
        REQUIRE(finished.status == 0);
    };
    auto const inside = [&](system::Words const& words) {
        system::Words all{"/usr/bin/nsenter", "--target", process, "--net", "/usr/sbin/ip"};
        all.insert(all.end(), words.begin(), words.end());
        ip(all);
    };
    ip({"/usr/sbin/ip", "-n", network.clientName(), "link", "add", "docker", "type", "veth", "peer",
        "name", "eth0", "netns", process});
    ip({"/usr/sbin/ip", "-n", network.clientName(), "address", "add", "10.78.0.1/24", "dev",
        "docker"});
    ip({"/usr/sbin/ip", "-n", network.clientName(), "link", "set", "docker", "up"});
    inside({"address", "add", std::string(wiredAddress) + "/24", "dev", "eth0"});
    inside({"link", "set", "eth0", "up"});
}

std::string DockerEngine::began(std::string const& name) const {
    auto const found = engine().look(name);
    auto const* sight = std::get_if<containers::Sight>(&found);
    return sight == nullptr ? "" : sight->life.startedAt;
}

} // namespace shakedown::tests
