#include "tests/gui/shell/window_stand.hpp"

#include <QMessageBox>

using namespace shakedown;
using tests::WindowStand;

namespace {

// A window whose question is answered, and how often it was asked.
class Answered {
public:
    explicit Answered(gui::MainWindow& window) {
        window.setUnsavedQuestion([this](QString const& name) {
            ++asked;
            about = name;
            return answer;
        });
    }
    gui::Unsaved answer = gui::Unsaved::Stay;
    int asked = 0;
    QString about;
};

} // namespace

TEST_CASE("nothing that was changed is lost by closing, unless somebody says so", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    Answered question(window);
    CHECK_FALSE(window.isWindowModified());
    window.document().setText(window.document().text() + "# a thought\n");
    CHECK(window.isWindowModified());
    CHECK(window.windowTitle() == "cascade.yaml[*] - Shakedown");
    CHECK_FALSE(window.close());
    CHECK(window.isVisible());
    CHECK(question.asked == 1);
    CHECK(question.about == "cascade.yaml");
    question.answer = gui::Unsaved::Save;
    CHECK(window.close());
    CHECK(tests::contentOf(stand.folder() / "cascade.yaml")
          == std::string(tests::cascade) + "# a thought\n");
}

TEST_CASE("what is not changed is not asked about", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    Answered question(window);
    window.document().setText(window.document().text() + "# a thought\n");
    stand.trigger("Save");
    CHECK_FALSE(window.isWindowModified());
    CHECK(window.close());
    CHECK(question.asked == 0);
}

TEST_CASE("nothing that was changed is lost by opening something else", "[gui][shell]") {
    WindowStand stand;
    stand.openCascade();
    auto& window = stand.window();
    Answered question(window);
    QString const changed = window.document().text() + "# a thought\n";
    window.document().setText(changed);
    auto const other = QString::fromStdString(stand.folder().file("other.yaml", tests::cascade));
    CHECK_FALSE(window.open(other));
    CHECK(window.document().text() == changed);
    window.openDemo(0);
    CHECK(window.document().text() == changed);
    CHECK(question.asked == 2);
    // What cannot be saved is not left either.
    QFile::remove(window.document().file());
    std::filesystem::remove_all(stand.folder().path());
    question.answer = gui::Unsaved::Save;
    CHECK_FALSE(window.open(other));
    CHECK(window.said().contains("cannot write"));
    CHECK(window.document().text() == changed);
    question.answer = gui::Unsaved::Discard;
    window.openDemo(0);
    CHECK(window.document().text() != changed);
    CHECK_FALSE(window.isWindowModified());
}

TEST_CASE("the question has three answers, and Escape stays", "[gui][shell]") {
    QWidget window;
    for (auto const& [key, answer] : {std::pair{Qt::Key_Escape, gui::Unsaved::Stay},
                                      std::pair{Qt::Key_Return, gui::Unsaved::Save}}) {
        QTimer::singleShot(50, &window, [key = key] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            REQUIRE(box != nullptr);
            CHECK(box->text().contains("<b>a.yaml"));
            CHECK(box->textFormat() == Qt::PlainText);
            CHECK(box->buttons().size() == 3);
            QTest::keyClick(box, key);
        });
        CHECK(gui::askUnsaved(window, "<b>a.yaml") == answer);
    }
}
