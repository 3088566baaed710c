#include "gui/shell/main_window.hpp"

#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QProgressBar>
#include <QSettings>
#include <QTabWidget>
#include <QToolBar>

#include "gui/live/ask_file.hpp"
#include "gui/shell/exporting.hpp"
#include "gui/shell/fault_lines.hpp"
#include "scenarios/reading/quantity_grammar.hpp"

// What can be done in the window: actions, menus, toolbar and palette.
namespace shakedown::gui {

void MainWindow::makeActions() {
    auto& c = commands_;
    c.add("Open...", QKeySequence::Open, [this] { chooseFile(); });
    c.add("Open a run beside...", Qt::CTRL | Qt::Key_B, [this] {
        askFile(this, {"Open beside", "Records (*.ndjson)", {}, false},
                [this](QString const& path) { openBeside(path); });
    });
    c.add("Save", QKeySequence::Save, [this] { save(); });
    c.add("Save as...", Qt::CTRL | Qt::SHIFT | Qt::Key_S, [this] { saveAs(); });
    c.add("Export...", Qt::CTRL | Qt::Key_E, [this] { exportAs(); });
    c.add("Settings...", Qt::CTRL | Qt::Key_Comma, [this] { openSettings(); });
    c.add("Quit", Qt::CTRL | Qt::Key_Q, [this] { close(); });

    auto const takeBack = [this](bool isUndo) {
        auto& steps = document().undo();
        QString const text = isUndo ? steps.undoText() : steps.redoText();
        if (text.isEmpty())
            return say(isUndo ? "There is nothing to undo" : "There is nothing to redo");
        isUndo ? steps.undo() : steps.redo();
        say((isUndo ? "Undone: " : "Done again: ") + text);
    };
    c.add("Undo", QKeySequence::Undo, [takeBack] { takeBack(true); });
    c.add("Redo", Qt::CTRL | Qt::SHIFT | Qt::Key_Z, [takeBack] { takeBack(false); });

    play_ = c.addToggle("Play", Qt::Key_Space, [this](bool on) { play(on); });
    c.add("Previous moment", Qt::CTRL | Qt::Key_Left, [this] { bench_.previous(); });
    c.add("Next moment", Qt::CTRL | Qt::Key_Right, [this] { bench_.next(); });
    c.add("Run again", Qt::CTRL | Qt::Key_R, [this] { run(); });
    c.add("Why?", Qt::Key_F2, [this] {
        right_->setCurrentWidget(why_);
        whyDock_->show();
        ask();
    });
    c.add("Inspect", Qt::Key_F3, [this] {
        right_->setCurrentWidget(inspector_);
        whyDock_->show();
    });
    c.add("Do to it...", Qt::CTRL | Qt::Key_J, [this] {
        if (bench_.subject().isEmpty())
            return say("Choose a service or a call first");
        auto const box = topology_->boxOf(bench_.subject());
        menuOf(bench_.subject())->exec(topology_->mapToGlobal(box.center().toPoint()));
    });
    scissors_ = c.addToggle("Scissors", Qt::CTRL | Qt::Key_T, [this](bool on) { cut(on); });
    c.add("Whole run", Qt::CTRL | Qt::SHIFT | Qt::Key_B, [this] { bench_.setStretch({}); });
    c.add("Everything", Qt::CTRL | Qt::Key_G, [this] { bench_.setSubject({}); });
    showsB_ = c.addToggle("Picture shows B", Qt::Key_F6,
                          [this](bool on) { bench_.setSide(on ? Side::B : Side::A); });
    c.add("Keep B as A", Qt::CTRL | Qt::SHIFT | Qt::Key_K, [this] { bench_.keep(); });

    int key = Qt::Key_1;
    for (auto const& [name, which] :
         {std::pair{"Explore", Perspective::Explore}, std::pair{"Compare", Perspective::Compare},
          std::pair{"Live", Perspective::Live}, std::pair{"Teach", Perspective::Teach}})
        c.add(name, Qt::CTRL | static_cast<Qt::Key>(key++),
              [this, p = which] { setPerspective(p); });
    c.add("Docks as at first", Qt::CTRL | Qt::Key_0, [this] { perspectives_.reset(); });
    c.add("Dark or light", Qt::CTRL | Qt::Key_D,
          [this] { setScheme(scheme() == Scheme::Dark ? Scheme::Light : Scheme::Dark); });
    c.add("Next panel", Qt::Key_F8, [this] { focusPanel(1); });
    c.add("Previous panel", Qt::SHIFT | Qt::Key_F8, [this] { focusPanel(-1); });
    c.add("Commands...", Qt::CTRL | Qt::Key_K, [this] { openPalette(); });
}

void MainWindow::makeToolbar() {
    auto* bar = addToolBar("Run");
    bar->setObjectName("Run");
    bar->setMovable(false);
    for (auto const* name : {"Play", "Previous moment", "Next moment"})
        bar->addAction(commands_.named(name));
    speed_ = new QComboBox;
    speed_->setAccessibleName("Speed");
    speed_->setToolTip("Simulated seconds a second");
    speed_->addItems({"x0.1", "x1", "x10", "x60"});
    speed_->setCurrentIndex(2);
    bar->addWidget(speed_);
    bar->addSeparator();
    for (auto const* name : {"Run again", "Why?", "Inspect", "Scissors"})
        bar->addAction(commands_.named(name));
    bar->addSeparator();
    scope_ = new QComboBox;
    scope_->setAccessibleName("Scope of the charts");
    scope_->setToolTip("What the charts show");
    scope_->addItems({"Moment", "Run", "A/B"});
    scope_->setCurrentIndex(static_cast<int>(ChartScope::Both));
    connect(scope_, &QComboBox::currentIndexChanged, this, &MainWindow::showCharts);
    bar->addWidget(scope_);
    bar->addAction(showsB_);
    sides_ = new QLabel;
    sides_->setAccessibleName("Which run is which");
    sides_->setTextFormat(Qt::PlainText);
    sides_->setContentsMargins(10, 0, 10, 0);
    sides_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    sides_->setMinimumWidth(1); // what has no room is cut
    bar->addWidget(sides_);
    bar->addAction(commands_.named("Commands..."));
    bar->addWidget(stopButton_);
}

void MainWindow::makeMenus() {
    auto const menu = [&](QString const& title, std::initializer_list<char const*> names) {
        auto* made = menuBar()->addMenu(title);
        for (auto const* name : names) {
            if (*name == '\0')
                made->addSeparator();
            else
                made->addAction(commands_.named(name));
        }
    };
    menu("&File", {"Open...", "Open a run beside...", "", "Save", "Save as...", "Export...", "",
                   "Settings...", "Quit"});
    menu("&Edit", {"Undo", "Redo", "", "Scissors", "Do to it...", "", "Keep B as A"});
    menu("&Run", {"Play", "Previous moment", "Next moment", "", "Run again"});
    menuBar()->actions().back()->menu()->addSeparator();
    menuBar()->actions().back()->menu()->addAction(live_->stopAll().action());
    menu("&Look", {"Why?", "Inspect", "", "Everything", "Whole run", "Picture shows B"});
    menu("&View", {"Explore", "Compare", "Live", "Teach", "Docks as at first", "", "Dark or light",
                   "Next panel", "Previous panel", "Commands..."});
}

std::unique_ptr<QMenu> MainWindow::menuOf(QString const& subject) {
    auto menu = std::make_unique<QMenu>();
    QString const name = QString(subject).replace('&', "&&"); // no mark of a key
    menu->addAction("Why is " + name + " like this?", this, [this, subject] {
        bench_.setSubject(subject);
        right_->setCurrentWidget(why_);
    });
    menu->addAction("Turn its numbers", this, [this, subject] {
        bench_.setSubject(subject);
        right_->setCurrentWidget(inspector_);
    });
    menu->addSeparator();
    for (auto const& verb : verbsFor(subject))
        menu->addAction(labelOf(verb), this, [this, verb, subject] { addFault(verb, subject); });
    if (subject.contains(" -> ")) {
        menu->addSeparator();
        menu->addAction("Open its breaker by hand, as before maintenance", this,
                        [this, subject] { flipBreaker(subject, "forced_open"); });
        menu->addAction("Switch its breaker off", this,
                        [this, subject] { flipBreaker(subject, "disabled"); });
    }
    return menu;
}

void MainWindow::addFault(QString const& verb, QString const& subject) {
    bench_.add("faults", faultLine(verb, subject, time()), verb + " of " + subject);
}

void MainWindow::flipBreaker(QString const& call, QString const& state) {
    bench_.add("operations", flipLine(call, state, time()), "breaker of " + call + " " + state);
}

void MainWindow::chooseFile() {
    askFile(this, {"Open", "Scenarios and records (*.yaml *.yml *.ndjson)", {}, false},
            [this](QString const& path) { open(path); });
}

void MainWindow::save() {
    QFileInfo const file(document().file());
    // What a run was made of goes on saying so.
    bool const isOfRun = QFileInfo::exists(file.dir().filePath("record.ndjson"));
    if (!document().isFile() || (isOfRun && file.fileName() == "scenario.yaml"))
        return saveAs();
    say(document().saveAs(document().file()).value_or("Saved " + document().file()));
}

void MainWindow::saveAs() {
    askFile(this, {"Save as", "Scenarios (*.yaml)", document().file(), true},
            [this](QString const& path) {
                if (auto const why = document().saveAs(path))
                    return say(*why);
                say("Saved " + path);
                nameWindow(QFileInfo(path).fileName());
                settings_.remember(QFileInfo(path).absoluteFilePath());
                welcome_->setRecent(settings_.recent);
            });
}

void MainWindow::exportAs() {
    askFile(this, {"Export", exportFilters(), {}, true}, [this](QString const& path) {
        say(exportTo(path, bench_, *this).value_or("Wrote " + path));
    });
}

std::vector<Choice> MainWindow::choices() {
    std::vector<Choice> all;
    for (auto* action : commands_.all())
        if (action->isEnabled() && action->text() != "Commands...")
            all.push_back({action->text(), action->shortcut().toString(QKeySequence::NativeText),
                           [action] { action->trigger(); }});
    auto* stop = live_->stopAll().action();
    all.push_back({stop->text(), stop->shortcut().toString(QKeySequence::NativeText),
                   [stop] { stop->trigger(); }});
    for (int i = 0; i < scope_->count(); ++i)
        all.push_back(
            {"Charts: " + scope_->itemText(i), {}, [this, i] { scope_->setCurrentIndex(i); }});
    for (std::size_t i = 0; i < demos().size(); ++i)
        all.push_back(
            {"Demo: " + demos()[i].title, {}, [this, i] { openDemo(static_cast<int>(i)); }});
    if (!bench_.shown() || !bench_.shown()->index().hasHeader())
        return all;
    auto const& names = bench_.shown()->index().header().names;
    for (auto const* list : {&names.loads, &names.services, &names.calls})
        for (auto const& name : *list) {
            auto const subject = QString::fromStdString(name);
            all.push_back(
                {"Look at " + subject, {}, [this, subject] { bench_.setSubject(subject); }});
            if (list == &names.loads)
                continue;
            for (auto const& verb : verbsFor(subject))
                all.push_back({labelOf(verb) + ": " + subject, "at the present time",
                               [this, verb, subject] { addFault(verb, subject); }});
            if (list == &names.calls)
                all.push_back({"Open by hand the breaker of " + subject, "at the present time",
                               [this, subject] { flipBreaker(subject, "forced_open"); }});
        }
    for (auto const& turn : bench_.shown()->index().turningPoints())
        if (all.size() < 5000)
            all.push_back({"Go to " + QString::fromStdString(turn.what),
                           QString::number(turn.at.inSeconds(), 'f', 1) + " s",
                           [this, at = turn.at] { setTime(at); }});
    return all;
}

void MainWindow::openPalette() {
    auto* palette = new Palette(choices(), this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    palette->setTimes([this](QString const& typed) -> std::optional<Choice> {
        auto const at = reading::parseDuration(typed.trimmed().toStdString());
        if (!at || at.value().isNone())
            return std::nullopt;
        return Choice{"Go to " + typed.trimmed(), {}, [this, when = SimTime::at(at.value())] {
                          setTime(when);
                      }};
    });
    palette->show(); // beside the window: STOP ALL stays in reach
}

void MainWindow::openSettings() {
    auto* dialog = new SettingsDialog(settings_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        settings_ = dialog->chosen();
        applySettings();
        if (store_)
            settings_.save(*store_);
    });
    dialog->show();
}

} // namespace shakedown::gui
