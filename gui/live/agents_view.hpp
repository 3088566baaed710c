#pragma once

#include <functional>

#include <QWidget>

#include "gui/live/agent_feed.hpp"
#include "gui/theme/tokens.hpp"

class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace shakedown::gui {

/// The agents, how each fares, and the form by which one more is looked at.
class AgentsView : public QWidget {
    Q_OBJECT

public:
    AgentsView(QString program, AgentFeed& feed, QWidget* parent = nullptr);

    void refresh(Scheme scheme);
    QString tokenFile() const;

    QTableWidget& table() { return *table_; }
    QLineEdit& address() { return *address_; }
    QLineEdit& token() { return *token_; }
    QPushButton& connectButton() { return *connect_; }
    QPushButton& releaseButton() { return *release_; }
    /// What is wrong with the form, or what became of it.
    QString said() const;

Q_SIGNALS:
    void told(QString line);

private:
    QWidget* makeForm();
    void connectAgent();
    void release();
    void say(QString const& sentence);
    AgentSight const* picked() const;

    QString program_;
    AgentFeed& feed_;
    QTableWidget* table_;
    QLineEdit* address_;
    QLineEdit* token_;
    QPushButton* connect_;
    QPushButton* release_;
    QPushButton* forget_;
    QLabel* said_;
};

} // namespace shakedown::gui
