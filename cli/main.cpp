#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/log.hpp"
#include "cli/usage.hpp"

using namespace shakedown::cli;

namespace {

constexpr char const* footer =
    "Exit codes: 0 all expectations met, 1 an expectation failed, 2 usage, 3 invalid scenario,\n"
    "4 nothing was checked, 5 aborted by a condition, 6 a real fault could not be taken back,\n"
    "7 agent unreachable or refused, 8 time or event limit, 9 not steady before, nothing done,\n"
    "70 internal, 130 interrupted.\n"
    "Several files: the worst wins.\n"
    "Environment, below the flags: SHAKEDOWN_COLOR, SHAKEDOWN_SEED, SHAKEDOWN_JOBS,\n"
    "SHAKEDOWN_RECORD; NO_COLOR.";

} // namespace

int main(int argc, char** argv) {
    try {
        Common common;
        Exit exit = Exit::Ok;
        CLI::App app("Simulates what breaks in a system of microservices, and what holds.",
                     "shakedown");
        app.require_subcommand(1);
        app.footer(footer);
        app.set_version_flag("--version", SHAKEDOWN_VERSION);
        app.fallthrough();
        app.add_option("--color", common.colour, "auto (the default), always or never")
            ->envname("SHAKEDOWN_COLOR")
            ->check(CLI::IsMember({"auto", "always", "never"}));
        app.add_flag("--json", common.json, "print for machines");
        app.add_flag("-q,--quiet", common.quiet, "print only what went wrong");
        app.add_flag("-v,--verbose", common.verbose, "say more while working");
        app.parse_complete_callback([&common] { startLog(common); });
        addCheck(app, common, exit);
        addRun(app, common, exit);
        addWhy(app, common, exit);
        addReport(app, common, exit);
        addCompare(app, common, exit);
        addSchema(app, common, exit);
        addList(app, common, exit);
        addReplay(app, common, exit);
        addExport(app, common, exit);
        addInit(app, common, exit);
        addExplain(app, common, exit);
        addInject(app, common, exit);
        addAgent(app, common, exit);
        addDoctor(app, common, exit);
        addCompletions(app, common, exit);
        addManual(app, common, exit);
        addCompleteNames(app, common, exit);
        try {
            app.parse(argc, argv);
        } catch (CLI::ParseError const& e) {
            if (e.get_exit_code() == 0)
                return app.exit(e); // --help, --version
            auto const message =
                usageMessage(app, e, std::vector<std::string>(argv + 1, argv + argc));
            std::fputs(message.c_str(), stderr);
            return static_cast<int>(Exit::Usage);
        }
        return static_cast<int>(exit);
    } catch (std::exception const& e) {
        std::fprintf(stderr, "shakedown: internal error: %s\n", e.what());
        return static_cast<int>(Exit::Internal);
    }
}
