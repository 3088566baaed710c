#include "chaos-agent/protocol/http_exchange.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace shakedown::protocol {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Tcp = asio::ip::tcp;
using UnixStream = asio::local::stream_protocol::socket;
using TlsStream = asio::ssl::stream<Tcp::socket>;
using Outcome = std::variant<HttpAnswer, NoAnswer>;
using OnPiece = std::function<Follow(std::string_view piece)>;

constexpr std::uint32_t headAtMost = 16U * 1024;

// Runs one operation at a time, until all of them together have taken too long.
class Clockwork {
public:
    explicit Clockwork(std::chrono::milliseconds within) : deadline_(Clock::now() + within) {}

    asio::io_context& io() { return io_; }

    // `begin` starts an operation with the handler that it is given. What went wrong; timed_out if
    // it is not over in time.
    template <class Begin>
    error_code run(Begin begin) {
        std::optional<error_code> done;
        begin([&done](error_code error, auto&&...) { done = error; });
        io_.restart();
        io_.run_until(deadline_);
        return done ? *done : error_code(asio::error::timed_out);
    }

private:
    asio::io_context io_{1};
    Clock::time_point deadline_;
};

std::string textOf(AgentAddress const& address) {
    if (address.via == AgentAddress::Via::Unix)
        return "unix:" + address.path;
    bool const isV6 = address.host.find(':') != std::string::npos;
    return (address.via == AgentAddress::Via::Http ? "http://" : "https://")
           + (isV6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

struct Talk {
    AgentAddress const& address;
    ClientTls const& tls;
    HttpAsk const& ask;
    ExchangeLimits const& limits;
    OnPiece const* onPiece;
};

NoAnswer noAnswer(Talk const& talk, std::string const& doing, error_code error) {
    return {"no " + talk.ask.who + " answers at " + textOf(talk.address) + ": " + doing + ": "
            + (error == asio::error::timed_out ? "it takes too long" : error.message())};
}

http::request<http::string_body> requestOf(AgentAddress const& address, HttpAsk const& ask) {
    http::request<http::string_body> request;
    request.method_string(ask.method);
    request.target(ask.target);
    request.version(11);
    request.set(http::field::host, address.host.empty() ? "localhost" : address.host);
    request.set(http::field::connection, "close");
    request.set(http::field::user_agent, "shakedown");
    for (auto const& [name, value] : ask.fields)
        request.set(name, value);
    if (!ask.body.empty()) {
        request.set(http::field::content_type, "application/json");
        request.body() = ask.body;
    }
    request.prepare_payload();
    return request;
}

// The conversation, once there is a connection.
template <class Stream>
class Conversation {
public:
    Conversation(Clockwork& clockwork, Stream& stream, Talk const& talk)
        : clockwork_(clockwork), stream_(stream), talk_(talk) {
        parser_.header_limit(headAtMost);
        parser_.body_limit(talk.limits.answerAtMost);
    }

    Outcome run() {
        auto const request = requestOf(talk_.address, talk_.ask);
        // A refusal may come before all is sent: what is to be read is read in any case.
        auto const sent = clockwork_.run(
            [&](auto done) { http::async_write(stream_, request, std::move(done)); });
        auto error = clockwork_.run([&](auto done) {
            http::async_read_header(stream_, buffer_, parser_, std::move(done));
        });
        if (error == http::error::body_limit)
            return tooLong();
        if (error) {
            auto none = noAnswer(talk_, "asking", sent ? sent : error);
            none.isLate = !sent;
            return none;
        }
        unsigned const status = parser_.get().result_int();
        if (talk_.onPiece != nullptr && status == 200)
            return followBody(*talk_.onPiece);
        error = clockwork_.run(
            [&](auto done) { http::async_read(stream_, buffer_, parser_, std::move(done)); });
        if (error == http::error::body_limit)
            return tooLong();
        if (error)
            return noAnswer(talk_, "reading", error);
        return HttpAnswer{status, parser_.get().body()};
    }

private:
    Outcome tooLong() const {
        return NoAnswer{"the answer of " + textOf(talk_.address) + " is too long"};
    }

    Outcome followBody(OnPiece const& onPiece) {
        if (parser_.chunked())
            return NoAnswer{"the events of " + textOf(talk_.address)
                            + " are framed in an unknown way"};
        auto const first = buffer_.data();
        std::string_view piece(static_cast<char const*>(first.data()), first.size());
        std::array<char, 16UL * 1024> bytes{};
        for (;;) {
            if (!piece.empty() && onPiece(piece) == Follow::End)
                return HttpAnswer{200, ""};
            std::size_t count = 0;
            auto const error = clockwork_.run([&](auto done) {
                stream_.async_read_some(asio::buffer(bytes),
                                        [&count, done](error_code e, std::size_t n) mutable {
                                            count = n;
                                            done(e);
                                        });
            });
            if (error == asio::error::timed_out)
                return HttpAnswer{200, ""};
            if (error)
                return noAnswer(talk_, "following", error);
            piece = std::string_view(bytes.data(), count);
        }
    }

    Clockwork& clockwork_;
    Stream& stream_;
    Talk const& talk_;
    boost::beast::flat_buffer buffer_;
    http::response_parser<http::string_body> parser_;
};

Outcome overUnix(Talk const& talk) {
    Clockwork clockwork(talk.limits.within);
    UnixStream stream(clockwork.io());
    auto const error = clockwork.run([&](auto done) {
        stream.async_connect(asio::local::stream_protocol::endpoint(talk.address.path),
                             std::move(done));
    });
    if (error)
        return noAnswer(talk, "connecting", error);
    return Conversation(clockwork, stream, talk).run();
}

error_code connect(Clockwork& clockwork, Tcp::socket& socket, AgentAddress const& address) {
    Tcp::resolver resolver(clockwork.io());
    Tcp::resolver::results_type found;
    auto const error = clockwork.run([&](auto done) {
        resolver.async_resolve(
            address.host, std::to_string(address.port),
            [&found, done](error_code e, Tcp::resolver::results_type const& results) mutable {
                found = results;
                done(e);
            });
    });
    if (error)
        return error;
    return clockwork.run([&](auto done) { asio::async_connect(socket, found, std::move(done)); });
}

Outcome overHttp(Talk const& talk) {
    Clockwork clockwork(talk.limits.within);
    Tcp::socket socket(clockwork.io());
    if (auto const error = connect(clockwork, socket, talk.address))
        return noAnswer(talk, "connecting", error);
    return Conversation(clockwork, socket, talk).run();
}

// What is wrong with the files, empty if they do.
std::string prepare(asio::ssl::context& context, ClientTls const& tls) {
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    error_code error;
    context.set_verify_mode(asio::ssl::verify_peer, error);
    if (tls.authority.empty())
        context.set_default_verify_paths(error);
    else
        context.load_verify_file(tls.authority, error);
    if (error)
        return tls.authority + ": " + error.message();
    if (tls.certificate.empty())
        return "";
    context.use_certificate_chain_file(tls.certificate, error);
    if (error)
        return tls.certificate + ": " + error.message();
    context.use_private_key_file(tls.key, asio::ssl::context::pem, error);
    return error ? tls.key + ": " + error.message() : "";
}

Outcome overHttps(Talk const& talk) {
    asio::ssl::context context(asio::ssl::context::tls_client);
    if (auto why = prepare(context, talk.tls); !why.empty())
        return NoAnswer{std::move(why)};
    Clockwork clockwork(talk.limits.within);
    TlsStream stream(clockwork.io(), context);
    stream.set_verify_callback(asio::ssl::host_name_verification(talk.address.host));
    SSL_set_tlsext_host_name(stream.native_handle(), talk.address.host.c_str());
    if (auto const error = connect(clockwork, stream.next_layer(), talk.address))
        return noAnswer(talk, "connecting", error);
    auto const error = clockwork.run([&](auto done) {
        stream.async_handshake(asio::ssl::stream_base::client, std::move(done));
    });
    if (error)
        return noAnswer(talk, "agreeing on TLS", error);
    return Conversation(clockwork, stream, talk).run();
}

Outcome talkTo(Talk const& talk) {
    switch (talk.address.via) {
    case AgentAddress::Via::Unix:
        return overUnix(talk);
    case AgentAddress::Via::Http:
        return overHttp(talk);
    case AgentAddress::Via::Https:
        break;
    }
    return overHttps(talk);
}

} // namespace

Outcome exchange(AgentAddress const& address, ClientTls const& tls, HttpAsk const& ask,
                 ExchangeLimits const& limits) {
    return talkTo({address, tls, ask, limits, nullptr});
}

Outcome follow(AgentAddress const& address, ClientTls const& tls, HttpAsk const& ask,
               ExchangeLimits const& limits, OnPiece const& onPiece) {
    return talkTo({address, tls, ask, limits, &onPiece});
}

} // namespace shakedown::protocol
