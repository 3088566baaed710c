#include "tests/gui/shell/window_stand.hpp"

#include <QAction>
#include <QCommandLinkButton>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>

#include "tests/gui/editor/scintilla.hpp"

using namespace shakedown;
using tests::WindowStand;

// What is done without a mouse.
namespace {

void focus(gui::MainWindow& window, QWidget& widget) {
    window.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&window));
    widget.setFocus();
    REQUIRE(widget.hasFocus());
}

} // namespace

TEST_CASE("Space presses the button that has the focus", "[gui][shell]") {
    WindowStand stand;
    auto& window = stand.window();
    auto* button = window.welcome().buttons()[1];
    focus(window, *button);
    REQUIRE(stand.runsAfter([&] { QTest::keyClick(button, Qt::Key_Space); }));
    CHECK(window.document().file() == gui::demos()[1].name);
}

TEST_CASE("keys of the window do the same in the editor, and change no text", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    auto& text = window.editor().text();
    focus(window, text);
    text.setCursorPosition(3, 2);
    auto const scheme = window.scheme();
    for (auto const key : {Qt::Key_D, Qt::Key_T, Qt::Key_G, Qt::Key_J, Qt::Key_0}) {
        QTest::keyClick(&text, key, Qt::ControlModifier);
        INFO(key);
        CHECK(window.document().text() == QString::fromUtf8(tests::cascade));
    }
    CHECK(window.scheme() != scheme);
    CHECK(window.commands().named("Scissors")->isChecked());
    // A space is a space.
    QTest::keyClick(&text, Qt::Key_Space);
    CHECK(window.document().text() != QString::fromUtf8(tests::cascade));
}

TEST_CASE("a key goes from panel to panel, out of the editor too", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.activateWindow();
    REQUIRE(QTest::qWaitForWindowActive(&window));
    window.editor().text().setFocus();
    QStringList names;
    for (int i = 0; i < 7; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F8);
        REQUIRE(QApplication::focusWidget() != nullptr);
        names.push_back(QApplication::focusWidget()->accessibleName());
    }
    INFO(names.join(" | ").toStdString());
    for (auto const* name : {"Topology", "Why", "Timeline", "Expectations", "Scenario"})
        CHECK(names.contains(name));
    CHECK(names[0] != "Scenario");
    auto const before = QApplication::focusWidget();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F8);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F8, Qt::ShiftModifier);
    CHECK(QApplication::focusWidget() == before);
}

TEST_CASE("what somebody else wrote is never read as rich text", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    window.bench().setSubject("autos");
    CHECK_FALSE(window.open("/nowhere/<b>bold</b>.yaml"));
    auto labels = window.inspector().findChildren<QLabel*>();
    for (auto* label : window.findChildren<QLabel*>())
        if (label->accessibleName() == "Last message"
            || label->accessibleName() == "Which run is which")
            labels.push_back(label);
    REQUIRE(labels.size() > 10);
    for (auto const* label : labels) {
        INFO(label->text().toStdString());
        CHECK(label->textFormat() == Qt::PlainText);
    }
    auto const& fields = window.inspector().findChildren<QLineEdit*>();
    for (auto const* field : fields)
        CHECK(field->toolTip().startsWith("<p>"));
}

TEST_CASE("whatever is asked stands beside the window, and STOP ALL is in reach", "[gui][shell]") {
    WindowStand stand;
    auto& window = stand.window();
    for (auto const* command : {"Settings...", "Commands...", "Open...", "Open a run beside...",
                                "Save as...", "Export..."}) {
        INFO(command);
        stand.trigger(command);
        CHECK(QApplication::activeModalWidget() == nullptr);
        auto const dialogs = window.findChildren<QDialog*>();
        REQUIRE(dialogs.size() == 1);
        REQUIRE(QTest::qWaitForWindowActive(dialogs[0]));
        window.bench().say("before");
        QTest::keyClick(dialogs[0], Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
        CHECK(window.said() != "before");
        delete dialogs[0];
    }
}
