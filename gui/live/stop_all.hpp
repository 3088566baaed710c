#pragma once

#include <chrono>
#include <vector>

#include <QObject>

#include "gui/live/agent_feed.hpp"
#include "gui/live/live_run.hpp"

class QAction;

namespace shakedown::gui {

/// What came of it for one that was to stop.
struct StopReport {
    enum class Outcome : std::uint8_t { Asked, Stopped, NotConfirmed };
    QString who;
    Outcome outcome = Outcome::Asked;
    QString words;
};

/// STOP ALL: our run is told to take everything back, and every agent that is known is halted, all
/// at the same time and by a child each. Whatever does not answer is said, and what then ends its
/// faults.
class StopAll : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds haltWithinUnlessTold{10'000};

    StopAll(QString program, LiveRun& run, AgentFeed& feed,
            std::chrono::milliseconds haltWithin = haltWithinUnlessTold, QObject* parent = nullptr);

    /// For menus and toolbars, with its key; it is never disabled.
    QAction* action() { return action_; }
    void pull();

    /// Of the last time, our run first; empty if there was nothing to stop.
    std::vector<StopReport> const& reports() const { return reports_; }
    bool isUnderWay() const;
    /// The whole in a sentence; empty before the first time.
    QString sentence() const;

Q_SIGNALS:
    void changed();

private:
    void halt(std::size_t row, AgentPlace const& place);
    void verify(std::size_t row, AgentPlace const& place, int asked);
    void settle(std::size_t row, StopReport::Outcome outcome, QString const& words);
    QString whatEndsIt(QString const& address) const;

    QString program_;
    LiveRun& run_;
    AgentFeed& feed_;
    std::chrono::milliseconds haltWithin_;
    QAction* action_;
    std::vector<StopReport> reports_;
    std::uint64_t pulled_ = 0; // answers to an earlier time are not this one's
    bool stopsRun_ = false;
};

} // namespace shakedown::gui
