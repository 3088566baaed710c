#include "gui/live/stop_all.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QAction>
#include <QTimer>

#include <nlohmann/json.hpp>

#include "chaos-agent/protocol/fault_json.hpp"
#include "gui/live/child_call.hpp"
#include "gui/live/exit_words.hpp"

namespace shakedown::gui {

namespace {

using namespace std::chrono_literals;

constexpr auto reason = "STOP ALL in the desktop app";
constexpr auto longestLeaseThere = 60;
constexpr int asksAtMost = 40;
constexpr auto askAgainAfter = 250ms;

// What `agent status --json` says is at work: how many, and how many of them are stuck.
struct AtWork {
    bool isKnown = false;
    int all = 0;
    int stuck = 0;
};
AtWork atWorkIn(QString const& status) {
    auto const json = nlohmann::json::parse(status.toStdString(), nullptr, false);
    if (!json.is_object() || !json.contains("faults") || !json["faults"].is_array())
        return {};
    AtWork count{true, 0, 0};
    for (auto const& item : json["faults"]) {
        auto const read = protocol::readReport(item);
        auto const* fault = std::get_if<protocol::FaultReport>(&read);
        if (fault == nullptr)
            return {};
        count.all += isInForce(*fault) ? 1 : 0;
        count.stuck += fault->state == protocol::FaultState::Stuck ? 1 : 0;
    }
    return count;
}

} // namespace

StopAll::StopAll(QString program, LiveRun& run, AgentFeed& feed,
                 std::chrono::milliseconds haltWithin, QObject* parent)
    : QObject(parent), program_(std::move(program)), run_(run), feed_(feed),
      haltWithin_(haltWithin), action_(new QAction("STOP ALL", this)) {
    action_->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X));
    action_->setShortcutContext(Qt::ApplicationShortcut);
    action_->setToolTip("Take back every fault: ends our run and halts every agent that is known ("
                        + action_->shortcut().toString(QKeySequence::NativeText) + ")");
    connect(action_, &QAction::triggered, this, &StopAll::pull);
    connect(&run_, &LiveRun::ended, this, [this](int code) {
        if (!std::exchange(stopsRun_, false))
            return;
        bool const isBack = code != 6 && code != -1 && code != 70;
        settle(0, isBack ? StopReport::Outcome::Stopped : StopReport::Outcome::NotConfirmed,
               exitWords(code));
    });
}

void StopAll::pull() {
    ++pulled_;
    reports_.clear();
    stopsRun_ = run_.isUnderWay();
    if (stopsRun_)
        reports_.push_back(
            {"our run", StopReport::Outcome::Asked, "asked to take everything back"});
    auto const& agents = feed_.agents();
    std::size_t const first = reports_.size();
    for (auto const& agent : agents)
        reports_.push_back({agent.place.name, StopReport::Outcome::Asked, "asked to halt"});
    if (stopsRun_)
        run_.stop();
    for (std::size_t i = 0; i < agents.size(); ++i)
        halt(first + i, agents[i].place);
    Q_EMIT changed();
}

void StopAll::halt(std::size_t row, AgentPlace const& place) {
    ChildCall::start(this, program_, agentCommand(place) + QStringList{"halt", reason}, haltWithin_,
                     [this, row, place, time = pulled_](ChildAnswer const& answer) {
                         if (time != pulled_)
                             return;
                         if (answer.code == 0)
                             return verify(row, place, 0);
                         settle(row, StopReport::Outcome::NotConfirmed,
                                answer.why() + "; " + whatEndsIt(place.address));
                     });
}

// Halted is not yet taken back: it is asked until it is.
void StopAll::verify(std::size_t row, AgentPlace const& place, int asked) {
    ChildCall::start(
        this, program_, agentCommand(place) + QStringList{"status", "--json"}, haltWithin_,
        [this, row, place, asked, time = pulled_](ChildAnswer const& answer) {
            if (time != pulled_)
                return;
            auto const at = atWorkIn(answer.out);
            if (!at.isKnown)
                return settle(row, StopReport::Outcome::NotConfirmed,
                              "halted, but does not say what is at work: " + answer.why());
            if (at.stuck > 0)
                return settle(row, StopReport::Outcome::NotConfirmed,
                              QString("halted, but %1 could not be taken back (STUCK): see "
                                      "`shakedown agent status`")
                                  .arg(at.stuck));
            if (at.all == 0)
                return settle(row, StopReport::Outcome::Stopped, "halted; nothing is at work");
            if (asked == asksAtMost)
                return settle(row, StopReport::Outcome::NotConfirmed,
                              QString("halted, but %1 still not taken back").arg(at.all));
            QTimer::singleShot(askAgainAfter, this, [this, row, place, asked, time] {
                if (time == pulled_)
                    verify(row, place, asked + 1);
            });
        });
}

QString StopAll::whatEndsIt(QString const& address) const {
    auto const* sight = feed_.find(address);
    if (sight == nullptr || !sight->wasSeen)
        return QString("a fault whose owner is silent ends with its lease, %1 s at most")
            .arg(longestLeaseThere);
    auto const left = longestLease(*sight, std::chrono::steady_clock::now());
    if (!left)
        return "no fault was seen at work there";
    return QString("what was at work there ends with its lease, within %1 s")
        .arg(std::max(1.0, std::ceil(left->inSeconds())));
}

void StopAll::settle(std::size_t row, StopReport::Outcome outcome, QString const& words) {
    reports_[row].outcome = outcome;
    reports_[row].words = words;
    Q_EMIT changed();
}

bool StopAll::isUnderWay() const {
    return std::any_of(reports_.begin(), reports_.end(), [](StopReport const& report) {
        return report.outcome == StopReport::Outcome::Asked;
    });
}

QString StopAll::sentence() const {
    if (pulled_ == 0)
        return {};
    if (reports_.empty())
        return "STOP ALL: there is nothing to stop: no run is under way, and no agent is known";
    auto const count = [this](StopReport::Outcome outcome) {
        return std::count_if(reports_.begin(), reports_.end(),
                             [&](StopReport const& report) { return report.outcome == outcome; });
    };
    auto const total = reports_.size();
    if (isUnderWay())
        return QString("STOP ALL: waiting for %1 of %2")
            .arg(count(StopReport::Outcome::Asked))
            .arg(total);
    if (auto const missing = count(StopReport::Outcome::NotConfirmed); missing > 0)
        return QString("STOP ALL: %1 of %2 NOT CONFIRMED").arg(missing).arg(total);
    return QString("STOP ALL: all stopped, %1 of %1 confirmed").arg(total);
}

} // namespace shakedown::gui
