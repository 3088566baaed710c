#include "chaos-agent/conduct/http_url.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace shakedown::conduct {

namespace {

constexpr std::size_t longest = 4096;

std::uint16_t usualPort(Scheme scheme) {
    return scheme == Scheme::Http ? 80 : 443;
}

std::optional<std::uint16_t> portOf(std::string_view text) {
    std::uint16_t port = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    bool const isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole && port > 0 ? std::optional(port) : std::nullopt;
}

// What must not reach the line of a request.
bool isPlain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

} // namespace

std::string HttpUrl::authority() const {
    bool const isV6 = host.find(':') != std::string::npos;
    std::string text = isV6 ? "[" + host + "]" : host;
    if (port != usualPort(scheme))
        text += ":" + std::to_string(port);
    return text;
}

std::variant<HttpUrl, std::string> parseHttpUrl(std::string_view text) {
    auto const refuse = [&](std::string const& why) {
        return "'" + std::string(text.substr(0, 100)) + "' " + why;
    };
    if (text.size() > longest || !isPlain(text))
        return refuse("is no URL: too long, or with spaces or letters beyond ASCII");
    HttpUrl url;
    std::string_view rest = text;
    if (rest.starts_with("http://")) {
        rest.remove_prefix(7);
    } else if (rest.starts_with("https://")) {
        url.scheme = Scheme::Https;
        rest.remove_prefix(8);
    } else {
        return refuse("is no URL: it begins with http:// or https://");
    }
    rest = rest.substr(0, rest.find('#'));
    auto const pathAt = rest.find_first_of("/?");
    std::string_view authority = rest.substr(0, pathAt);
    if (pathAt != std::string_view::npos)
        url.target = (rest[pathAt] == '?' ? "/" : "") + std::string(rest.substr(pathAt));
    if (authority.find('@') != std::string_view::npos)
        return refuse("has a user; a scenario holds no secrets");

    url.port = usualPort(url.scheme);
    if (authority.starts_with('[')) {
        auto const end = authority.find(']');
        if (end == std::string_view::npos)
            return refuse("has a '[' that is not closed");
        url.host = authority.substr(1, end - 1);
        authority.remove_prefix(end + 1);
    } else {
        auto const colon = authority.find(':');
        url.host = authority.substr(0, colon);
        authority = colon == std::string_view::npos ? "" : authority.substr(colon);
    }
    if (url.host.empty())
        return refuse("names no host");
    if (!authority.empty()) {
        auto const port = authority.front() == ':' ? portOf(authority.substr(1)) : std::nullopt;
        if (!port)
            return refuse("has a port that is no number from 1 to 65535");
        url.port = *port;
    }
    return url;
}

} // namespace shakedown::conduct
