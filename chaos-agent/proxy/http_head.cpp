#include "chaos-agent/proxy/http_head.hpp"

#include <algorithm>
#include <charconv>

#include "chaos-agent/proxy/http_text.hpp"

namespace shakedown::proxy {

namespace {

constexpr std::size_t methodAtMost = 24;
constexpr std::size_t lengthDigitsAtMost = 18; // fits 64 bits

using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

bool isMethodCharacter(char c) {
    return (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::string_view firstLine(std::string_view head) {
    return head.substr(0, head.find("\r\n"));
}

// Nothing if a line is no field: folded, without a colon, a name that is no token.
std::optional<Fields> readFields(std::string_view head) {
    Fields fields;
    head.remove_prefix(firstLine(head).size() + 2);
    while (head != "\r\n") {
        std::string_view const line = firstLine(head);
        std::size_t const colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0)
            return {};
        std::string_view const name = line.substr(0, colon);
        if (!std::all_of(name.begin(), name.end(), isTokenCharacter))
            return {};
        fields.emplace_back(name, trimmed(line.substr(colon + 1)));
        head.remove_prefix(line.size() + 2);
    }
    return fields;
}

std::size_t countOf(Fields const& fields, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(fields.begin(), fields.end(),
                      [&](auto const& field) { return sameButForCase(field.first, name); }));
}

// Empty if there is none; of several the first.
std::string_view valueOf(Fields const& fields, std::string_view name) {
    for (auto const& [key, value] : fields)
        if (sameButForCase(key, name))
            return value;
    return {};
}

// A list of tokens, as in Connection, holds that token.
bool lists(Fields const& fields, std::string_view name, std::string_view token) {
    for (auto const& [key, value] : fields) {
        if (!sameButForCase(key, name))
            continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            std::size_t const comma = std::min(rest.find(','), rest.size());
            if (sameButForCase(trimmed(rest.substr(0, comma)), token))
                return true;
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return false;
}

// `otherwise` where no field frames a body; nothing where fields do so in any but one plain way.
std::optional<HttpBody> readFraming(Fields const& fields, bool isOneOne, HttpBody otherwise) {
    std::size_t const codings = countOf(fields, "Transfer-Encoding");
    std::size_t const lengths = countOf(fields, "Content-Length");
    if (codings + lengths > 1)
        return {};
    if (codings == 1) {
        bool const isPlain = sameButForCase(valueOf(fields, "Transfer-Encoding"), "chunked");
        return isPlain && isOneOne ? std::optional(HttpBody::chunked()) : std::nullopt;
    }
    if (lengths == 0)
        return otherwise;
    std::string_view const digits = valueOf(fields, "Content-Length");
    if (digits.empty() || digits.size() > lengthDigitsAtMost
        || !std::all_of(digits.begin(), digits.end(), isDigit))
        return {};
    std::uint64_t length = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), length);
    return HttpBody::ofLength(length);
}

struct RequestLine {
    std::string_view method;
    std::string_view target;
    bool isOneOne;
};

std::optional<RequestLine> readRequestLine(std::string_view line) {
    std::size_t const first = line.find(' ');
    std::size_t const last = line.rfind(' ');
    if (first == std::string_view::npos || first == last || first == 0 || first > methodAtMost)
        return {};
    RequestLine read{line.substr(0, first), line.substr(first + 1, last - first - 1), true};
    std::string_view const version = line.substr(last + 1);
    read.isOneOne = version == "HTTP/1.1";
    bool const isPath = read.target.starts_with('/') || read.target == "*";
    bool const isPlain = std::all_of(read.target.begin(), read.target.end(),
                                     [](char c) { return c > ' ' && c < 0x7f && c != '#'; });
    if ((!read.isOneOne && version != "HTTP/1.0") || !isPath || !isPlain
        || !std::all_of(read.method.begin(), read.method.end(), isMethodCharacter)
        || read.method == "CONNECT")
        return {};
    return read;
}

} // namespace

std::variant<std::size_t, HeadFlaw> findHeadEnd(std::string_view bytes, std::size_t atMost) {
    std::string_view const head = bytes.substr(0, atMost);
    for (std::size_t i = 0; i < head.size(); ++i) {
        char const c = head[i];
        bool const afterReturn = i > 0 && head[i - 1] == '\r';
        if ((c == '\n') != afterReturn)
            return HeadFlaw::LineEnd;
        if ((c >= 0 && c < ' ' && c != '\r' && c != '\n' && c != '\t') || c == 0x7f)
            return HeadFlaw::ControlCharacter;
        if (c == '\n' && i >= 3 && head[i - 2] == '\n')
            return i + 1;
    }
    if (bytes.size() >= atMost)
        return HeadFlaw::TooLong;
    return std::size_t{0};
}

bool mayBeginRequest(std::string_view bytes) {
    if (bytes.find("\r\n") != std::string_view::npos)
        return readRequestLine(firstLine(bytes)).has_value();
    std::string_view const method = bytes.substr(0, bytes.find(' '));
    if (method.size() > methodAtMost
        || !std::all_of(method.begin(), method.end(), isMethodCharacter))
        return false;
    std::string_view const rest = bytes.substr(method.size());
    return rest.empty()
           || (!method.empty() && (rest.size() == 1 || rest[1] == '/' || rest[1] == '*'));
}

std::optional<RequestHead> readRequestHead(std::string_view head) {
    auto const line = readRequestLine(firstLine(head));
    if (!line)
        return {};
    auto const fields = readFields(head);
    if (!fields || countOf(*fields, "Upgrade") > 0 || lists(*fields, "Connection", "upgrade"))
        return {};
    std::size_t const hosts = countOf(*fields, "Host");
    if (hosts > 1 || (hosts == 0 && line->isOneOne))
        return {};
    auto const body = readFraming(*fields, line->isOneOne, HttpBody::ofLength(0));
    if (!body)
        return {};
    bool const isLast = lists(*fields, "Connection", "close")
                        || (!line->isOneOne && !lists(*fields, "Connection", "keep-alive"));
    return RequestHead{std::string(line->method),
                       std::string(line->target.substr(0, line->target.find('?'))), *body, isLast};
}

std::optional<AnswerHead> readAnswerHead(std::string_view head) {
    std::string_view const line = firstLine(head);
    bool const isOneOne = line.starts_with("HTTP/1.1 ");
    if (!isOneOne && !line.starts_with("HTTP/1.0 "))
        return {};
    std::string_view const digits = line.substr(9, 3);
    bool const isNumber = digits.size() == 3 && std::all_of(digits.begin(), digits.end(), isDigit)
                          && (line.size() == 12 || line[12] == ' ');
    if (!isNumber || digits[0] < '1' || digits[0] > '5')
        return {};
    auto const fields = readFields(head);
    if (!fields)
        return {};
    auto const body = readFraming(*fields, isOneOne, HttpBody::toTheEnd());
    if (!body)
        return {};
    unsigned status = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), status);
    return AnswerHead{status, *body};
}

} // namespace shakedown::proxy
