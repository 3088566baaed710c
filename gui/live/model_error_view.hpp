#pragma once

#include <memory>

#include <QWidget>

#include "gui/live/model_error.hpp"
#include "gui/session/run.hpp"
#include "gui/theme/tokens.hpp"

class QLabel;
class QTableWidget;

namespace shakedown::gui {

/// What the simulation said beside what happened, row by row.
class ModelErrorView : public QWidget {
    Q_OBJECT

public:
    explicit ModelErrorView(QWidget* parent = nullptr);

    /// Either may be null; takes time with the size of the records, so not while they grow.
    void setRuns(std::shared_ptr<Run const> const& live,
                 std::shared_ptr<Run const> const& simulated);
    ModelError const& error() const { return error_; }
    void setScheme(Scheme scheme);
    QSize sizeHint() const override { return {720, 320}; }

private:
    void fill();

    QLabel* sentence_;
    QTableWidget* table_;
    ModelError error_;
    std::shared_ptr<Run const> live_;
    std::shared_ptr<Run const> simulated_;
    std::pair<SimTime, SimTime> reaches_; // of both, when they were compared
    Scheme scheme_ = Scheme::Dark;
};

} // namespace shakedown::gui
