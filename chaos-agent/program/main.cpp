#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>

#include "chaos-agent/program/log.hpp"
#include "chaos-agent/program/serve.hpp"

using namespace shakedown::agent;

int main(int argc, char** argv) {
    constexpr int usage = 2;
    constexpr int internal = 70;
    try {
        Settings settings;
        CLI::App app("Disturbs connections on this host as it is told, and takes it back.",
                     "shakedown-agent");
        app.set_version_flag("--version", SHAKEDOWN_VERSION);
        app.add_option("--toxiproxy", settings.toxiproxy,
                       "where the Toxiproxy-compatible API listens; a loopback address")
            ->capture_default_str();
        app.add_option("--seed", settings.seed,
                       "decides which connections a toxic befalls; equal seeds decide equally")
            ->capture_default_str();
        app.footer(
            "Exit codes: 0 ended by SIGTERM or SIGINT, 1 cannot listen, 2 usage, 70 internal.\n"
            "Logs are JSON lines on stderr.");
        try {
            app.parse(argc, argv);
        } catch (CLI::ParseError const& e) {
            if (e.get_exit_code() == 0)
                return app.exit(e); // --help, --version
            std::fprintf(stderr, "shakedown-agent: %s\nTry 'shakedown-agent --help'.\n", e.what());
            return usage;
        }
        if (auto const refusal = refusalOf(settings); !refusal.empty()) {
            std::fprintf(stderr, "shakedown-agent: %s\n", refusal.c_str());
            return usage;
        }
        startLog();
        return serve(settings);
    } catch (std::exception const& e) {
        std::fprintf(stderr, "shakedown-agent: internal error: %s\n", e.what());
        return internal;
    }
}
