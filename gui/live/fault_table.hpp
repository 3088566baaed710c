#pragma once

#include <vector>

#include <QTableWidget>

#include "gui/live/agent_sight.hpp"
#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// The faults at work on all agents: what, to whom, how long still, and whose they are.
class FaultTable : public QTableWidget {
    Q_OBJECT

public:
    explicit FaultTable(QWidget* parent = nullptr);

    /// Leases count down from when an agent was last seen, so call it as time passes too.
    void setAgents(std::vector<AgentSight> const& agents, Scheme scheme);

protected:
    void showEvent(QShowEvent* event) override;

private:
    int sized_ = 0; // for so many rows the columns were made wide enough
};

} // namespace shakedown::gui
