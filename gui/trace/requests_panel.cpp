#include "gui/trace/requests_panel.hpp"

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "reports/render/quantity.hpp"

namespace shakedown::gui {

namespace {

constexpr int tableRowHeight = 22;

QString countText(std::size_t count) {
    return QString::fromStdString(render::countText(count));
}

// Widths are of typical texts: to measure all would read every row.
void shape(QTableView& table) {
    table.setAccessibleName("Requests");
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setShowGrid(false);
    table.setAlternatingRowColors(true);
    table.setWordWrap(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->setDefaultSectionSize(tableRowHeight);
    table.setSortingEnabled(true);
    table.sortByColumn(RequestModel::At, Qt::AscendingOrder);
    auto* header = table.horizontalHeader();
    QFontMetrics const metrics(table.font());
    int column = 0;
    for (char const* typical : {"visitors 000", "0,000.000 s ..", "000 ms ..", "+ never ended +",
                                "circuit breaker open", "attempts .."})
        header->resizeSection(column++, metrics.horizontalAdvance(typical) + 14);
    header->moveSection(RequestModel::Attempts, RequestModel::Cause); // the longest text last
    header->setStretchLastSection(true);
    header->setHighlightSections(false);
}

} // namespace

RequestsPanel::RequestsPanel(QWidget* parent) : QWidget(parent) {
    table_ = new QTableView;
    waterfall_ = new WaterfallView;
    onlyNotWell_ = new QCheckBox("Only those that did not go &well");
    said_ = new QLabel;
    said_->setWordWrap(true);
    table_->setModel(&model_);
    shape(*table_);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->addWidget(table_);
    parts->addWidget(waterfall_);
    parts->setChildrenCollapsible(false);
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 1);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(4, 4, 4, 4);
    all->setSpacing(4);
    all->addWidget(onlyNotWell_);
    all->addWidget(said_);
    all->addWidget(parts, 1);
    connect(onlyNotWell_, &QCheckBox::toggled, this, [this](bool on) {
        auto filter = model_.filter();
        filter.which = on ? RequestFilter::Which::NotWell : RequestFilter::Which::All;
        setFilter(std::move(filter));
    });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RequestsPanel::showChosen);
    connect(table_, &QTableView::activated, this, [this](QModelIndex const& index) {
        Q_EMIT timeWanted(model_.requestAt(index.row()).intended);
    });
    connect(waterfall_, &WaterfallView::timeWanted, this, &RequestsPanel::timeWanted);
    connect(waterfall_, &WaterfallView::subjectWanted, this, &RequestsPanel::subjectWanted);
    // Whoever was chosen stays so, wherever it has gone.
    connect(&model_, &QAbstractItemModel::modelReset, this, [this] {
        if (!chosen_)
            return;
        if (auto const row = model_.rowOf(*chosen_))
            table_->selectRow(*row);
    });
    setFocusProxy(table_);
    say();
}

void RequestsPanel::setRun(std::shared_ptr<Run const> run) {
    chosen_.reset();
    waterfall_->clear("Choose a request to see its life");
    model_.setRun(std::move(run));
    say();
}

void RequestsPanel::refresh() {
    model_.refresh();
    say();
}

void RequestsPanel::setStretch(std::optional<Stretch> stretch) {
    auto filter = model_.filter();
    filter.stretch = stretch;
    setFilter(std::move(filter));
}

void RequestsPanel::setSubject(QString const& subject) {
    auto filter = model_.filter();
    filter.subject = subject;
    setFilter(std::move(filter));
}

void RequestsPanel::setFilter(RequestFilter filter) {
    model_.setFilter(std::move(filter));
    say();
}

void RequestsPanel::setScheme(Scheme scheme) {
    model_.setScheme(scheme);
    waterfall_->setScheme(scheme);
}

void RequestsPanel::selectRequest(int row) {
    if (row < 0 || row >= model_.rowCount())
        return;
    table_->selectRow(row);
    table_->scrollTo(model_.index(row, 0));
}

void RequestsPanel::showChosen() {
    auto const current = table_->currentIndex();
    if (!current.isValid())
        return;
    auto const number = model_.numberAt(current.row());
    if (chosen_ == number && waterfall_->waterfall() != nullptr)
        return;
    chosen_ = number;
    waterfall_->setRequest(model_.run(), model_.requestAt(current.row()));
}

QString RequestsPanel::said() const {
    return said_->text();
}

// How many of how many, and which.
void RequestsPanel::say() {
    auto const& run = model_.run();
    if (!run || !run->index().hasHeader())
        return said_->setText("Requests stand here once there is a run.");
    auto const& index = run->index();
    if (index.requests().empty()) {
        said_->setText(index.header().level == record::Level::Summary
                           ? "This record holds no requests: it was written at level summary."
                           : "This record holds no requests yet.");
        return;
    }
    QString text = countText(static_cast<std::size_t>(model_.rowCount())) + " of "
                   + countText(index.requests().size()) + " recorded requests";
    auto const& filter = model_.filter();
    if (filter.stretch)
        text += QString(", sent from %1 s to %2 s")
                    .arg(filter.stretch->from.inSeconds(), 0, 'f', 2)
                    .arg(filter.stretch->to.inSeconds(), 0, 'f', 2);
    if (!filter.subject.isEmpty())
        text += ", that touched " + filter.subject;
    if (index.header().level == record::Level::Sampled && index.header().sampleEvery > 1)
        text += QString("; the record has 1 request in %1 and those that failed")
                    .arg(index.header().sampleEvery);
    if (index.leftOut() > 0)
        text += "; more were left out, as there were too many";
    said_->setText(text + ".");
}

} // namespace shakedown::gui
