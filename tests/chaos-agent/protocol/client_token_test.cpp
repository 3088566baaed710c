// Where the client's token comes from.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "chaos-agent/protocol/client.hpp"
#include "chaos-agent/protocol/client_token.hpp"

using namespace shakedown::protocol;

namespace {

// A file of that content and mode, gone with this.
class TokenFile {
public:
    explicit TokenFile(std::string const& content, unsigned mode = 0600) {
        std::string name = (std::filesystem::temp_directory_path() / "token-XXXXXX").string();
        int const descriptor = mkstemp(name.data());
        REQUIRE(descriptor >= 0);
        close(descriptor);
        path = name;
        std::ofstream(path) << content;
        std::filesystem::permissions(path, std::filesystem::perms(mode));
    }
    ~TokenFile() { std::filesystem::remove(path); }
    TokenFile(TokenFile const&) = delete;
    TokenFile& operator=(TokenFile const&) = delete;

    std::string path;
};

std::string whyNot(std::string const& file) {
    auto const read = readToken(file);
    auto const* why = std::get_if<std::string>(&read);
    return why == nullptr ? "" : *why;
}

} // namespace

TEST_CASE("a token is read from its file, without the line's end", "[protocol][token]") {
    REQUIRE(std::get<Token>(readToken(TokenFile("sd_0123\n").path)).text == "sd_0123");
    REQUIRE(std::get<Token>(readToken(TokenFile("sd_0123\r\n", 0640).path)).text == "sd_0123");
    std::string const longest(512, 'a');
    REQUIRE(std::get<Token>(readToken(TokenFile(longest).path)).text == longest);
}

TEST_CASE("a file that everybody can read, or without a token, is refused", "[protocol][token]") {
    REQUIRE(whyNot(TokenFile("sd_0123\n", 0644).path).find("open to everybody")
            != std::string::npos);
    for (std::string const& bad :
         {std::string(), std::string("\n"), std::string("a b"), std::string("secret\nsecret"),
          std::string("secret\0", 7), std::string(513, 'a'), std::string("\xc3\xa4")}) {
        std::string const why = whyNot(TokenFile(bad).path);
        REQUIRE(why.find("holds no token") != std::string::npos);
        REQUIRE(why.find("secret") == std::string::npos);
    }
    REQUIRE(whyNot("/nowhere/token") == "/nowhere/token: No such file or directory");
    REQUIRE(whyNot("/tmp") == "/tmp is no file");
}

TEST_CASE("without a file the environment may have the token", "[protocol][token]") {
    unsetenv(tokenVariable);
    REQUIRE(std::get<Token>(readToken("")).text.empty());
    setenv(tokenVariable, "sd_0123", 1);
    REQUIRE(std::get<Token>(readToken("")).text == "sd_0123");
    REQUIRE(std::get<Token>(readToken(TokenFile("sd_4567").path)).text == "sd_4567");
    setenv(tokenVariable, "two words", 1);
    REQUIRE(whyNot("").find(tokenVariable) == 0);
    unsetenv(tokenVariable);
}
