#include "chaos-agent/control/request_head.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include "chaos-agent/proxy/http_head.hpp"

namespace shakedown::control {

namespace {

namespace http = boost::beast::http;
using Parser = http::request_parser<http::empty_body>;
using Fields = http::fields;

// The reason why a head is refused, found by the check of that name; nothing if it is fine.
using Finding = std::pair<unsigned, char const*>;
constexpr Finding fine{0, nullptr};
constexpr char const* encodedBody = "a body is taken by its Content-Length only";
constexpr char const* badLength = "the Content-Length is not one number";

Finding checkLines(std::string_view bytes, HttpLimits const& limits) {
    std::size_t const lineEnd = bytes.find("\r\n");
    std::string_view const requestLine = bytes.substr(0, lineEnd);
    std::size_t const first = requestLine.find(' ');
    std::size_t const last = requestLine.rfind(' ');
    if (first == std::string_view::npos || last == first)
        return {400, "not a request line"};
    std::string_view const target = requestLine.substr(first + 1, last - first - 1);
    if (target.size() > limits.targetBytes)
        return {414, "the target is too long"};
    bool const isPath = target.starts_with('/')
                        && std::all_of(target.begin(), target.end(),
                                       [](char c) { return c > ' ' && c < 0x7f && c != '#'; });
    if (!isPath)
        return {400, "the target is not a path"};
    std::size_t fields = 0;
    for (std::size_t at = lineEnd + 2; at + 2 < bytes.size(); at = bytes.find("\r\n", at) + 2) {
        if (bytes[at] == ' ' || bytes[at] == '\t')
            return {400, "a folded field"};
        if (++fields > limits.fields)
            return {431, "too many fields"};
    }
    return fine;
}

Finding checkHost(Fields const& fields) {
    if (fields.count(http::field::host) != 1)
        return {400, "exactly one Host is needed"};
    auto const host = fields[http::field::host];
    bool const readable = !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
        return c > ' ' && c < 0x7f && c != '/' && c != ',' && c != '@' && c != '\\' && c != '"';
    });
    return readable ? fine : Finding{400, "the Host cannot be read"};
}

Finding checkFraming(Fields const& fields, HttpLimits const& limits, std::size_t& length) {
    if (fields.count(http::field::transfer_encoding) > 0)
        return {411, encodedBody};
    auto const count = fields.count(http::field::content_length);
    if (count == 0)
        return fine;
    auto const text = fields[http::field::content_length];
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    bool const isNumber = error == std::errc() && end == text.data() + text.size();
    bool const isHuge = error == std::errc::result_out_of_range && end == text.data() + text.size();
    if (count != 1 || text.empty() || text[0] == '-' || (!isNumber && !isHuge))
        return {400, badLength};
    if (isHuge || length > limits.bodyBytes)
        return {413, "the body is too long"};
    return fine;
}

// A page in a browser must not be able to reach a listener on the same machine.
Finding checkOrigin(Fields const& fields) {
    if (fields.count(http::field::origin) > 0)
        return {403, "requests of web pages are refused"};
    auto const range = fields.equal_range("Sec-Fetch-Site");
    for (auto field = range.first; field != range.second; ++field)
        if (field->value() != "none" && field->value() != "same-origin")
            return {403, "requests of web pages are refused"};
    return fine;
}

Finding checkExpect(Fields const& fields, bool& expectsContinue) {
    auto const expect = fields[http::field::expect];
    if (expect.empty())
        return fine;
    expectsContinue = boost::beast::iequals(expect, "100-continue");
    return expectsContinue ? fine : Finding{417, "that expectation is not met"};
}

// What decides who asks, and what is done, is said once.
Finding checkOnce(Fields const& fields) {
    for (char const* name : {"Authorization", "Idempotency-Key", "Last-Event-ID"})
        if (fields.count(name) > 1)
            return {400, "Authorization, Idempotency-Key and Last-Event-ID are said once"};
    return fine;
}

HttpRefusal refusalOf(Finding finding) {
    return {finding.first, finding.second};
}

std::string textOf(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

} // namespace

std::variant<std::size_t, HttpRefusal> findHeadEnd(std::string_view bytes,
                                                   HttpLimits const& limits) {
    auto const found = proxy::findHeadEnd(bytes, limits.headerBytes);
    if (auto const* end = std::get_if<std::size_t>(&found))
        return *end;
    switch (std::get<proxy::HeadFlaw>(found)) {
    case proxy::HeadFlaw::LineEnd:
        return HttpRefusal{400, "a line does not end in CR LF"};
    case proxy::HeadFlaw::ControlCharacter:
        return HttpRefusal{400, "a control character in the head"};
    case proxy::HeadFlaw::TooLong:
        break;
    }
    return HttpRefusal{431, "the head is too long"};
}

std::variant<RequestHead, HttpRefusal> readHead(std::string_view bytes, HttpLimits const& limits) {
    if (auto const finding = checkLines(bytes, limits); finding != fine)
        return refusalOf(finding);
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits.headerBytes));
    parser.body_limit(std::numeric_limits<std::uint64_t>::max()); // ours is checked below
    boost::system::error_code error;
    parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    if (error == http::error::bad_version)
        return HttpRefusal{505, "HTTP/1.0 and HTTP/1.1 are spoken"};
    // Beast also reads what frames a body; that is said in our words, here and below.
    if (error == http::error::bad_transfer_encoding)
        return HttpRefusal{411, encodedBody};
    if (error == http::error::bad_content_length)
        return HttpRefusal{400, badLength};
    if (error && error != http::error::need_more)
        return HttpRefusal{400, "not HTTP: " + error.message()};
    if (!parser.is_header_done())
        return HttpRefusal{400, "not a whole head"};

    auto const& message = parser.get();
    RequestHead head;
    for (Finding const& finding :
         {checkHost(message), checkFraming(message, limits, head.contentLength),
          checkOrigin(message), checkOnce(message), checkExpect(message, head.expectsContinue)})
        if (finding != fine)
            return refusalOf(finding);
    head.method = textOf(message.method_string());
    std::string const target = textOf(message.target());
    std::size_t const mark = target.find('?');
    head.path = target.substr(0, mark);
    head.query = mark == std::string::npos ? "" : target.substr(mark + 1);
    head.authorization = textOf(message[http::field::authorization]);
    head.idempotencyKey = textOf(message["Idempotency-Key"]);
    head.lastEventId = textOf(message["Last-Event-ID"]);
    head.userAgent = textOf(message[http::field::user_agent]);
    head.contentType = textOf(message[http::field::content_type]);
    head.keepAlive = message.version() == 11 && message.keep_alive();
    return head;
}

} // namespace shakedown::control
