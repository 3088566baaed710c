#pragma once

#include <catch2/catch.hpp>

#include <memory>

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

#include "gui/live/live_panel.hpp"
#include "tests/environment.hpp"
#include "tests/live/two_services.hpp"

namespace shakedown::tests {

inline QString program() {
    return QString::fromStdString(binary().string());
}

// Whether it becomes true while the loop of events runs.
template <class Condition>
bool comes(Condition const& condition, int withinMs = 10'000) {
    return QTest::qWaitFor(condition, withinMs);
}

inline std::string text(QString const& words) {
    return words.toStdString();
}

// Hangs to the end of the run, unless it is taken back.
inline constexpr auto hangs = "faults:\n  - { at: 500ms, name: stop, hang: { service: orders } }\n";

// Two services, their agent, and the panel with a scenario about them.
class LiveStand {
public:
    explicit LiveStand(std::string const& more, std::string const& runFor = "30s")
        : file_(QString::fromStdString(services_.scenario(more, runFor))) {
        REQUIRE_FALSE(document_.open(file_));
        panel_ = std::make_unique<gui::LivePanel>(program(), document_);
        panel_->setScenario(gui::checkedText(document_.text(), file_).scenario);
        panel_->resize(520, 900);
        panel_->show();
    }

    TwoServices& services() { return services_; }
    gui::LivePanel& panel() { return *panel_; }
    gui::Document& document() { return document_; }
    QString const& file() const { return file_; }
    gui::AgentPlace place() const {
        return {"here",
                "unix:" + QString::fromStdString((services_.folder() / "agent.sock").string()),
                {}};
    }

    void click(QWidget& button) { QTest::mouseClick(&button, Qt::LeftButton); }
    // As somebody does it who reads what is asked.
    void inject(QString const& lease = {}) {
        click(panel_->injectButton());
        REQUIRE(comes([&] { return panel_->confirm().isVisible(); }));
        QTest::keyClicks(&panel_->confirm().leaseField(), lease);
        click(panel_->confirm().yes());
    }
    bool seesFault() {
        return comes([&] {
            return panel_->faults().rowCount() == 1
                   && panel_->faults().item(0, 0)->text() == "at work";
        });
    }
    void closePanel() { panel_.reset(); }

private:
    TwoServices services_;
    QString file_;
    gui::Document document_;
    std::unique_ptr<gui::LivePanel> panel_;
};

} // namespace shakedown::tests
