#include "reports/record/record_reader.hpp"

#include <catch2/catch.hpp>

#include <random>

#include "reports/record/line_writing.hpp"
#include "tests/reports/record/small_record.hpp"

using namespace shakedown;
using namespace shakedown::record;
using namespace shakedown::tests;

namespace {

std::string withLine(std::string const& line) {
    return written(smallHeader(), {{at(0), EventBegan{0}}}) + line + "\n"
           + R"({"t":9,"k":"event_ended","event":0})" + "\n";
}

std::string errorOf(std::string const& text) {
    auto const back = readBack(text);
    REQUIRE(back.error);
    return back.error->message;
}

} // namespace

TEST_CASE("a record cut at any byte is readable up to the cut", "[record][reader]") {
    std::string const whole = written(smallHeader(), everyMoment());
    std::size_t const header = whole.find('\n') + 1;
    for (std::size_t length = header; length <= whole.size(); ++length) {
        std::string const cut = whole.substr(0, length);
        auto const back = readBack(cut);
        CAPTURE(length);
        REQUIRE_FALSE(back.error);
        bool const endsWithLine = cut.back() == '\n';
        // A line that lacks only its newline is whole.
        bool const whollyThere = length < whole.size() && whole[length] == '\n';
        REQUIRE(back.cut.has_value() == !(endsWithLine || whollyThere));
        REQUIRE(back.moments.size() == linesIn(cut) - 1 + (whollyThere ? 1 : 0));
    }
}

TEST_CASE("a record cut within its header says so", "[record][reader]") {
    std::string const whole = written(smallHeader(), {});
    for (std::size_t length = 0; length + 1 < whole.size(); ++length) {
        auto const back = readBack(whole.substr(0, length));
        REQUIRE(back.error);
        REQUIRE(back.error->code == "R101");
    }
    CHECK(readBack(whole.substr(0, whole.size() - 1)).moments.empty());
}

TEST_CASE("a broken line in the middle is an error with its number", "[record][reader]") {
    auto const back = readBack(withLine("{\"t\":5,\"k\":\"eve"));
    REQUIRE(back.error);
    CHECK(back.error->code == "R102");
    CHECK(back.error->place == Place{"run.ndjson", 3, 0});
    CHECK(back.moments.size() == 1);
}

TEST_CASE("a broken last line is reported, not fatal", "[record][reader]") {
    auto const back = readBack(written(smallHeader(), {{at(0), EventBegan{0}}}) + "{\"t\":5\n");
    CHECK_FALSE(back.error);
    REQUIRE(back.cut);
    CHECK(back.cut->severity == Severity::Warning);
    CHECK(back.cut->place.line == 3);
    CHECK(back.moments.size() == 1);
}

TEST_CASE("what is no record of ours is refused in words", "[record][reader]") {
    CHECK(errorOf("") == "an empty file is not a record");
    CHECK(errorOf("hello\nworld\n") == "cannot read the header: not JSON");
    CHECK(errorOf("{\"a\":1}\n") == "cannot read the header: not a record of Shakedown");
    CHECK(errorOf("[]\n") == "cannot read the header: not a JSON object");
    CHECK(errorOf("{\"shakedown_record\":2}\n")
          == "cannot read the header: a record of format 2; this program reads format 1");
    CHECK(errorOf("{\"shakedown_record\":1}\n") == "cannot read the header: version is missing");
}

TEST_CASE("a line is checked in every number and index", "[record][reader]") {
    auto const refused = [](std::string const& line) { return errorOf(withLine(line)); };
    CHECK(refused(R"({"t":1,"k":"event_began","event":2})")
          == "cannot read this line: event 2 of 2");
    CHECK(refused(R"({"t":1,"k":"event_began","event":-1})").find("event is not")
          != std::string::npos);
    CHECK(refused(R"({"t":1,"k":"event_began","event":1.5})").find("event is not")
          != std::string::npos);
    CHECK(refused(R"({"t":1,"k":"event_began"})").find("event is missing") != std::string::npos);
    CHECK(refused(R"({"t":"1","k":"event_began","event":0})").find("t is not")
          != std::string::npos);
    CHECK(refused(R"({"t":1,"k":"storm"})").find("not known: storm") != std::string::npos);
    CHECK(
        refused(R"({"t":1,"k":"replica","service":7,"replica":0,"to":"up"})").find("service 7 of 2")
        != std::string::npos);
    CHECK(refused(R"({"t":1,"k":"replica","service":0,"replica":0,"to":"tired"})")
              .find("not a known word")
          != std::string::npos);
    CHECK(refused(R"({"t":1,"k":"replica","service":0,"replica":4294967296,"to":"up"})")
              .find("too large")
          != std::string::npos);
    CHECK(refused(R"({"t":1,"k":"interval","loads":[[0,1]],"services":[],"calls":[]})")
              .find("right length")
          != std::string::npos);
    CHECK(refused(R"({"t":1,"k":"end","reason":"finished","events":1,"digest":"xyz"})")
              .find("16 hex digits")
          != std::string::npos);
    CHECK(refused(R"({"t":1,"k":"request","load":0,"n":1,"intended":0,"ended":1,"outcome":"ok",)"
                  R"("spans":[[0,0,0,0,1,0,0,0,0,0]]})")
              .find("parent 0 of 0")
          != std::string::npos);
    CHECK(refused(R"({"t":1,"k":"request","load":0,"n":1,"intended":9223372036854775807,"ended":1,)"
                  R"("outcome":"ok","spans":[[null,0,0,0,1,9,0,0,0,0]]})")
              .find("intended is no instant of a run")
          != std::string::npos);
    CHECK(refused(std::string(100, '[')).find("nested too deep") != std::string::npos);
}

TEST_CASE("a line without end does not fill the memory", "[record][reader]") {
    std::string const endless(RecordReader::longestLine + 10, ' ');
    CHECK(errorOf(endless).find("does not end") != std::string::npos);
    auto const back = readBack(written(smallHeader(), {}) + endless);
    REQUIRE(back.error);
    CHECK(back.error->code == "R103");
}

TEST_CASE("a garbled record is an error or a record, never a crash", "[record][reader]") {
    std::string const whole = written(smallHeader(), everyMoment());
    std::mt19937_64 random(3);
    int errors = 0;
    for (int i = 0; i < 3000; ++i) {
        std::string garbled = whole;
        for (int k = 0; k < 4; ++k) {
            garbled[random() % garbled.size()] = static_cast<char>(random());
        }
        auto const back = readBack(garbled);
        errors += back.error || back.cut ? 1 : 0;
    }
    CHECK(errors > 1500);
}

TEST_CASE("a position is a place to come back to", "[record][reader]") {
    std::istringstream in(written(smallHeader(), everyMoment()));
    auto reader = RecordReader::open(in, "run.ndjson").value();
    REQUIRE(reader.next().value());
    auto const mark = reader.position();
    auto const first = *reader.next().value();
    while (reader.next().value()) {
    }
    reader.seek(mark);
    auto const again = *reader.next().value();
    CHECK(again.at == first.at);
    CHECK(again.what.index() == first.what.index());
    CHECK(reader.position().line == 3);
}
