#include "chaos-agent/proxy/http_exchange.hpp"

#include <algorithm>

#include <boost/beast/http/status.hpp>

namespace shakedown::proxy {

namespace {

// More requests in a row without an answer are not followed.
constexpr std::size_t expectedAtMost = 1024;
constexpr std::string_view answerBegin = "HTTP/1.";
constexpr unsigned switchingProtocols = 101;

std::string answerOf(int status) {
    namespace http = boost::beast::http;
    auto const reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(status)));
    std::string text = "HTTP/1.1 " + std::to_string(status) + " "
                       + std::string(reason.data(), reason.size()) + "\r\n";
    if (status != 204 && status != 304) // RFC 9110, 8.6: a 204 has no length
        text += "Content-Length: 0\r\n";
    return text + "Connection: close\r\n\r\n";
}

} // namespace

void HttpExchange::expectAnswer(std::string_view method) {
    expected_.push_back(method == "HEAD");
    if (expected_.size() > expectedAtMost)
        isKnown_ = false;
    if (!isKnown_)
        expected_.clear();
}

void HttpExchange::onServerBytes(std::string_view bytes) {
    lastToSpeak_ = Side::Server;
    while (isKnown_ && !bytes.empty())
        bytes.remove_prefix(body_ ? followBody(bytes) : followHead(bytes));
    if (!isKnown_) {
        expected_.clear();
        head_.clear();
    }
}

std::size_t HttpExchange::followBody(std::string_view bytes) {
    auto const step = body_->follow(bytes);
    if (step.progress == HttpBody::Progress::Odd)
        isKnown_ = false;
    if (step.progress == HttpBody::Progress::Done) {
        body_.reset();
        expected_.pop_front();
    }
    return step.bytes;
}

std::size_t HttpExchange::followHead(std::string_view bytes) {
    if (expected_.empty()) { // nobody asked
        isKnown_ = false;
        return 0;
    }
    std::size_t const before = head_.size();
    head_ += bytes.substr(0, httpHeadAtMost - before);
    auto const found = findHeadEnd(head_, httpHeadAtMost);
    auto const* const end = std::get_if<std::size_t>(&found);
    bool const beginsWell =
        answerBegin.substr(0, head_.size()) == head_.substr(0, answerBegin.size());
    if (end == nullptr || !beginsWell) {
        isKnown_ = false;
        return 0;
    }
    if (*end == 0)
        return head_.size() - before;
    head_.resize(*end);
    onHead(head_);
    head_.clear();
    return *end - before;
}

void HttpExchange::onHead(std::string_view text) {
    auto const head = readAnswerHead(text);
    if (!head || head->status == switchingProtocols) {
        isKnown_ = false;
        return;
    }
    if (head->status < 200)
        return; // the answer itself is still to come
    bool const isBodiless = expected_.front() || head->status == 204 || head->status == 304;
    if (isBodiless || head->body.isEmpty())
        expected_.pop_front();
    else
        body_ = head->body;
}

std::optional<HttpExchange::Ending> HttpExchange::takeEnding() {
    if (!aborted_ || isEnded_ || (isKnown_ && !expected_.empty()))
        return {};
    isEnded_ = true;
    return Ending{isKnown_ ? answerOf(*aborted_) : ""};
}

} // namespace shakedown::proxy
