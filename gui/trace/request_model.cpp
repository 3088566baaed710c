#include "gui/trace/request_model.hpp"

#include <algorithm>
#include <iterator>

#include "gui/theme/signs.hpp"
#include "gui/trace/life_words.hpp"
#include "reports/record/routes.hpp"
#include "reports/why/ending.hpp"

namespace shakedown::gui {

using record::nobody;
using record::Request;

namespace {

constexpr std::size_t mostTraced = 5000; // attempts

std::uint32_t indexOf(std::vector<std::string> const& names, std::string const& name) {
    auto const found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? nobody : static_cast<std::uint32_t>(found - names.begin());
}

// Who has not ended takes longest.
Duration tookOf(Request const& request) {
    return request.ended == SimTime::never() ? Duration::none() : request.ended - request.intended;
}

} // namespace

RequestModel::RequestModel(QObject* parent) : QAbstractTableModel(parent) {
    setScheme(Scheme::Dark);
}

void RequestModel::setScheme(Scheme scheme) {
    signs_.clear();
    for (Health const health :
         {Health::Calm, Health::Busy, Health::Strained, Health::Failing, Health::Down})
        signs_.push_back(signIcon(health, Tokens::of(scheme)));
    if (!shown_.empty())
        Q_EMIT dataChanged(index(0, Outcome), index(rowCount() - 1, Outcome), {Qt::DecorationRole});
}

void RequestModel::setRun(std::shared_ptr<Run const> run) {
    beginResetModel();
    run_ = std::move(run);
    fillAnew();
    endResetModel();
}

void RequestModel::setFilter(RequestFilter filter) {
    if (filter == filter_)
        return;
    beginResetModel();
    filter_ = std::move(filter);
    fillAnew();
    endResetModel();
}

void RequestModel::refresh() {
    if (!hasRecord() || seen_ == run_->index().requests().size())
        return;
    auto more = unseen();
    if (more.empty())
        return;
    bool const isBehind = shown_.empty() || !isBefore(more.front(), shown_.back());
    if (isBehind) {
        int const first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(more.size()) - 1);
        shown_.insert(shown_.end(), more.begin(), more.end());
        return endInsertRows();
    }
    beginResetModel();
    auto const middle = static_cast<std::ptrdiff_t>(shown_.size());
    shown_.insert(shown_.end(), more.begin(), more.end());
    std::inplace_merge(shown_.begin(), shown_.begin() + middle, shown_.end(),
                       [this](std::uint32_t a, std::uint32_t b) { return isBefore(a, b); });
    endResetModel();
}

void RequestModel::fillAnew() {
    shown_.clear();
    seen_ = 0;
    aim();
    if (hasRecord())
        shown_ = unseen();
}

// What the names of the filter are in this record.
void RequestModel::aim() {
    load_ = service_ = call_ = nobody;
    services_.clear();
    if (!hasRecord())
        return;
    auto const& names = run_->index().header().names;
    auto const subject = filter_.subject.toStdString();
    load_ = indexOf(names.loads, subject);
    service_ = indexOf(names.services, subject);
    call_ = indexOf(names.calls, subject);
    services_ = record::servicesOfEndpoints(names);
}

// Those that came since and pass, in order.
std::vector<std::uint32_t> RequestModel::unseen() {
    auto const& requests = run_->index().requests();
    std::vector<std::uint32_t> more;
    for (; seen_ < requests.size(); ++seen_)
        if (passes(requests[seen_]))
            more.push_back(static_cast<std::uint32_t>(seen_));
    std::sort(more.begin(), more.end(),
              [this](std::uint32_t a, std::uint32_t b) { return isBefore(a, b); });
    return more;
}

bool RequestModel::isBefore(std::uint32_t a, std::uint32_t b) const {
    auto const& requests = run_->index().requests();
    auto const compare = [&](auto const& x, auto const& y) {
        if (x == y)
            return a < b;
        return order_ == Qt::AscendingOrder ? x < y : y < x;
    };
    return sorted_ == Took ? compare(tookOf(requests[a]), tookOf(requests[b]))
                           : compare(requests[a].intended, requests[b].intended);
}

bool RequestModel::passes(Request const& request) const {
    bool const isWell =
        request.ended != SimTime::never() && request.outcome == measure::Outcome::Ok;
    if (filter_.which == RequestFilter::Which::NotWell && isWell)
        return false;
    if (filter_.stretch
        && (request.intended < filter_.stretch->from || request.intended > filter_.stretch->to))
        return false;
    return filter_.subject.isEmpty() || touches(request);
}

bool RequestModel::touches(Request const& request) const {
    if (request.load == load_)
        return true;
    if (service_ == nobody && call_ == nobody)
        return false;
    return std::any_of(request.spans.begin(), request.spans.end(), [&](record::Span const& span) {
        return (call_ != nobody && span.call == call_)
               || (service_ != nobody && span.endpoint < services_.size()
                   && services_[span.endpoint] == service_);
    });
}

Request const& RequestModel::requestAt(int row) const {
    return run_->index().requests()[numberAt(row)];
}

std::optional<int> RequestModel::rowOf(std::uint32_t number) const {
    auto const found = std::find(shown_.begin(), shown_.end(), number);
    return found == shown_.end() ? std::nullopt
                                 : std::optional(static_cast<int>(found - shown_.begin()));
}

int RequestModel::rowCount(QModelIndex const& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int RequestModel::columnCount(QModelIndex const& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant RequestModel::data(QModelIndex const& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    auto const& request = requestAt(index.row());
    bool const isNumber =
        index.column() == At || index.column() == Took || index.column() == Attempts;
    switch (role) {
    case Qt::DisplayRole:
        return textAt(request, index.column());
    case Qt::DecorationRole:
        return index.column() == Outcome ? signs_[static_cast<std::size_t>(signOf(request))]
                                         : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter)
                                   | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QString RequestModel::textAt(Request const& request, int column) const {
    switch (column) {
    case Load: {
        auto const& loads = run_->index().header().names.loads;
        return request.load < loads.size() ? QString::fromStdString(loads[request.load]) : "?";
    }
    case At:
        return QString::number(request.intended.inSeconds(), 'f', 3) + " s";
    case Took:
        return request.ended == SimTime::never() ? QString() : lastsText(tookOf(request));
    case Outcome:
        return outcomeOf(request);
    case Cause:
        return causeOf(request);
    case Attempts:
        return QString::number(request.spans.size());
    default:
        return {};
    }
}

// What it failed of in the end, and where; of a giant only the word that the record has.
QString RequestModel::causeOf(Request const& request) const {
    if (request.outcome == measure::Outcome::Ok || request.ended == SimTime::never())
        return {};
    if (request.spans.size() > mostTraced)
        return wordsOf(request.cause);
    return QString::fromStdString(
        why::endingText(why::proximateOf(request), run_->index().header()));
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static constexpr char const* titles[] = {"load", "at", "took", "outcome", "cause", "attempts"};
    return section >= 0 && section < columns ? QVariant(titles[section]) : QVariant();
}

void RequestModel::sort(int column, Qt::SortOrder order) {
    if ((column != At && column != Took) || (column == sorted_ && order == order_))
        return;
    beginResetModel();
    sorted_ = column;
    order_ = order;
    std::sort(shown_.begin(), shown_.end(),
              [this](std::uint32_t a, std::uint32_t b) { return isBefore(a, b); });
    endResetModel();
}

} // namespace shakedown::gui
