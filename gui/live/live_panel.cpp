#include "gui/live/live_panel.hpp"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "gui/live/child_call.hpp"
#include "gui/live/exit_words.hpp"
#include "gui/live/steady_after.hpp"

namespace shakedown::gui {

namespace {

constexpr int pulseMs = 250;
constexpr int logLines = 2000;
constexpr std::chrono::milliseconds rehearseWithin{60'000};
constexpr int leastHeight = 84;
constexpr int foldersTried = 100;

QLabel* heading(QString const& text) {
    auto* label = new QLabel(text);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

} // namespace

LivePanel::LivePanel(QString program, Document const& document, QWidget* parent)
    : QWidget(parent), program_(std::move(program)), document_(document), run_(program_),
      stopAll_(program_, run_, feed_), strip_(new PhaseStrip), state_(new QLabel),
      dryRun_(new QPushButton("Dry run")), inject_(new QPushButton("Inject...")),
      stopRun_(new QPushButton("Stop run")), stopButton_(new StopButton(stopAll_)),
      confirm_(new ConfirmBox), stopView_(new StopView(stopAll_)),
      agents_(new AgentsView(program_, feed_)), faults_(new FaultTable), noFault_(new QLabel),
      log_(new QPlainTextEdit) {
    arrange();
    connect(dryRun_, &QPushButton::clicked, this, [this] { rehearse(After::Show); });
    connect(inject_, &QPushButton::clicked, this, [this] { rehearse(After::Confirm); });
    connect(stopRun_, &QPushButton::clicked, this, [this] {
        run_.stop();
        say("Stopping: the run takes everything back");
        refresh();
    });
    connect(confirm_, &ConfirmBox::confirmed, this, &LivePanel::begin);
    connect(confirm_, &ConfirmBox::refused, this, [this] { say("Nothing was done"); });
    connect(&feed_, &AgentFeed::changed, this, &LivePanel::refresh);
    connect(&feed_, &AgentFeed::told, this, [this](QString const& line) { say(line); });
    connect(agents_, &AgentsView::told, this, [this](QString const& line) { say(line); });
    connect(&stopAll_, &StopAll::changed, this, [this] {
        confirm_->hide();
        say(stopAll_.sentence());
        refresh();
    });
    connect(&run_, &LiveRun::grew, this, &LivePanel::grow);
    connect(&run_, &LiveRun::told, this, [this](QString const& line) { say(line); });
    connect(&run_, &LiveRun::ended, this, &LivePanel::finish);
    pulse_.setInterval(pulseMs);
    connect(&pulse_, &QTimer::timeout, this, &LivePanel::refresh);
    pulse_.start();
    setScheme(Scheme::Dark);
}

// The run and the stop may tell of their end while they go: nobody is there to show it.
LivePanel::~LivePanel() {
    run_.disconnect(this);
    stopAll_.disconnect(this);
    feed_.disconnect(this);
}

void LivePanel::arrange() {
    dryRun_->setToolTip("Asks every agent what it would do, and does nothing");
    inject_->setToolTip("Shows what will be done for real, and asks");
    stopRun_->setToolTip("The run takes everything back, and ends");
    state_->setWordWrap(true);
    state_->setTextFormat(Qt::PlainText);
    log_->setReadOnly(true);
    log_->setMaximumBlockCount(logLines);
    log_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    log_->setAccessibleName("Log of the live run");
    auto* buttons = new QHBoxLayout;
    for (auto* button : {dryRun_, inject_, stopRun_})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(stopButton_);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(strip_);
    layout->addWidget(state_);
    layout->addLayout(buttons);
    layout->addWidget(scrolled(), 1);
}

// What stands above it, STOP ALL too, stays in sight in the smallest dock.
QWidget* LivePanel::scrolled() {
    for (QWidget* widget : {static_cast<QWidget*>(faults_), static_cast<QWidget*>(log_),
                            static_cast<QWidget*>(&agents_->table())})
        widget->setMinimumHeight(leastHeight);
    auto* inside = new QWidget;
    auto* layout = new QVBoxLayout(inside);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stopView_);
    layout->addWidget(confirm_);
    layout->addWidget(heading("Faults at work"));
    layout->addWidget(noFault_);
    layout->addWidget(faults_, 2);
    layout->addWidget(heading("Agents"));
    layout->addWidget(agents_, 3);
    layout->addWidget(heading("Log"));
    layout->addWidget(log_, 2);
    auto* area = new QScrollArea;
    area->setWidget(inside);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

void LivePanel::setScenario(std::shared_ptr<model::Scenario const> scenario) {
    scenario_ = std::move(scenario);
    refresh();
}

void LivePanel::setScheme(Scheme scheme) {
    scheme_ = scheme;
    strip_->setScheme(scheme);
    stopButton_->setScheme(scheme);
    stopView_->setScheme(scheme);
    refresh();
}

QString LivePanel::state() const {
    return state_->text();
}

QString LivePanel::text() const {
    return log_->toPlainText();
}

void LivePanel::say(QString const& sentence) {
    log_->appendPlainText(sentence);
    Q_EMIT said(sentence);
}

QString LivePanel::whyNot() const {
    if (run_.isUnderWay())
        return "A live run is under way; stop it first";
    if (isRehearsing_)
        return "The agents are being asked";
    if (document_.file().isEmpty())
        return "Open a scenario first";
    if (!scenario_)
        return "The scenario has errors; see Problems";
    if (!scenario_->live)
        return "The scenario has no section `live`: it does not say where its agents and services "
               "are";
    if (!document_.isFile() || document_.isChanged())
        return "Save the scenario first: what is done for real stands in a file";
    return {};
}

// What is spoken to anyway is looked at, and stopped by STOP ALL, too.
void LivePanel::meetAgents() {
    for (auto const& agent : scenario_->live->agents)
        if (QString const why =
                feed_.add({QString::fromStdString(agent.name),
                           QString::fromStdString(agent.address), agents_->tokenFile()});
            !why.isEmpty())
            say(QString::fromStdString(agent.name) + ": " + why);
}

void LivePanel::rehearse(After after) {
    confirm_->hide();
    if (QString const why = whyNot(); !why.isEmpty())
        return say(why);
    meetAgents();
    isRehearsing_ = true;
    QString const text = document_.text();
    say("Asking every agent what it would do");
    QStringList const words =
        QStringList{"inject", document_.file(), "--dry-run"} + identityFlags(agents_->tokenFile());
    ChildCall::start(
        this, program_, words, rehearseWithin,
        [this, after, text](ChildAnswer const& answer) {
            isRehearsing_ = false;
            if (answer.code != 0) {
                say("Nothing can be done as it stands: " + exitWords(answer.code));
                say(answer.err.trimmed());
            } else if (after == After::Show) {
                say(answer.out.trimmed());
            } else {
                rehearsed_ = text;
                confirm_->ask(answer.out.trimmed());
            }
            refresh();
        },
        QFileInfo(document_.file()).absolutePath());
    refresh();
}

QString LivePanel::freshFolder() const {
    QFileInfo const file(document_.file());
    QString const stamp = QDateTime::currentDateTimeUtc().toString("yyyyMMdd'T'HHmmss'Z'");
    QString const base =
        file.absoluteDir().filePath("runs/" + file.completeBaseName() + "-live-" + stamp);
    QString folder = base;
    for (int i = 2; QFileInfo::exists(folder) && i < foldersTried; ++i)
        folder = base + "-" + QString::number(i);
    return folder;
}

void LivePanel::begin() {
    if (QString const why = whyNot(); !why.isEmpty())
        return say(why);
    if (document_.text() != rehearsed_)
        return say("The scenario is another than the one whose plans were shown; inject again");
    phases_.begin();
    run_.start({document_.file(), freshFolder(), agents_->tokenFile(), confirm_->lease()});
    say("Injecting; the run is written to " + run_.folder());
    refresh();
    Q_EMIT runChanged(run_.run());
}

void LivePanel::grow() {
    auto const& index = run_.run()->index();
    if (index.hasHeader() && phases_.of(Phase::Method) == Stand::Waiting)
        phases_.recordBegan();
    if (index.ended() && phases_.of(Phase::Method) == Stand::UnderWay)
        phases_.recordEnded();
    refresh();
    Q_EMIT runChanged(run_.run());
}

void LivePanel::finish(int code) {
    phases_.ended(code, steadyAfter(run_.folder()));
    if (!run_.output().isEmpty())
        log_->appendPlainText(run_.output().trimmed());
    if (code == -1)
        log_->appendPlainText(run_.errors().trimmed());
    say("The live run is over: " + exitWords(code));
    refresh();
    Q_EMIT runEnded(run_.run(), code);
    if (isClosing_)
        Q_EMIT mayClose();
}

bool LivePanel::prepareToClose() {
    if (!run_.isUnderWay())
        return true;
    isClosing_ = true;
    run_.stop();
    say("Closing once the run has taken everything back");
    return false;
}

void LivePanel::refresh() {
    strip_->setPhases(phases_);
    agents_->refresh(scheme_);
    faults_->setAgents(feed_.agents(), scheme_);
    bool const hasFaults = faults_->rowCount() > 0;
    noFault_->setText(feed_.agents().empty() ? "No agent is looked at." : "None.");
    noFault_->setVisible(!hasFaults);
    faults_->setVisible(hasFaults);
    stopRun_->setEnabled(run_.isUnderWay() && !run_.isStopping());
    if (!run_.isUnderWay()) {
        state_->setText(isRehearsing_ ? "Asking the agents what they would do..."
                                      : "No live run is under way.");
        return;
    }
    auto const& index = run_.run()->index();
    QString const how = run_.isStopping() ? "stopping, everything is taken back" : "under way";
    state_->setText(index.hasHeader() ? QString("Live run %1: %2 s of %3 s; %4")
                                            .arg(how)
                                            .arg(index.reach().inSeconds(), 0, 'f', 1)
                                            .arg(index.header().lasts.inSeconds(), 0, 'f', 0)
                                            .arg(run_.record().words())
                                      : "Live run " + how + ": looking for the steady state");
}

} // namespace shakedown::gui
