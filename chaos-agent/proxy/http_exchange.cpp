#include "chaos-agent/proxy/http_exchange.hpp"

#include <algorithm>

#include <boost/beast/http/status.hpp>

namespace shakedown::proxy {

namespace {

// More requests in a row without an answer are not followed.
constexpr std::size_t expectedAtMost = 1024;
constexpr std::string_view answerBegin = "HTTP/1.";
constexpr unsigned switchingProtocols = 101;

std::string answerOf(int status, HttpChange const& change) {
    namespace http = boost::beast::http;
    auto const reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(status)));
    bool const isBodiless = status == 204 || status == 304;
    std::string head = "HTTP/1.1 " + std::to_string(status) + " "
                       + std::string(reason.data(), reason.size()) + "\r\n";
    if (!isBodiless) // RFC 9110, 8.6: a 204 has no length
        head += "Content-Length: 0\r\n";
    head = changedHead(head + "Connection: close\r\n\r\n", change,
                       isBodiless ? Bodiless::Yes : Bodiless::No);
    return isBodiless ? head : head + change.body.value_or("");
}

} // namespace

bool HttpExchange::expectAnswer(std::string_view method, HttpChange change) {
    bool const isChanged = !change.empty();
    expected_.push_back({method == "HEAD", std::move(change)});
    if (expected_.size() > expectedAtMost)
        isKnown_ = false;
    if (!isKnown_)
        expected_.clear();
    return isKnown_ || !isChanged;
}

void HttpExchange::forgetChanges() {
    // The first is on its way already where some of its head is held.
    for (std::size_t i = held_.empty() ? 0 : 1; i < expected_.size(); ++i)
        expected_[i].change = {};
}

std::optional<std::string> HttpExchange::onServerBytes(std::string_view bytes) {
    lastToSpeak_ = Side::Server;
    bool const mayDiffer = isChanging()
                           || std::any_of(expected_.begin(), expected_.end(),
                                          [](Expected const& one) { return !one.change.empty(); });
    std::string out;
    while (isKnown_ && !bytes.empty())
        bytes.remove_prefix(body_ ? followBody(bytes, out) : followHead(bytes, out));
    if (!isKnown_) {
        out += std::exchange(held_, {});
        if (drops_ != Drops::Nothing)
            drops_ = Drops::Everything;
        else
            out += bytes;
        expected_.clear();
        head_.clear();
    }
    return mayDiffer ? std::optional(std::move(out)) : std::nullopt;
}

std::string HttpExchange::onServerEnd() {
    isKnown_ = false;
    drops_ = Drops::Nothing;
    return std::exchange(held_, {});
}

std::size_t HttpExchange::followBody(std::string_view bytes, std::string& out) {
    auto const step = body_->follow(bytes);
    if (drops_ == Drops::Nothing)
        out += bytes.substr(0, step.bytes);
    if (step.progress == HttpBody::Progress::Odd)
        isKnown_ = false;
    if (step.progress == HttpBody::Progress::Done) {
        drops_ = Drops::Nothing;
        body_.reset();
        expected_.pop_front();
    }
    return step.bytes;
}

std::size_t HttpExchange::followHead(std::string_view bytes, std::string& out) {
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
    std::size_t const taken = *end == 0 ? head_.size() - before : *end - before;
    held_ += bytes.substr(0, taken);
    if (*end == 0) {
        if (expected_.front().change.empty())
            out += std::exchange(held_, {});
        return taken;
    }
    head_.resize(*end);
    onHead(head_, out);
    head_.clear();
    return taken;
}

void HttpExchange::onHead(std::string_view text, std::string& out) {
    auto const head = readAnswerHead(text);
    if (!head || head->status == switchingProtocols)
        isKnown_ = false;
    if (!isKnown_ || head->status < 200) { // after less than 200 the answer itself is still to come
        out += std::exchange(held_, {});
        return;
    }
    auto const& [isForHead, change] = expected_.front();
    bool const isBodiless = isForHead || head->status == 204 || head->status == 304;
    bool const isReplaced = change.body && !isBodiless;
    if (change.empty()) {
        out += held_;
    } else {
        out += changedHead(text, change, isBodiless ? Bodiless::Yes : Bodiless::No);
        out += isReplaced ? *change.body : "";
        ++changed_;
    }
    held_.clear();
    if (isBodiless || head->body.isEmpty()) {
        expected_.pop_front();
        return;
    }
    drops_ = isReplaced ? Drops::Body : Drops::Nothing;
    body_ = head->body;
}

std::optional<HttpExchange::Ending> HttpExchange::takeEnding() {
    if (!aborted_ || isEnded_ || (isKnown_ && !expected_.empty()))
        return {};
    isEnded_ = true;
    return Ending{isKnown_ ? answerOf(*aborted_, answer_) : ""};
}

} // namespace shakedown::proxy
