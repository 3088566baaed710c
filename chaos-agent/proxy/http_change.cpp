#include "chaos-agent/proxy/http_change.hpp"

#include <algorithm>
#include <array>

#include "chaos-agent/proxy/http_text.hpp"

namespace shakedown::proxy {

namespace {

template <std::size_t N>
bool isAmong(std::array<std::string_view, N> const& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view one) { return sameButForCase(one, name); });
}

// RFC 9112, 6 and 9; RFC 9110, 7.6.
constexpr std::array<std::string_view, 7> framing{
    "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Trailer", "Upgrade", "TE"};
// They speak of a body that is not sent (RFC 9110, 8; RFC 9530; RFC 9111, 5).
constexpr std::array<std::string_view, 10> ofTheBody{"Content-Length", "Transfer-Encoding",
                                                     "Trailer",        "Content-Encoding",
                                                     "Content-Range",  "Content-MD5",
                                                     "Digest",         "Content-Digest",
                                                     "Repr-Digest",    "ETag"};

} // namespace

std::string flawOfField(std::string_view name, std::string_view value) {
    constexpr std::size_t nameAtMost = 256;
    constexpr std::size_t valueAtMost = 4096;
    std::string const told(name.substr(0, nameAtMost));
    if (name.empty() || name.size() > nameAtMost
        || !std::all_of(name.begin(), name.end(), isTokenCharacter))
        return "'" + told + "' is no name of a header";
    if (isAmong(framing, name))
        return told + " says how a message is framed, and is not changed";
    bool const isPlain =
        std::all_of(value.begin(), value.end(),
                    [](char c) { return c == '\t' || static_cast<unsigned char>(c) >= ' '; })
        && value.find('\x7f') == std::string_view::npos;
    if (!isPlain || value.size() > valueAtMost)
        return "the value of " + told + " must be one line of at most "
               + std::to_string(valueAtMost) + " bytes";
    return "";
}

std::string changedHead(std::string_view head, HttpChange const& change, Bodiless bodiless) {
    bool const hasNewBody = change.body && bodiless == Bodiless::No;
    auto const goes = [&](std::string_view line) {
        auto const name = line.substr(0, line.find(':'));
        return (hasNewBody && isAmong(ofTheBody, name))
               || std::any_of(change.fields.begin(), change.fields.end(),
                              [&](auto const& field) { return sameButForCase(field.first, name); });
    };
    std::size_t const first = head.find("\r\n") + 2;
    std::string text(head.substr(0, first));
    head.remove_prefix(first);
    while (head != "\r\n" && !head.empty()) {
        std::string_view const line = head.substr(0, head.find("\r\n") + 2);
        if (!goes(line))
            text += line;
        head.remove_prefix(line.size());
    }
    for (auto field = change.fields.begin(); field != change.fields.end(); ++field) {
        bool const isOverruled =
            std::any_of(field + 1, change.fields.end(), [&](auto const& later) {
                return sameButForCase(later.first, field->first);
            });
        if (!isOverruled)
            text += field->first + ": " + field->second + "\r\n";
    }
    if (hasNewBody)
        text += "Content-Length: " + std::to_string(change.body->size()) + "\r\n";
    return text + "\r\n";
}

} // namespace shakedown::proxy
