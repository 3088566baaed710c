#include "gui/live/agent_place.hpp"

#include <QFileInfo>

#include "chaos-agent/protocol/agent_address.hpp"

namespace shakedown::gui {

QString whyNoPlace(AgentPlace const& place) {
    if (place.address.isEmpty())
        return "Say where the agent listens: unix:PATH, http://127.0.0.1:PORT or https://HOST:PORT";
    auto const read = protocol::parseAgentAddress(place.address.toStdString());
    if (auto const* why = std::get_if<std::string>(&read))
        return QString::fromStdString(*why);
    if (place.tokenFile.isEmpty())
        return {};
    QFileInfo const info(place.tokenFile);
    if (!info.isFile())
        return "There is no file '" + place.tokenFile + "' with a token";
    return info.isReadable() ? QString() : "The file '" + place.tokenFile + "' cannot be read";
}

QStringList agentCommand(AgentPlace const& place) {
    return QStringList{"agent", "--agent=" + place.address} + identityFlags(place.tokenFile);
}

QStringList identityFlags(QString const& tokenFile) {
    return tokenFile.isEmpty() ? QStringList() : QStringList{"--token-file=" + tokenFile};
}

} // namespace shakedown::gui
