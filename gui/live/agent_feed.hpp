#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QObject>

#include "gui/live/agent_watch.hpp"

namespace shakedown::gui {

/// The agents that are looked at, as they were last seen. Lives on the thread of the window; each
/// agent has a thread of its own.
class AgentFeed : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t mostAgents = 32;

    explicit AgentFeed(QObject* parent = nullptr);
    ~AgentFeed() override;

    /// Looks at one more agent; of an address that is looked at already, anew as it says now.
    /// Empty, or why not.
    QString add(AgentPlace const& place);
    void remove(QString const& address);
    /// In the order in which they were added.
    std::vector<AgentSight> const& agents() const { return sights_; }
    AgentSight const* find(QString const& address) const;

Q_SIGNALS:
    /// Something that agents() says is another, or there is another agent.
    void changed();
    /// "staging: applied 0123456789abcdef".
    void told(QString line);

private:
    struct Watched {
        std::uint64_t number = 0;
        std::unique_ptr<AgentWatch> watch;
    };
    void take(std::uint64_t number, AgentSight sight);
    void drop(std::size_t i);

    std::uint64_t added_ = 0;
    std::vector<AgentSight> sights_;
    std::vector<Watched> watched_;                     // in step with sights_
    std::vector<std::unique_ptr<AgentWatch>> leaving_; // still busy with their last call
};

} // namespace shakedown::gui
