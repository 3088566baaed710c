#include "reports/render/plain_text.hpp"

#include <catch2/catch.hpp>

using namespace shakedown::render;

TEST_CASE("what a terminal would obey becomes a question mark", "[render][text]") {
    CHECK(cleaned("\x1b[31mred") == "?[31mred");
    CHECK(cleaned("a\r\nb\tc\x7f") == "a??b?c?");
    CHECK(cleaned(std::string_view("a\0b", 3)) == "a?b");
    CHECK(cleaned("\xc2\x9b"
                  "31m")
          == "?31m");
    CHECK(cleaned("\xe2\x80\xae"
                  "evil")
          == "?evil");
    CHECK(cleaned("\xff\xc0\xaf") == "???");
}

TEST_CASE("letters of any script stay", "[render][text]") {
    std::string const text = "K\xc3\xbc"
                             "che \xe2\x82\xac \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x9a\xa2";
    CHECK(cleaned(text) == text);
    CHECK(widthOf(text) == 12);
}

TEST_CASE("clipping counts characters and never cuts one", "[render][text]") {
    CHECK(clipped("abcdef", 6) == "abcdef");
    CHECK(clipped("abcdefg", 6) == "abc...");
    CHECK(clipped("\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc", 4) == "\xc3\xbc...");
    CHECK(clipped("abcdef", 2) == "..");
    CHECK(clipped("abcdef", 0).empty());
}

TEST_CASE("padding counts characters", "[render][text]") {
    CHECK(padded("\xc3\xbc", 3) == "\xc3\xbc  ");
    CHECK(padded("abc", 2) == "abc");
}
