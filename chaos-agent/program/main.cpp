#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <unistd.h>

#include "chaos-agent/control/token.hpp"
#include "chaos-agent/program/log.hpp"
#include "chaos-agent/program/serve.hpp"
#include "chaos-agent/safety/watchdog.hpp"

using namespace shakedown;
using namespace shakedown::agent;

namespace {

// What is opened next would have the number of a stream that is closed, and the log would be
// written into it.
void keepStreams() {
    int opened = 0;
    while (opened >= 0 && opened <= STDERR_FILENO)
        opened = open("/dev/null", O_RDWR);
    if (opened > STDERR_FILENO)
        close(opened);
}

void say(std::string const& what) {
    std::fprintf(stderr, "shakedown-agent: %s\n", what.c_str());
}

/// What the command line asks for.
struct Asked {
    std::string config;
    std::string toxiproxy = "127.0.0.1:8474";
    std::uint64_t seed = 1;
    std::string stateDirectory = Config().stateDirectory;
    safety::WatchSettings watch;
};

int runAgent(Asked const& asked) {
    Config config;
    if (asked.config.empty()) {
        auto const address = proxy::parseAddress(asked.toxiproxy);
        if (!address) {
            say("--toxiproxy takes host:port, not '" + asked.toxiproxy + "'");
            return Usage;
        }
        if (!proxy::isLoopback(*address)) {
            say("--toxiproxy " + asked.toxiproxy
                + " can be reached from other hosts, and whoever reaches it can disturb what runs"
                  " here: that API knows neither TLS nor tokens. Take a loopback address such as"
                  " 127.0.0.1:8474");
            return Usage;
        }
        config = configOf(*address, asked.seed);
    } else {
        auto read = readConfig(asked.config);
        if (auto const* errors = std::get_if<ConfigErrors>(&read)) {
            for (auto const& error : *errors)
                say(error);
            return Usage;
        }
        config = std::get<Config>(std::move(read));
    }
    startLog();
    return serve(config);
}

int checkConfig(Asked const& asked) {
    auto const read = readConfig(asked.config);
    if (auto const* errors = std::get_if<ConfigErrors>(&read)) {
        for (auto const& error : *errors)
            say(error);
        return Usage;
    }
    auto const& config = std::get<Config>(read);
    std::printf("%s: good, %zu targets\n", asked.config.c_str(), config.targets.size());
    return Ended;
}

int makeToken() {
    auto const fresh = control::makeToken();
    if (!fresh) {
        say("the kernel gives no randomness");
        return InternalError;
    }
    std::printf("token   %s\n"
                "        Give it to its owner, in a file that nobody else can read: it is not kept"
                " here.\n"
                "config  {\"name\": \"NAME\", \"role\": \"read\", \"sha256\": \"%s\"}\n",
                fresh->token.c_str(), fresh->sha256.c_str());
    return Ended;
}

int revert(Asked const& asked) {
    auto const code = safety::takeBack(asked.stateDirectory, Duration::seconds(60));
    if (code != Ended)
        say(code == RevertFailed
                ? "something could not be taken back; the audit log in " + asked.stateDirectory
                      + " says what"
                : "the journal in " + asked.stateDirectory
                      + " cannot be had: an agent that runs takes back what it finds there itself");
    return code;
}

} // namespace

int main(int argc, char** argv) {
    keepStreams();
    try {
        Asked asked;
        CLI::App app("Applies faults to this host as it is told, and always takes them back.",
                     "shakedown-agent");
        app.set_version_flag("--version", SHAKEDOWN_VERSION);
        auto* config = app.add_option("--config", asked.config,
                                      "what may be touched and by whom (JSON); without it there"
                                      " is no target, only the Toxiproxy-compatible API");
        app.add_option("--toxiproxy", asked.toxiproxy,
                       "where the Toxiproxy-compatible API listens; a loopback address")
            ->capture_default_str()
            ->excludes(config);
        app.add_option("--seed", asked.seed,
                       "decides which connections a toxic befalls; equal seeds decide equally")
            ->capture_default_str()
            ->excludes(config);
        auto* check =
            app.add_subcommand("check", "reads a configuration file and says what is wrong");
        check->add_option("FILE", asked.config, "the file")->required();
        auto* back = app.add_subcommand(
            "revert", "takes back what an agent that is gone has left (for ExecStopPost)");
        back->add_option("--state-directory", asked.stateDirectory, "of the agent")
            ->capture_default_str();
        auto* token = app.add_subcommand(
            "token", "makes a token, and the line that the configuration needs of it");
        auto* watch = app.add_subcommand("watchdog", "the agent starts it; not for people");
        watch->group("");
        watch->add_option("--state-directory", asked.watch.stateDirectory)->required();
        watch->add_option("--line", asked.watch.line)->required();
        watch->add_option("--agent", asked.watch.agent)->required();
        app.require_subcommand(0, 1);
        app.footer("Exit codes: 0 ended by SIGTERM or SIGINT, everything taken back; 1 cannot"
                   " start; 2 usage or configuration;\n6 something could not be taken back;"
                   " 70 internal. Logs are JSON lines on stderr.");
        try {
            app.parse(argc, argv);
        } catch (CLI::ParseError const& e) {
            if (e.get_exit_code() == 0)
                return app.exit(e); // --help, --version
            say(std::string(e.what()) + "\nTry 'shakedown-agent --help'.");
            return Usage;
        }
        if (*watch)
            return safety::watch(asked.watch);
        if (*back)
            return revert(asked);
        if (*token)
            return makeToken();
        return *check ? checkConfig(asked) : runAgent(asked);
    } catch (std::exception const& e) {
        say(std::string("internal error: ") + e.what());
        return InternalError;
    }
}
