#include "chaos-agent/control/response_text.hpp"

#include <boost/beast/http/status.hpp>

namespace shakedown::control {

std::string textOf(Response const& response, KeepAlive keepAlive) {
    auto const reason =
        boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(response.status));
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " "
                       + std::string(reason.data(), reason.size()) + "\r\n";
    if (!response.body.empty() || response.feed)
        text += "Content-Type: " + response.contentType + "\r\n";
    if (response.status != 204 && !response.feed)
        text += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    for (auto const& [name, value] : response.fields)
        text += name + ": " + value + "\r\n";
    text += "X-Content-Type-Options: nosniff\r\n";
    text += keepAlive == KeepAlive::Yes ? "\r\n" : "Connection: close\r\n\r\n";
    return text + response.body;
}

} // namespace shakedown::control
