#include "gui/editor/editor_view.hpp"

#include <catch2/catch.hpp>

#include <QSignalSpy>
#include <QTest>

#include "tests/gui/editor/scintilla.hpp"
#include "tests/gui/session/recorded.hpp"

using namespace shakedown;

namespace {

constexpr int errorSquiggle = 8;

class EditorStand {
public:
    EditorStand() {
        QSignalSpy checked(&view, &gui::EditorView::scenarioChanged);
        document.begin("cascade.yaml", tests::cascade);
        view.show();
        REQUIRE(checked.wait(5000));
    }
    // Puts the cursor somewhere and waits for what is found after some keys.
    void type(int line, int column, QString const& keys) {
        QSignalSpy checked(&view, &gui::EditorView::scenarioChanged);
        view.text().setCursorPosition(line, column);
        QTest::keyClicks(&view.text(), keys);
        REQUIRE(QTest::qWaitFor([&] { return checked.size() > 0; }, 5000));
        QTest::qWait(50);
    }
    bool isSquiggled(int line, int column) {
        long const position = view.text().positionFromLineIndex(line, column);
        return view.text().SendScintilla(QsciScintilla::SCI_INDICATORVALUEAT, errorSquiggle,
                                         position)
               != 0;
    }

    gui::Document document;
    gui::EditorView view{document};
};

} // namespace

TEST_CASE("a wrong word gets a squiggle and a problem with its line", "[gui][editor]") {
    EditorStand stand;
    auto const hints = stand.view.problems().count();
    CHECK(stand.view.problems().isVisible() == (hints > 0));
    // "site: { replicas" becomes "site: { xreplicas".
    int const line = 4;
    int const column = static_cast<int>(stand.view.text().text(line).indexOf("replicas"));
    REQUIRE(column > 0);
    stand.type(line, column, "x");
    auto const said = stand.view.problems().findItems("did you mean 'replicas'", Qt::MatchContains);
    REQUIRE(said.size() == 1);
    CHECK(said[0]->text().contains("line 5"));
    CHECK(stand.isSquiggled(line, column + 1));
    CHECK_FALSE(stand.isSquiggled(line - 1, 1));
    // And it goes with the mistake.
    QSignalSpy checked(&stand.view, &gui::EditorView::scenarioChanged);
    stand.document.undo().undo();
    REQUIRE(checked.wait(5000));
    CHECK(stand.view.problems().count() == hints);
    CHECK_FALSE(stand.isSquiggled(line, column + 1));
}

TEST_CASE("a problem that is chosen is where the cursor goes", "[gui][editor]") {
    EditorStand stand;
    stand.type(5, 2, "x");
    REQUIRE(stand.view.problems().count() >= 1);
    stand.view.text().setCursorPosition(0, 0);
    Q_EMIT stand.view.problems().itemActivated(stand.view.problems().item(0));
    int line = 0;
    int column = 0;
    stand.view.text().getCursorPosition(&line, &column);
    CHECK(line > 0);
}

TEST_CASE("spaces are typed, and undo is the document's", "[gui][editor]") {
    EditorStand stand;
    stand.type(2, 0, "# a b ");
    CHECK(stand.document.text().contains("# a b name:") == false);
    CHECK(stand.document.text().contains("# a b run:"));
    QTest::keyClick(&stand.view.text(), Qt::Key_Z, Qt::ControlModifier);
    CHECK(stand.view.text().text() == stand.document.text());
}

TEST_CASE("Ctrl+Space offers what may stand there, and what is chosen stands there",
          "[gui][editor]") {
    EditorStand stand;
    // A new line in "calls:".
    auto lines = QString::fromUtf8(tests::cascade).split('\n');
    auto const calls = lines.indexOf("calls:");
    REQUIRE(calls > 0);
    lines.insert(calls + 1, "  \"regulars -> site\": { ti");
    stand.document.setText(lines.join('\n'));
    stand.view.text().setCursorPosition(static_cast<int>(calls + 1),
                                        static_cast<int>(lines[calls + 1].size()));
    QTest::keyClick(&stand.view.text(), Qt::Key_Space, Qt::ControlModifier);
    REQUIRE(stand.view.offered().size() == 1);
    CHECK(stand.view.offered()[0].text == "timeout: ");
    CHECK(stand.view.offered()[0].about.contains("Limit of one attempt"));
    CHECK(stand.view.text().isListActive());
    QTest::keyClick(&stand.view.text(), Qt::Key_Return);
    CHECK(stand.document.text().contains("\"regulars -> site\": { timeout: \n"));
}
