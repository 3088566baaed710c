#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <QAbstractTableModel>
#include <QIcon>

#include "gui/session/run.hpp"
#include "gui/theme/tokens.hpp"

namespace shakedown::gui {

/// Which of the requests of a record are looked at.
struct RequestFilter {
    enum class Which : std::uint8_t { All, NotWell };   // NotWell: anything but ok
    std::optional<Stretch> stretch; // of when they were meant to be sent
    QString subject;                                    // a load, a service or a call; empty: any
    Which which = Which::All;
    friend bool operator==(RequestFilter const&, RequestFilter const&) = default;
};

/// The requests of a record as a table that grows with it. Nothing is copied but the numbers of
/// those that pass the filter; texts are made as they are shown.
class RequestModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Load, At, Took, Outcome, Cause, Attempts, columns };

    explicit RequestModel(QObject* parent = nullptr);

    void setRun(std::shared_ptr<Run const> run);
    /// The run has grown.
    void refresh();
    void setFilter(RequestFilter filter);
    RequestFilter const& filter() const { return filter_; }
    void setScheme(Scheme scheme);

    std::shared_ptr<Run const> const& run() const { return run_; }
    /// Of a row; the model must have it.
    record::Request const& requestAt(int row) const;
    /// The number of a row's request in the record; the row of one, nothing if it is not shown.
    std::uint32_t numberAt(int row) const { return shown_[static_cast<std::size_t>(row)]; }
    std::optional<int> rowOf(std::uint32_t number) const;

    int rowCount(QModelIndex const& parent = {}) const override;
    int columnCount(QModelIndex const& parent = {}) const override;
    QVariant data(QModelIndex const& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// By At or Took; any other column leaves the order as it is.
    void sort(int column, Qt::SortOrder order) override;

private:
    bool hasRecord() const { return run_ && run_->index().hasHeader(); }
    void aim();
    bool passes(record::Request const& request) const;
    bool touches(record::Request const& request) const;
    std::vector<std::uint32_t> unseen();
    bool isBefore(std::uint32_t a, std::uint32_t b) const;
    void fillAnew();
    QString causeOf(record::Request const& request) const;
    QString textAt(record::Request const& request, int column) const;

    std::shared_ptr<Run const> run_;
    RequestFilter filter_;
    std::vector<std::uint32_t> shown_; // numbers of requests, in the order that is wanted
    std::size_t seen_ = 0;             // of the requests of the record
    int sorted_ = At;
    Qt::SortOrder order_ = Qt::AscendingOrder;
    // What the subject of the filter is in this record; nobody: not that.
    std::uint32_t load_ = record::nobody;
    std::uint32_t service_ = record::nobody;
    std::uint32_t call_ = record::nobody;
    std::vector<std::uint32_t> services_; // of the endpoints
    std::vector<QIcon> signs_;            // a health
};

} // namespace shakedown::gui
