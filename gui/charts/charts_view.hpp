#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QWidget>

#include "gui/charts/curves.hpp"
#include "gui/session/run.hpp"
#include "gui/theme/tokens.hpp"

class QGridLayout;
class QCPGraph;
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
    /// Of all charts, as their legends have them.
    QStringList curveNames() const;
    /// What is drawn now, from left to right.
    Stretch shownStretch() const;
    void setScheme(Scheme scheme);
    QSize sizeHint() const override { return {900, 240}; }

Q_SIGNALS:
    void timeWanted(SimTime at);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Chart {
        ChartKind kind = ChartKind::Goodput;
        QCustomPlot* plot = nullptr;
        QCPItemStraightLine* cursor = nullptr;
        QCPTextElement* title = nullptr;
        std::vector<QCPGraph*> graphs[2]; // of A and of B
    };

    // What the curves of a side were made of.
    struct Drawn {
        std::shared_ptr<Run const> run;
        std::size_t intervals = 0;
        QString subject;
        std::optional<Stretch> within;
        friend bool operator==(Drawn const&, Drawn const&) = default;
    };

    void place(int aRow);
    void redraw();
    void draw(Chart& chart, bool isB, Drawn const& what);
    Drawn wanted(bool isB) const;
    std::optional<Stretch> seen() const;
    void fitTime();
    void dress(Chart& chart) const;

    QGridLayout* grid_ = nullptr;
    int aRow_ = 0;
    std::vector<Chart> charts_;
    std::shared_ptr<Run const> a_;
    std::shared_ptr<Run const> b_;
    QString subject_;
    std::optional<Stretch> stretch_;
    std::optional<Duration> around_;
    SimTime at_;
    Scheme scheme_ = Scheme::Dark;
    Drawn drawn_[2];
};

} // namespace shakedown::gui
