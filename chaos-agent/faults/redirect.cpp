#include "chaos-agent/faults/redirect.hpp"

#include "chaos-agent/faults/filter_table.hpp"
#include "chaos-agent/faults/redirect_rules.hpp"

namespace shakedown::injectors {

system::Failed applyRedirect(Redirect const& redirect, Duration lease, Tools const& tools) {
    auto const port =
        tools.connections == nullptr ? std::nullopt : tools.connections->portOf(redirect.proxy);
    if (!port || *port == 0)
        return system::Failure{"proxy " + redirect.proxy + " does not listen"};
    auto table = redirect.table;
    table.rules = withListener(table.rules, *port);
    return applyTable(table, lease);
}

Verdict isRedirectApplied(Redirect const& redirect) {
    return isTableApplied(redirect.table);
}

protocol::PlannedStep wordsOfRedirect(Redirect const& redirect) {
    auto words = wordsOfTable(redirect.table);
    words.apply += "\nwith $listener, the port of proxy " + redirect.proxy
                   + ". New connections go through it; those that are open already "
                   + (redirect.older == Redirect::Older::Reset
                          ? "are reset with the next packet that their client sends"
                          : "go past it, and are not disturbed");
    words.revert += ". New connections go straight from then on, as they do at once if the agent"
                    " ends; those through the proxy are not cut";
    return words;
}

} // namespace shakedown::injectors
