#include "gui/live/agents_view.hpp"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "gui/live/ask_file.hpp"
#include "gui/live/child_call.hpp"
#include "gui/theme/signs.hpp"

namespace shakedown::gui {

namespace {

constexpr std::chrono::milliseconds releaseWithin{10'000};

} // namespace

AgentsView::AgentsView(QString program, AgentFeed& feed, QWidget* parent)
    : QWidget(parent), program_(std::move(program)), feed_(feed), table_(new QTableWidget(0, 2)),
      address_(new QLineEdit), token_(new QLineEdit), connect_(new QPushButton("Connect")),
      release_(new QPushButton("Release lever")), forget_(new QPushButton("Forget")),
      said_(new QLabel) {
    table_->setAccessibleName("Agents");
    table_->setHorizontalHeaderLabels({"agent", "state"});
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->verticalHeader()->hide();
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->setWordWrap(true);
    said_->setWordWrap(true);
    said_->setTextFormat(Qt::PlainText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(table_, 1);
    layout->addWidget(makeForm());
    layout->addWidget(said_);
    said_->hide();
    connect(connect_, &QPushButton::clicked, this, &AgentsView::connectAgent);
    connect(address_, &QLineEdit::returnPressed, this, &AgentsView::connectAgent);
    connect(release_, &QPushButton::clicked, this, &AgentsView::release);
    connect(forget_, &QPushButton::clicked, this, [this] {
        if (auto const* sight = picked())
            feed_.remove(QString(sight->place.address));
        else
            say("Pick an agent in the table first");
    });
}

QWidget* AgentsView::makeForm() {
    address_->setPlaceholderText("unix:/run/shakedown-agent/agent.sock");
    address_->setAccessibleName("Address of an agent");
    token_->setPlaceholderText("none: the user of a Unix socket is known");
    token_->setAccessibleName("File with the token");
    auto* browse = new QPushButton("...");
    browse->setAccessibleName("Choose the file with the token");
    browse->setMaximumWidth(fontMetrics().horizontalAdvance("....") + 20);
    connect(browse, &QPushButton::clicked, this, [this] {
        askFile(this, {"File with the token", {}, {}, false},
                [this](QString const& path) { token_->setText(path); });
    });
    release_->setToolTip("Lets the picked agent start faults again; takes the role admin");
    forget_->setToolTip("Looks at the picked agent no more; nothing is done to it");
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow("Address", address_);
    auto* tokenRow = new QHBoxLayout;
    tokenRow->addWidget(token_, 1);
    tokenRow->addWidget(browse);
    form->addRow("Token file", tokenRow);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(connect_);
    buttons->addStretch(1);
    buttons->addWidget(release_);
    buttons->addWidget(forget_);
    form->addRow(buttons);
    auto* widget = new QWidget;
    widget->setLayout(form);
    return widget;
}

QString AgentsView::tokenFile() const {
    return token_->text().trimmed();
}

QString AgentsView::said() const {
    return said_->text();
}

void AgentsView::say(QString const& sentence) {
    said_->setText(sentence);
    said_->setVisible(!sentence.isEmpty());
}

void AgentsView::connectAgent() {
    QString const why = feed_.add({{}, address_->text().trimmed(), tokenFile()});
    say(why);
    if (!why.isEmpty())
        address_->setFocus();
}

AgentSight const* AgentsView::picked() const {
    auto const& agents = feed_.agents();
    int const row = agents.size() == 1 ? 0 : table_->currentRow();
    return row >= 0 && row < static_cast<int>(agents.size())
               ? &agents[static_cast<std::size_t>(row)]
               : nullptr;
}

void AgentsView::release() {
    auto const* sight = picked();
    if (sight == nullptr)
        return say("Pick an agent in the table first");
    QString const name = sight->place.name;
    ChildCall::start(this, program_, agentCommand(sight->place) + QStringList{"release"},
                     releaseWithin, [this, name](ChildAnswer const& answer) {
                         say(answer.code == 0 ? name + ": released"
                                              : name + ": not released: " + answer.why());
                         Q_EMIT told(said());
                     });
}

void AgentsView::refresh(Scheme scheme) {
    auto const& agents = feed_.agents();
    auto const& tokens = Tokens::of(scheme);
    table_->setRowCount(static_cast<int>(agents.size()));
    for (int row = 0; row < table_->rowCount(); ++row) {
        auto const& sight = agents[static_cast<std::size_t>(row)];
        QString const words[] = {sight.place.name, wordsOf(sight)};
        for (int column = 0; column < 2; ++column) {
            if (table_->item(row, column) == nullptr)
                table_->setItem(row, column, new QTableWidgetItem);
            table_->item(row, column)->setText(words[column]);
            table_->item(row, column)->setToolTip(sight.place.address + "\n" + words[1]);
        }
        table_->item(row, 1)->setIcon(signIcon(healthOf(sight), tokens));
    }
    table_->resizeRowsToContents();
}

} // namespace shakedown::gui
