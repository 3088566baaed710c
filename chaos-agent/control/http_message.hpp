#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace shakedown::control {

/// A request that has passed the gate.
struct Request {
    std::string method;
    /// Without the query; begins with a slash, still percent-encoded.
    std::string path;
    std::string userAgent; // empty if there was none
    std::string contentType;
    std::string body;
};

/// An answer. Status 204 has no body, and says so.
struct Response {
    unsigned status = 200;
    std::string contentType;
    std::string body;
    /// More fields, such as Allow.
    std::vector<std::pair<std::string, std::string>> fields;
};

using Handler = std::function<Response(Request const&)>;

} // namespace shakedown::control
