#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "chaos-agent/control/feed.hpp"
#include "chaos-agent/control/peer_identity.hpp"

namespace shakedown::control {

/// A request that has passed the gate.
struct Request {
    std::string method;
    /// Without the query; begins with a slash, still percent-encoded.
    std::string path;
    std::string userAgent; // empty if there was none
    std::string contentType;
    std::string body;
    std::string query = {}; // behind the question mark, still percent-encoded
    std::string authorization = {};
    std::string idempotencyKey = {};
    std::string lastEventId = {};
    PeerIdentity peer = {};
};

/// An answer. Status 204 has no body, and says so.
struct Response {
    unsigned status = 200;
    std::string contentType;
    std::string body;
    /// More fields, such as Allow.
    std::vector<std::pair<std::string, std::string>> fields;
    /// What follows the body, until one side ends the connection.
    std::shared_ptr<Feed> feed = {};
};

using Handler = std::function<Response(Request const&)>;

} // namespace shakedown::control
