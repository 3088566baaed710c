#include "gui/session/document.hpp"

#include <catch2/catch.hpp>

#include <thread>

#include "tests/end_to_end/program.hpp"

using namespace shakedown;

namespace {

void stopTyping() {
    std::this_thread::sleep_for(gui::Document::typingPause + std::chrono::milliseconds(50));
}

} // namespace

TEST_CASE("what is typed in one go is one step of undo, and a pause ends it", "[gui][session]") {
    gui::Document document;
    document.begin("a.yaml", "name: a\n");
    document.setText("name: ab\n");
    document.setText("name: abc\n");
    stopTyping();
    document.setText("name: abcd\n");
    CHECK(document.undo().count() == 2);
    document.undo().undo();
    CHECK(document.text() == "name: abc\n");
    document.undo().undo();
    CHECK(document.text() == "name: a\n");
    CHECK_FALSE(document.undo().canUndo());
    document.undo().redo();
    CHECK(document.text() == "name: abc\n");
}

TEST_CASE("what is typed after a step back is a step of its own", "[gui][session]") {
    gui::Document document;
    document.begin("a.yaml", "name: a\n");
    document.setText("name: ab\n");
    REQUIRE_FALSE(document.change("name", "c", "by hand"));
    document.undo().undo();
    document.setText("name: abd\n");
    document.undo().undo();
    CHECK(document.text() == "name: ab\n");
}

TEST_CASE("a letter that is typed and taken away again changes nothing", "[gui][session]") {
    gui::Document document;
    document.begin("a.yaml", "name: a\n");
    document.setText("name: ab\n");
    CHECK(document.isChanged());
    document.setText("name: a\n");
    CHECK_FALSE(document.isChanged());
    CHECK_FALSE(document.undo().canUndo());
}

TEST_CASE("saving clears what is changed, and undo goes on beyond it", "[gui][session]") {
    tests::Scratch const folder;
    auto const file = QString::fromStdString((folder / "a.yaml").string());
    gui::Document document;
    document.begin("a.yaml", "name: a\n");
    document.setText("name: ab\n");
    CHECK_FALSE(document.saveAs(file));
    CHECK_FALSE(document.isChanged());
    document.setText("name: abc\n"); // no pause
    CHECK(document.isChanged());
    document.undo().undo();
    CHECK_FALSE(document.isChanged());
    document.undo().undo();
    CHECK(document.isChanged());
    CHECK(document.saveAs("/nowhere/a.yaml").value_or("").contains("cannot write"));
    CHECK(document.file() == file);
}

TEST_CASE("a file that an editor would spoil is not opened", "[gui][session]") {
    tests::Scratch const folder;
    gui::Document document;
    document.begin("a.yaml", "name: a\n");
    auto const open = [&](std::string const& bytes) {
        return document.open(QString::fromStdString(folder.file("b.yaml", bytes))).value_or("");
    };
    CHECK(open("name: \xff\xfe\n").contains("is no text in UTF-8"));
    CHECK(open(std::string("name: a\0b\n", 10)).contains("is no text in UTF-8"));
    CHECK(document.text() == "name: a\n");
    CHECK(open(std::string(5 * 1024 * 1024, 'x')).contains("larger than"));
    CHECK(open("name: \xc3\xa9\n").isEmpty());
    CHECK(document.text() == QString::fromUtf8("name: \xc3\xa9\n"));
}

TEST_CASE("a text that has to be written anew says so", "[gui][session]") {
    gui::Document document;
    int said = 0;
    QObject::connect(&document, &gui::Document::wroteAnew, [&] { ++said; });
    document.begin("a.yaml", "# why\nservices:\n  a: { workers: 1 } # few\n");
    REQUIRE_FALSE(document.change("services.a.workers", "2", "workers"));
    CHECK(document.text() == "# why\nservices:\n  a: { workers: 2 } # few\n");
    CHECK(said == 0);
    document.begin("a.yaml", "# why\nfaults: [\n  { at: 1s } # one\n  # ]\n]\n");
    REQUIRE_FALSE(document.add("faults", "{ at: 2s }", "fault"));
    INFO(document.text().toStdString());
    CHECK((said == 1) == !document.text().contains("# why"));
    CHECK(said == 1);
}
