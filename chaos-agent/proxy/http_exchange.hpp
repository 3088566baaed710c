#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "chaos-agent/proxy/http_change.hpp"
#include "chaos-agent/proxy/http_head.hpp"

namespace shakedown::proxy {

/// The requests and answers of one connection, followed so far that it is known whether every
/// request that was passed on has been answered whole, and answers changed on their way. A machine
/// without socket or clock: it is shown what the server sends and told of the requests.
class HttpExchange {
public:
    /// Whether it sees the connection from its first byte; otherwise it is never known what is
    /// still to be answered.
    enum class Sight : std::uint8_t { Whole, Late };
    enum class Side : std::uint8_t { Client, Server };

    HttpExchange(Sight sight, Side lastToSpeak)
        : lastToSpeak_(lastToSpeak), sight_(sight), isKnown_(sight == Sight::Whole) {}

    Sight sight() const { return sight_; }
    Side lastToSpeak() const { return lastToSpeak_; }
    void onClientBytes() { lastToSpeak_ = Side::Client; }
    /// What goes on to the client instead; nothing if it is these very bytes. The head of an answer
    /// that is to be changed is held until it is whole.
    std::optional<std::string> onServerBytes(std::string_view bytes);
    /// The server's stream has ended: what is still held goes on.
    std::string onServerEnd();

    /// A request goes on to the server. False if its answer cannot be changed, since it is not
    /// known which it is.
    bool expectAnswer(std::string_view method, HttpChange change = {});
    /// Answers that have not begun to come are not changed.
    void forgetChanges();
    /// An answer is being changed: the exchange must see it through.
    bool isChanging() const { return !held_.empty() || drops_ != Drops::Nothing; }
    /// Answers that were changed, since it was asked last.
    std::uint64_t takeChanged() { return std::exchange(changed_, 0); }
    /// What is passed on from now on is not examined, so its answers are not known.
    void loseSight() { isKnown_ = false; }

    /// The next request shall be answered with that status, and none after it.
    void abort(int status, HttpChange change = {}) {
        aborted_ = status;
        answer_ = std::move(change);
    }
    bool isAborted() const { return aborted_.has_value(); }

    struct Ending {
        std::string answer; // empty if what is on its way is not known, so that none may be made up
    };
    /// How the connection ends, once it has been aborted and earlier answers are through; told
    /// once.
    std::optional<Ending> takeEnding();

private:
    struct Expected {
        bool isBodiless; // the answer to HEAD
        HttpChange change;
    };
    // Of the server's bytes. Everything, where a body that was replaced cannot be followed.
    enum class Drops : std::uint8_t { Nothing, Body, Everything };

    // Bytes of the answer's head or body among those shown; what they become is put into `out`.
    std::size_t followHead(std::string_view bytes, std::string& out);
    std::size_t followBody(std::string_view bytes, std::string& out);
    void onHead(std::string_view head, std::string& out);

    std::deque<Expected> expected_;
    std::string head_; // of the answer, as far as it has come
    std::string held_; // of it, what the client has not got
    std::optional<HttpBody> body_;
    std::optional<int> aborted_;
    HttpChange answer_; // to the aborted request
    std::uint64_t changed_ = 0;
    Side lastToSpeak_;
    Sight sight_;
    Drops drops_ = Drops::Nothing;
    bool isKnown_;
    bool isEnded_ = false;
};

} // namespace shakedown::proxy
