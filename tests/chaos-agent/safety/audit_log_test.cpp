#include <catch2/catch.hpp>

#include <fstream>
#include <functional>

#include "chaos-agent/safety/audit_files.hpp"
#include "chaos-agent/safety/audit_log.hpp"
#include "tests/chaos-agent/system/child.hpp"

using namespace shakedown;
using namespace shakedown::safety;

namespace {

class AuditStand {
public:
    AuditStand() : path(tests::freshPath("audit")) {}
    ~AuditStand() {
        std::error_code ignored;
        for (auto const& entry : std::filesystem::directory_iterator(path.parent_path(), ignored)) {
            if (entry.path().string().starts_with(path.string())) {
                std::filesystem::remove(entry.path(), ignored);
            }
        }
    }
    AuditLog open() const {
        auto got = AuditLog::open(path.string());
        REQUIRE(std::holds_alternative<AuditLog>(got));
        return std::get<AuditLog>(std::move(got));
    }
    AuditLog withLines(int count) const {
        auto log = open();
        for (int i = 1; i <= count; ++i) {
            REQUIRE_FALSE(log.append({"token ci", "start", "f" + std::to_string(i), "why"}, 1));
        }
        return log;
    }
    std::string text() const {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void change(std::function<void(std::string&)> const& how) const {
        std::string whole = text();
        how(whole);
        std::ofstream(path, std::ios::binary) << whole;
    }
    AuditCheck check(AuditTail const& known = {}) const {
        auto const got = checkAudit(path.string(), known);
        REQUIRE(std::holds_alternative<AuditCheck>(got));
        return std::get<AuditCheck>(got);
    }

    std::filesystem::path path;
};

void replace(std::string& text, std::string const& from, std::string const& to) {
    auto const found = text.find(from);
    REQUIRE(found != std::string::npos);
    text.replace(found, from.size(), to);
}

} // namespace

TEST_CASE("each line hangs on the one before it", "[safety][audit]") {
    AuditStand stand;
    auto const log = stand.withLines(3);
    auto const check = stand.check(log.tail());
    CHECK(check.broken.empty());
    CHECK(check.lines == 3);
    CHECK(check.tail.hash == log.tail().hash);
    CHECK(log.newest(2).size() == 2);
    CHECK(log.newest(2)[1].find("\"fault\":\"f3\"") != std::string::npos);
}

TEST_CASE("the chain goes on when the log is opened again", "[safety][audit]") {
    AuditStand stand;
    stand.withLines(2);
    auto const log = stand.withLines(2);
    CHECK(log.tail().number == 4);
    CHECK(stand.check(log.tail()).broken.empty());
}

TEST_CASE("a changed line is found", "[safety][audit]") {
    AuditStand stand;
    stand.withLines(3);
    stand.change([](std::string& text) { replace(text, "\"fault\":\"f2\"", "\"fault\":\"f9\""); });
    CHECK(stand.check().broken == "line 2 was changed after it was written");
}

TEST_CASE("a line that was taken out is found", "[safety][audit]") {
    AuditStand stand;
    stand.withLines(3);
    stand.change([](std::string& text) {
        auto const first = text.find('\n');
        text.erase(first + 1, text.find('\n', first + 1) - first);
    });
    CHECK(stand.check().broken == "line 2 is not number 2: lines are missing");
}

TEST_CASE("a line that was put in is found", "[safety][audit]") {
    AuditStand stand;
    stand.withLines(2);
    stand.change([](std::string& text) { text.insert(0, "{\"who\":\"nobody\"}\n"); });
    CHECK(stand.check().broken == "line 1 is no line of an audit log");
}

TEST_CASE("an end that was cut off is found by the journal's account", "[safety][audit]") {
    AuditStand stand;
    auto const tail = stand.withLines(3).tail();
    stand.change([](std::string& text) { text.erase(text.rfind('\n', text.size() - 2) + 1); });
    CHECK(stand.check().broken.empty());
    CHECK(stand.check(tail).broken
          == "line 3 of the journal's account is not there: the end was cut off or replaced");
}

TEST_CASE("a last line that a crash cut short is mended, and told of", "[safety][audit]") {
    AuditStand stand;
    stand.withLines(2);
    stand.change([](std::string& text) { text += "{\"who\":\"tok"; });
    CHECK(stand.check().isTorn);
    auto const log = stand.open();
    CHECK(log.tail().number == 3);
    CHECK(log.newest(1)[0].find("cut short") != std::string::npos);
    CHECK(stand.check(log.tail()).broken.empty());
}

TEST_CASE("a log whose chain is broken is kept aside, and the next one says so",
          "[safety][audit]") {
    AuditStand stand;
    stand.withLines(2);
    stand.change([](std::string& text) { replace(text, "f1", "f7"); });
    std::string const before = stand.text();
    auto const log = stand.open();
    CHECK(log.tail().number == 1);
    CHECK(log.newest(1)[0].find("line 1 was changed") != std::string::npos);
    bool kept = false;
    for (auto const& entry : std::filesystem::directory_iterator(stand.path.parent_path())) {
        if (entry.path().string().starts_with(stand.path.string() + ".broken-")) {
            std::ifstream in(entry.path(), std::ios::binary);
            kept = std::string(std::istreambuf_iterator<char>(in), {}) == before;
        }
    }
    CHECK(kept);
}

TEST_CASE("what a peer sends does not make a line endless", "[safety][audit]") {
    AuditStand stand;
    auto log = stand.open();
    REQUIRE_FALSE(log.append({"x", "denied", "", std::string(1'000'000, '\x01')}, 1));
    CHECK(stand.text().size() < 64 * 1024);
    CHECK(stand.check(log.tail()).broken.empty());
}

TEST_CASE("a log that cannot be written says so and stays whole", "[safety][audit]") {
    AuditStand stand;
    auto log = stand.withLines(1);
    tests::FileSizeLimit const limit(stand.text().size() + 20);
    auto const failed = log.append({"token ci", "start", "f2", ""}, 1);
    REQUIRE(failed);
    CHECK(failed->why.find("audit log: ") == 0);
    CHECK(log.tail().number == 1);
    CHECK(stand.check(log.tail()).lines == 1);
    CHECK_FALSE(stand.check(log.tail()).isTorn);
}

namespace {

constexpr AuditBounds small{1000, 3};

// A log of small files with so many lines.
AuditTail fill(AuditStand const& stand, int lines) {
    auto got = AuditLog::open(stand.path.string(), {}, small);
    REQUIRE(std::holds_alternative<AuditLog>(got));
    auto& log = std::get<AuditLog>(got);
    for (int i = 0; i < lines; ++i) {
        REQUIRE_FALSE(log.append({"token ci", "start", "f" + std::to_string(i), "why"}, 1));
    }
    return log.tail();
}

std::vector<std::string> fullFiles(AuditStand const& stand) {
    return fullAuditFiles(stand.path.string());
}

} // namespace

TEST_CASE("a full file is kept beside the log, and the chain goes on", "[safety][audit]") {
    AuditStand stand;
    auto const tail = fill(stand, 10);
    REQUIRE(fullFiles(stand).size() >= 2);
    CHECK(fullFiles(stand)[0].starts_with(stand.path.string() + ".0000"));
    CHECK(stand.text().size() <= small.fileBytes + 500);
    auto const check = stand.check(tail);
    CHECK(check.broken.empty());
    CHECK(check.lines == 10);
    CHECK(check.tail.hash == tail.hash);
}

TEST_CASE("a log of many files is opened at its end", "[safety][audit]") {
    AuditStand stand;
    fill(stand, 7);
    auto const tail = fill(stand, 3);
    CHECK(tail.number == 10);
    CHECK(stand.check(tail).broken.empty());
    // Also where a crash came between the old file and the new one.
    std::filesystem::rename(stand.path, fullAuditFile(stand.path.string(), tail.number));
    auto const after = fill(stand, 1);
    CHECK(after.number == 11);
    CHECK(stand.check(after).broken.empty());
}

TEST_CASE("too many files are forgotten, and the chain says so", "[safety][audit]") {
    AuditStand stand;
    auto const tail = fill(stand, 100);
    CHECK(fullFiles(stand).size() == 3);
    auto const check = stand.check(tail);
    CHECK(check.broken.empty());
    CHECK(check.lines < 30);
    CHECK(check.tail.number > 100);
}

TEST_CASE("what is missing of many files is found", "[safety][audit]") {
    AuditStand stand;
    auto const tail = fill(stand, 30);
    auto const files = fullFiles(stand);
    REQUIRE(files.size() == 3);
    SECTION("the oldest") {
        std::filesystem::remove(files[0]);
        CHECK(stand.check(tail).broken.find("and none says that those before it were forgotten")
              != std::string::npos);
    }
    SECTION("one between") {
        std::filesystem::remove(files[1]);
        CHECK(stand.check(tail).broken.find("lines are missing") != std::string::npos);
    }
    SECTION("a line of one") {
        std::ifstream in(files[1], std::ios::binary);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        replace(text, "token ci", "token xy");
        std::ofstream(files[1], std::ios::binary) << text;
        auto const broken = stand.check(tail).broken;
        CHECK(broken.find(std::filesystem::path(files[1]).filename().string() + ": line ") == 0);
        CHECK(broken.find("was changed after it was written") != std::string::npos);
    }
    SECTION("the end of one") {
        std::filesystem::resize_file(files[2], std::filesystem::file_size(files[2]) - 5);
        CHECK(stand.check(tail).broken.find("its last line was cut short") != std::string::npos);
    }
    SECTION("the file that is written") {
        std::filesystem::resize_file(stand.path, 0);
        CHECK(stand.check(tail).broken.find("of the journal's account is not there")
              != std::string::npos);
    }
}

TEST_CASE("a full file that cannot be put away keeps no line from the log", "[safety][audit]") {
    AuditStand stand;
    std::vector<std::string> inTheWay;
    for (std::uint64_t number = 1; number < 12; ++number) {
        inTheWay.push_back(fullAuditFile(stand.path.string(), number));
        std::filesystem::create_directory(inTheWay.back());
    }
    auto const tail = fill(stand, 10);
    CHECK(tail.number == 10);
    CHECK(stand.check(tail).broken.empty());
    CHECK(fullFiles(stand).empty());
    for (auto const& folder : inTheWay) {
        std::filesystem::remove(folder);
    }
    auto const after = fill(stand, 1);
    CHECK(fullFiles(stand).size() == 1);
    CHECK(stand.check(after).broken.empty());
}
