#pragma once

#include <atomic>
#include <string>

#include <CLI/CLI.hpp>

/// The subcommands of `shakedown`, one file each.
namespace shakedown::cli {

/// Stable exit codes (`shakedown --help` lists them).
enum class Exit : int {
    Ok = 0,
    ExpectationFailed = 1,
    Usage = 2,
    InvalidScenario = 3,
    NothingChecked = 4,
    Aborted = 5,      // by a condition of the scenario's; all was taken back
    RevertFailed = 6, // something real could not be taken back
    Agent = 7,        // unreachable, or it refused
    Limit = 8,
    NotSteady = 9, // before a live run; nothing was done
    Internal = 70,
    Interrupted = 130
};

/// The worst of two, in the order 70, 6, 130, 7, 5, 9, 3, 2, 8, 1, 4, 0.
Exit worse(Exit a, Exit b);

/// What every command is told.
struct Common {
    std::string colour = "auto";
    bool json = false;
    bool quiet = false;
    bool verbose = false;
};
/// Whether to colour what goes to this file descriptor: the flag, NO_COLOR, a terminal.
bool colours(Common const& common, int descriptor);

/// Set by SIGINT and SIGTERM.
std::atomic<bool>& stopRequested();
void watchSignals();
/// The others that would end us as well, for a command that has something to take back; and the
/// end of a pipe that we write into ends nothing.
void watchEverySignal();

// Each adds its command to the parser; `exit` is what the program ends with when it was chosen.
void addCheck(CLI::App& app, Common& common, Exit& exit);
void addRun(CLI::App& app, Common& common, Exit& exit);
void addCompare(CLI::App& app, Common& common, Exit& exit);
void addSchema(CLI::App& app, Common& common, Exit& exit);
void addList(CLI::App& app, Common& common, Exit& exit);
void addReport(CLI::App& app, Common& common, Exit& exit);
void addWhy(CLI::App& app, Common& common, Exit& exit);
void addReplay(CLI::App& app, Common& common, Exit& exit);
void addExport(CLI::App& app, Common& common, Exit& exit);
void addInit(CLI::App& app, Common& common, Exit& exit);
void addExplain(CLI::App& app, Common& common, Exit& exit);
void addCompletions(CLI::App& app, Common& common, Exit& exit);
void addAgent(CLI::App& app, Common& common, Exit& exit);
void addInject(CLI::App& app, Common& common, Exit& exit);
void addDoctor(CLI::App& app, Common& common, Exit& exit);
void addManual(CLI::App& app, Common& common, Exit& exit);
void addCompleteNames(CLI::App& app, Common& common, Exit& exit);

} // namespace shakedown::cli
