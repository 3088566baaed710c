#pragma once

#include <QWidget>

#include "gui/trace/request_model.hpp"
#include "gui/trace/waterfall_view.hpp"

class QCheckBox;
class QLabel;
class QTableView;

namespace shakedown::gui {

/// The requests of a record, and the life of the one that is chosen.
class RequestsPanel : public QWidget {
    Q_OBJECT

public:
    explicit RequestsPanel(QWidget* parent = nullptr);

    void setRun(std::shared_ptr<Run const> run);
    /// The run has grown.
    void refresh();
    /// Only requests that were meant to be sent in it.
    void setStretch(std::optional<Stretch> stretch);
    /// Only requests that a load sent or that touched a service or a call; empty: all.
    void setSubject(QString const& subject);
    void setScheme(Scheme scheme);
    void selectRequest(int row);

    RequestModel& model() { return model_; }
    QTableView& table() { return *table_; }
    WaterfallView& waterfall() { return *waterfall_; }
    QCheckBox& onlyNotWell() { return *onlyNotWell_; }
    /// "812 of 4,213 requests, ...".
    QString said() const;

Q_SIGNALS:
    void timeWanted(SimTime at);
    void subjectWanted(QString subject);

private:
    void setFilter(RequestFilter filter);
    void showChosen();
    void say();

    RequestModel model_;
    QTableView* table_ = nullptr;
    WaterfallView* waterfall_ = nullptr;
    QCheckBox* onlyNotWell_ = nullptr;
    QLabel* said_ = nullptr;
    std::optional<std::uint32_t> chosen_; // number of the request in the record
};

} // namespace shakedown::gui
