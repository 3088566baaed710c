#pragma once

#include <QString>
#include <QStringList>

namespace shakedown::gui {

/// Where an agent is, and who we are to it: as `shakedown agent` takes it. A token is only ever in
/// a file, or in the environment.
struct AgentPlace {
    QString name; // for people: that of the scenario, or the address
    QString address;
    QString tokenFile;
};

/// Why that cannot be the place of an agent, in words; empty if it can.
QString whyNoPlace(AgentPlace const& place);

/// `shakedown agent` with its place, to be followed by what is wanted of it.
QStringList agentCommand(AgentPlace const& place);
/// The flags that say who we are.
QStringList identityFlags(QString const& tokenFile);

} // namespace shakedown::gui
