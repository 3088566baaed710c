#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace shakedown::conduct {

enum class Scheme : std::uint8_t { Http, Https };

/// What a probe or a live load asks.
struct HttpUrl {
    Scheme scheme = Scheme::Http;
    std::string host; // a name or an address, without brackets
    std::uint16_t port = 80;
    std::string target = "/"; // path and query

    /// As the field Host has it.
    std::string authority() const;
    friend bool operator==(HttpUrl const&, HttpUrl const&) = default;
};

/// Reads "http://127.0.0.1:8080/page?x=1", or says why the text is none (RFC 3986; a fragment stays
/// with the client, a user and a password are refused).
std::variant<HttpUrl, std::string> parseHttpUrl(std::string_view text);

} // namespace shakedown::conduct
