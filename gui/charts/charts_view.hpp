#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QWidget>

#include "gui/charts/curves.hpp"
#include "gui/session/run.hpp"
#include "gui/theme/tokens.hpp"

class QCustomPlot;
class QCPItemStraightLine;
class QCPTextElement;

namespace shakedown::gui {

/// The curves of run A and, if there is one, of run B, chart by chart on one axis of time.
class ChartsView : public QWidget {
    Q_OBJECT

public:
    explicit ChartsView(QWidget* parent = nullptr);
    ~ChartsView() override;

    void setRuns(std::shared_ptr<Run const> a, std::shared_ptr<Run const> b);
    /// A run has grown.
    void refresh();
    /// A load, a service or a call; empty is all.
    void setSubject(QString const& subject);
    QString const& subject() const { return subject_; }
    void setTime(SimTime at);
    /// Only that stretch of time; nothing is all.
    void setStretch(std::optional<Stretch> stretch);
    /// A stretch around the cursor, which moves with it; nothing is as setStretch() says.
    void setAround(std::optional<Duration> around);
    /// What is drawn now, from left to right.
    Stretch shownStretch() const;
    void setScheme(Scheme scheme);
    QSize sizeHint() const override { return {900, 240}; }

Q_SIGNALS:
    void timeWanted(SimTime at);

private:
    struct Chart {
        ChartKind kind;
        QCustomPlot* plot = nullptr;
        QCPItemStraightLine* cursor = nullptr;
        QCPTextElement* title = nullptr;
    };

    void paint(Chart& chart);
    void fitTime();
    void dress(Chart& chart) const;

    std::vector<Chart> charts_;
    std::shared_ptr<Run const> a_;
    std::shared_ptr<Run const> b_;
    QString subject_;
    std::optional<Stretch> stretch_;
    std::optional<Duration> around_;
    SimTime at_;
    Scheme scheme_ = Scheme::Dark;
};

} // namespace shakedown::gui
