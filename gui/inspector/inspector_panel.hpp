#pragma once

#include <array>
#include <memory>
#include <vector>

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSlider>

#include "gui/inspector/knobs.hpp"
#include "gui/session/run.hpp"
#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// One load, service or call, or everything: its numbers at the instant in run A and run B, and
/// sliders for the numbers of the scenario.
class InspectorPanel : public QScrollArea {
    Q_OBJECT

public:
    static constexpr int sliderSteps = 400;

    explicit InspectorPanel(QWidget* parent = nullptr);

    /// Null, as the text has an error: the sliders stay as they were.
    void setScenario(std::shared_ptr<model::Scenario const> scenario);
    /// Another file is open, of which nothing is known yet: no sliders.
    void forgetScenario();
    void setRuns(std::shared_ptr<Run const> a, std::shared_ptr<Run const> b);
    void setSubject(QString const& subject);
    /// The instant, or the stretch, whose numbers are shown.
    void setSpan(SimTime from, SimTime to);
    void setScheme(Scheme scheme);
    QSize sizeHint() const override { return {330, 420}; }

    /// The slider and the field of a path; null if there is none.
    QSlider* sliderOf(QString const& path) const;
    QLineEdit* fieldOf(QString const& path) const;
    /// What is written beside a number of run A, or B; empty if there is none.
    QString factOf(QString const& name, bool isB = false) const;

Q_SIGNALS:
    /// While it moves.
    void tried(QString path, QString value);
    /// When it is let go.
    void settled(QString path, QString value, QString step);

private:
    struct Row {
        Knob knob;
        QSlider* slider = nullptr;
        QLineEdit* field = nullptr;
    };
    void makeKnobs();
    void makeKnob(int row, Knob const& knob);
    void showFacts();
    QString stepOf(Knob const& knob, QString const& value) const;

    std::shared_ptr<model::Scenario const> scenario_;
    std::shared_ptr<Run const> a_;
    std::shared_ptr<Run const> b_;
    QString subject_;
    SimTime from_;
    SimTime to_;
    Scheme scheme_ = Scheme::Dark;
    QLabel* title_;
    QGridLayout* facts_;
    QGridLayout* knobs_;
    std::vector<std::array<QLabel*, 3>> lines_; // name, A, B
    std::vector<Row> rows_;
};

} // namespace shakedown::gui
