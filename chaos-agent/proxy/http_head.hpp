#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "chaos-agent/proxy/http_body.hpp"

namespace shakedown::proxy {

/// The longest head that is examined in proxied traffic, in bytes.
inline constexpr std::size_t httpHeadAtMost = 16 * 1024;

/// Why bytes cannot be the head of an HTTP message.
enum class HeadFlaw : std::uint8_t { LineEnd, ControlCharacter, TooLong };

/// Where the head ends (behind its empty line), 0 if more bytes are needed, or its flaw as soon as
/// a line does not end in CR LF, a control character stands in it or it is `atMost` long.
std::variant<std::size_t, HeadFlaw> findHeadEnd(std::string_view bytes, std::size_t atMost);

/// What can be known of a request's head before it is whole: false as soon as the bytes cannot
/// begin a request that readRequestHead() would take. Protocols other than HTTP are told by their
/// first bytes this way, mostly by the very first.
bool mayBeginRequest(std::string_view bytes);

/// The head of a request that is understood for certain.
struct RequestHead {
    std::string method;
    std::string path; // as sent, without the query
    HttpBody body;
    bool isLast = false; // no other request follows on the connection
};

/// Reads a whole head, strictly: upper-case method, a path or `*` as target, HTTP/1.0 or 1.1, one
/// Host (1.0 may lack it), a body framed in one way only. Nothing for anything else, such as
/// CONNECT, Upgrade, folded fields, a list of lengths or a coding other than chunked.
std::optional<RequestHead> readRequestHead(std::string_view head);

/// The head of an answer that is understood for certain.
struct AnswerHead {
    unsigned status = 0; // 100 to 599
    HttpBody body;       // as its fields say; without any the answer lasts to the end of the stream
};

/// Reads a whole head as strictly. Nothing for anything else.
std::optional<AnswerHead> readAnswerHead(std::string_view head);

} // namespace shakedown::proxy
