#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "chaos-agent/conduct/response_reader.hpp"

using shakedown::conduct::ResponseReader;
using State = ResponseReader::State;

namespace {

// However it is cut, the outcome is the same.
struct Seen {
    State state;
    int status;
    bool keepsAlive;
    friend bool operator==(Seen const&, Seen const&) = default;
};

Seen readInPieces(std::string const& text, std::size_t piece, bool isEnd) {
    ResponseReader reader;
    for (std::size_t at = 0; at < text.size(); at += piece) {
        reader.take(std::string_view(text).substr(at, piece));
    }
    if (isEnd) {
        reader.end();
    }
    return {reader.state(), reader.status(), reader.keepsAlive()};
}

Seen readAnyhow(std::string const& text, bool isEnd = false) {
    Seen const whole = readInPieces(text, text.size() + 1, isEnd);
    for (std::size_t piece = 1; piece < text.size(); ++piece) {
        INFO(text << " in pieces of " << piece);
        CHECK(readInPieces(text, piece, isEnd) == whole);
    }
    return whole;
}

} // namespace

TEST_CASE("an answer with a length is whole with its last byte", "[agent][conduct][http]") {
    std::string const text = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n";
    CHECK(readAnyhow(text) == Seen{State::Done, 200, true});
    CHECK(readAnyhow(text.substr(0, text.size() - 1)).state == State::Reading);
    CHECK(readAnyhow(text + "x").state == State::Broken);
    CHECK(readAnyhow(text.substr(0, text.size() - 1), true).state == State::Broken);
}

TEST_CASE("an answer in chunks is whole with its last line", "[agent][conduct][http]") {
    std::string const head = "HTTP/1.1 500 No\r\nTransfer-Encoding: gzip, chunked\r\n\r\n";
    CHECK(readAnyhow(head + "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n")
          == Seen{State::Done, 500, true});
    CHECK(readAnyhow(head + "0\r\nTrailer: x\r\n\r\n").state == State::Done);
    CHECK(readAnyhow(head + "3\r\nabcd\r\n").state == State::Broken);
    CHECK(readAnyhow(head + "x\r\n").state == State::Broken);
    CHECK(readAnyhow(head + "3\r\nabc\r\n").state == State::Reading);
}

TEST_CASE("an answer without a length ends with its stream", "[agent][conduct][http]") {
    std::string const text = "HTTP/1.0 404\r\nServer: x\r\n\r\nnot here";
    CHECK(readAnyhow(text).state == State::Reading);
    CHECK(readAnyhow(text, true) == Seen{State::Done, 404, false});
    CHECK(readAnyhow("HTTP/1.0 404\r\nServer", true).state == State::Broken);
}

TEST_CASE("what has no body has none", "[agent][conduct][http]") {
    CHECK(readAnyhow("HTTP/1.1 204 No Content\r\n\r\n") == Seen{State::Done, 204, true});
    CHECK(readAnyhow("HTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n").state == State::Done);
    CHECK(readAnyhow("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").state == State::Done);
}

TEST_CASE("a word before the answer is passed over", "[agent][conduct][http]") {
    CHECK(readAnyhow("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                     "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
          == Seen{State::Done, 200, true});
}

TEST_CASE("a connection ends when its answer says so", "[agent][conduct][http]") {
    std::string const rest = "Content-Length: 0\r\n\r\n";
    CHECK_FALSE(readAnyhow("HTTP/1.1 200 OK\r\nConnection: Close\r\n" + rest).keepsAlive);
    CHECK_FALSE(readAnyhow("HTTP/1.0 200 OK\r\n" + rest).keepsAlive);
    CHECK(readAnyhow("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + rest).keepsAlive);
}

TEST_CASE("what is no answer of HTTP/1 breaks", "[agent][conduct][http]") {
    for (std::string const text :
         {"SSH-2.0-x\r\n", "HTTP/2 200 OK\r\n", "HTTP/1.1 20 OK\r\n", "HTTP/1.1 999 OK\r\n",
          "HTTP/1.1 200OK\r\n", "HTTP/1.1 200 OK\r\nnonsense\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 3x\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n"}) {
        INFO(text);
        CHECK(readAnyhow(text).state == State::Broken);
    }
    CHECK(readInPieces("HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x'), 1000, false).state
          == State::Broken);
}
