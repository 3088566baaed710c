#include "tests/chaos-agent/control/http_corpus.hpp"

#include <fstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/environment.hpp"

namespace shakedown::tests {

namespace {

std::string decoded(std::string const& base64) {
    static std::string const letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (char const c : base64) {
        auto const value = letters.find(c);
        if (value == std::string::npos) {
            break;
        }
        bits = bits << 6U | static_cast<unsigned>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 0xffU);
        }
    }
    return bytes;
}

} // namespace

std::vector<CorpusRequest> malformedRequests() {
    std::ifstream in(samples() / "corpora" / "http1-llhttp.jsonl");
    if (!in) {
        WARN("skipped: no samples at " << samples());
        return {};
    }
    std::vector<CorpusRequest> requests;
    for (std::string line; std::getline(in, line);) {
        auto const entry = nlohmann::json::parse(line);
        if (entry["type"] == "request" && entry["expect"] == "reject") {
            requests.push_back(
                {entry["src"].get<std::string>() + ": " + entry["title"].get<std::string>(),
                 decoded(entry["b64"])});
        }
    }
    REQUIRE(requests.size() > 30);
    return requests;
}

bool isRefusedInTheEnd(std::string const& answers) {
    constexpr std::size_t width = 9;
    std::string last;
    for (auto at = answers.find("HTTP/1.1 "); at != std::string::npos;
         at = answers.find("HTTP/1.1 ", at + 1)) {
        std::string const status = answers.substr(at + width, 3);
        if (status.find_first_not_of("0123456789") == std::string::npos) { // else it is in a text
            last = status;
        }
    }
    return last.empty() || last[0] == '4' || last == "505";
}

} // namespace shakedown::tests
