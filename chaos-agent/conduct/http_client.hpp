#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "chaos-agent/conduct/http_url.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace boost::asio {
class io_context;
}

namespace shakedown::conduct {

/// How asking ended.
enum class ReplyEnd : std::uint8_t {
    Answered,   // with a status
    TimedOut,   // not whole in time
    Refused,    // nobody listens
    Reset,      // the connection broke
    Unreachable // no such host, no way to it, or no agreement on TLS
};

struct Reply {
    ReplyEnd end = ReplyEnd::Answered;
    int status = 0;  // if answered
    std::string why; // if not: for people
};

/// Asks one URL, on connections that are kept for the next request. A kept connection that turns
/// out closed before the answer began is replaced once (RFC 9112, 9.3.1), as clients do.
///
/// Lives on one thread, that of its `io_context`, and must outlive what it asked; `close()` ends
/// that without a reply.
class HttpClient {
public:
    HttpClient(boost::asio::io_context& io, HttpUrl url);
    ~HttpClient();
    HttpClient(HttpClient const&) = delete;
    HttpClient& operator=(HttpClient const&) = delete;

    /// GET; `onReply` is called once, from the event loop, at most `within` (above 0) later.
    void get(Duration within, std::function<void(Reply const&)> onReply);
    void close();

private:
    class Exchange;
    struct Pool;
    std::shared_ptr<Pool> pool_;
};

} // namespace shakedown::conduct
