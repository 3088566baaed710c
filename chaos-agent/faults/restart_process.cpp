#include "chaos-agent/faults/restart_process.hpp"

#include "chaos-agent/faults/comeback.hpp"

namespace shakedown::injectors {

namespace {

// Any process will do, the old one too.
Verdict doesRun(RestartProcess const& restart) {
    return isBack(restart.comeback, {});
}

} // namespace

system::Failed applyRestart(RestartProcess const& restart) {
    return system::launch(restart.comeback.action);
}

system::Failed revertRestart(RestartProcess const& restart) {
    if (doesRun(restart).is == Verdict::Is::So)
        return {};
    return system::launch(restart.comeback.action);
}

Verdict isRestartApplied(RestartProcess const& restart) {
    return isBack(restart.comeback, restart.process);
}

Verdict isRestartReverted(RestartProcess const& restart) {
    return doesRun(restart);
}

protocol::PlannedStep wordsOfRestart(RestartProcess const& restart) {
    std::string const action = "run " + textOf(restart.comeback.action);
    return {action, action + " again if nobody answers"};
}

} // namespace shakedown::injectors
