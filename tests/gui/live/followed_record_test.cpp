#include <fstream>

#include "gui/live/followed_record.hpp"
#include "tests/gui/live/live_stand.hpp"
#include "tests/gui/session/recorded.hpp"

using namespace shakedown;
using gui::FollowedRecord;
using State = gui::FollowedRecord::State;
using tests::comes;

namespace {

// A record that the test writes, piece by piece.
class Writer {
public:
    Writer() : record_(tests::recordOf(tests::cascade)), out_(file(), std::ios::binary) {}
    std::string file() const { return (folder_ / "record.ndjson").string(); }
    QString folder() const { return QString::fromStdString(folder_.path().string()); }
    std::size_t size() const { return record_.size(); }
    void upTo(std::size_t end) {
        out_ << record_.substr(written_, end - written_) << std::flush;
        written_ = end;
    }
    void raw(std::string const& bytes) { out_ << bytes << std::flush; }
    std::string const& record() const { return record_; }

private:
    tests::Scratch folder_;
    std::string record_;
    std::ofstream out_;
    std::size_t written_ = 0;
};

} // namespace

TEST_CASE("a record is followed from before its first line to the end of its run", "[gui][live]") {
    Writer writer;
    FollowedRecord followed;
    followed.follow(writer.folder());
    QTest::qWait(120);
    CHECK(followed.state() == State::Waiting);
    CHECK(followed.words().contains("waiting for the first line"));
    std::size_t const third = writer.size() / 3;
    writer.upTo(third); // in the middle of a line
    REQUIRE(comes([&] { return followed.state() == State::Following; }));
    auto const reach = followed.run()->index().reach();
    writer.upTo(2 * third);
    REQUIRE(comes([&] { return followed.run()->index().reach() > reach; }));
    CHECK(followed.state() == State::Following);
    writer.upTo(writer.size());
    REQUIRE(comes([&] { return followed.state() == State::Ended; }));
    CHECK(followed.words() == "the run is over");
    auto const whole = tests::runOf(writer.record());
    CHECK(followed.run()->index().requests().size() == whole->index().requests().size());
    CHECK(followed.run()->index().ended()->digest == whole->index().ended()->digest);
}

TEST_CASE("a record that does not grow is said to be without news, and taken up again",
          "[gui][live]") {
    Writer writer;
    FollowedRecord followed(std::chrono::milliseconds(300));
    followed.follow(writer.folder());
    writer.upTo(writer.size() / 2);
    REQUIRE(comes([&] { return followed.state() == State::Following; }));
    REQUIRE(comes([&] { return followed.state() == State::Quiet; }));
    CHECK(followed.words().startsWith("no news for "));
    writer.upTo(writer.size());
    CHECK(comes([&] { return followed.state() == State::Ended; }));
}

TEST_CASE("a broken record keeps what came before, and says where", "[gui][live]") {
    Writer writer;
    FollowedRecord followed;
    followed.follow(writer.folder());
    auto const line = writer.record().find('\n', writer.size() / 2) + 1;
    writer.upTo(line);
    REQUIRE(comes([&] { return followed.state() == State::Following; }));
    auto const reach = followed.run()->index().reach();
    writer.raw("no JSON\n");
    REQUIRE(comes([&] { return followed.state() == State::Broken; }));
    INFO(followed.words().toStdString());
    CHECK(followed.words().contains("cannot be read"));
    CHECK(followed.words().contains("what came before is shown"));
    CHECK(followed.run()->index().reach() >= reach);
    CHECK(reach > SimTime());
}

TEST_CASE("a record that another run begins anew is not read as the same", "[gui][live]") {
    Writer writer;
    FollowedRecord followed;
    followed.follow(writer.folder());
    writer.upTo(writer.size() / 2);
    REQUIRE(comes([&] { return followed.state() == State::Following; }));
    QTest::qWait(120);
    std::filesystem::resize_file(writer.file(), 10);
    REQUIRE(comes([&] { return followed.state() == State::Broken; }));
    CHECK(followed.words().contains("another run has begun in its place"));
}

TEST_CASE("a record whose writer was killed is cut, and not read any further", "[gui][live]") {
    Writer writer;
    FollowedRecord followed;
    followed.follow(writer.folder());
    writer.upTo(writer.size() / 2);
    followed.writerEnded();
    CHECK(comes([&] { return followed.run()->index().hasHeader(); }));
    CHECK(followed.run()->isCut());
    QTest::qWait(120);
    auto const reach = followed.run()->index().reach();
    writer.upTo(writer.size());
    QTest::qWait(200);
    CHECK(followed.run()->index().reach() == reach);
}
