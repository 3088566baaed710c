#include "chaos-agent/conduct/http_client.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "chaos-agent/conduct/response_reader.hpp"

namespace shakedown::conduct {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

constexpr std::size_t keptAtMost = 64;

} // namespace

// A connection, in the clear or not.
class Wire {
public:
    Wire(asio::io_context& io, asio::ssl::context* tls, std::string const& host) : socket_(io) {
        if (tls == nullptr)
            return;
        tls_.emplace(socket_, *tls);
        tls_->set_verify_callback(asio::ssl::host_name_verification(host));
        SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str());
    }

    Tcp::socket& socket() { return socket_; }
    template <class Handler>
    void agree(Handler handler) {
        if (tls_)
            tls_->async_handshake(asio::ssl::stream_base::client, std::move(handler));
        else
            asio::post(socket_.get_executor(),
                       [handler = std::move(handler)]() mutable { handler(error_code()); });
    }
    template <class Handler>
    void write(std::string const& bytes, Handler handler) {
        if (tls_)
            asio::async_write(*tls_, asio::buffer(bytes), std::move(handler));
        else
            asio::async_write(socket_, asio::buffer(bytes), std::move(handler));
    }
    template <class Handler>
    void read(asio::mutable_buffer into, Handler handler) {
        if (tls_)
            tls_->async_read_some(into, std::move(handler));
        else
            socket_.async_read_some(into, std::move(handler));
    }

private:
    Tcp::socket socket_;
    std::optional<asio::ssl::stream<Tcp::socket&>> tls_;
};

namespace {

Reply replyTo(error_code error, std::string const& doing) {
    std::string const why = doing + ": " + error.message();
    if (error == asio::error::connection_refused)
        return {ReplyEnd::Refused, 0, why};
    bool const isBroken = error == asio::error::connection_reset || error == asio::error::eof
                          || error == asio::error::broken_pipe
                          || error == asio::error::connection_aborted
                          || error == asio::ssl::error::stream_truncated;
    return {isBroken ? ReplyEnd::Reset : ReplyEnd::Unreachable, 0, why};
}

} // namespace

// What exchanges share; they keep it, so that a handler that comes late finds it.
struct HttpClient::Pool {
    Pool(asio::io_context& context, HttpUrl what) : io(context), url(std::move(what)) {
        request = "GET " + url.target + " HTTP/1.1\r\nHost: " + url.authority()
                  + "\r\nUser-Agent: shakedown\r\nAccept: */*\r\n\r\n";
        if (url.scheme == Scheme::Http)
            return;
        tls.emplace(asio::ssl::context::tls_client);
        error_code ignored; // without authorities nobody is trusted, and that is said then
        tls->set_default_verify_paths(ignored);
        tls->set_verify_mode(asio::ssl::verify_peer, ignored);
    }

    std::unique_ptr<Wire> kept() {
        if (wires.empty())
            return nullptr;
        auto wire = std::move(wires.back());
        wires.pop_back();
        return wire;
    }
    std::unique_ptr<Wire> fresh() {
        return std::make_unique<Wire>(io, tls ? &*tls : nullptr, url.host);
    }
    void keep(std::unique_ptr<Wire> wire) {
        if (!isClosed && wires.size() < keptAtMost)
            wires.push_back(std::move(wire));
    }

    asio::io_context& io;
    HttpUrl url;
    std::string request;
    std::optional<asio::ssl::context> tls;
    std::vector<std::unique_ptr<Wire>> wires;
    std::set<std::shared_ptr<Exchange>> underWay;
    bool isClosed = false;
};

// One request and its answer.
class HttpClient::Exchange : public std::enable_shared_from_this<Exchange> {
public:
    Exchange(std::shared_ptr<Pool> pool, std::function<void(Reply const&)> onReply)
        : pool_(std::move(pool)), onReply_(std::move(onReply)), timer_(pool_->io),
          resolver_(pool_->io) {}

    void start(Duration within) {
        pool_->underWay.insert(shared_from_this());
        timer_.expires_after(std::chrono::nanoseconds(within.count()));
        timer_.async_wait([self = shared_from_this()](error_code error) {
            if (!error)
                self->finish({ReplyEnd::TimedOut, 0, "no answer in time"});
        });
        wire_ = pool_->kept();
        isReused_ = wire_ != nullptr;
        if (isReused_)
            ask();
        else
            connect();
    }
    // Without a reply.
    void drop() {
        onReply_ = nullptr;
        finish({});
    }

private:
    void connect() {
        wire_ = pool_->fresh();
        resolver_.async_resolve(
            pool_->url.host, std::to_string(pool_->url.port),
            [self = shared_from_this()](error_code error, Tcp::resolver::results_type const& to) {
                if (self->isOver_)
                    return;
                if (error)
                    return self->finish(replyTo(error, "looking up " + self->pool_->url.host));
                self->connectTo(to);
            });
    }
    void connectTo(Tcp::resolver::results_type const& to) {
        asio::async_connect(
            wire_->socket(), to,
            [self = shared_from_this()](error_code error, Tcp::endpoint const&) {
                if (self->isOver_)
                    return;
                if (error)
                    return self->finish(replyTo(error, "connecting"));
                error_code ignored;
                self->wire_->socket().set_option(Tcp::no_delay(true), ignored);
                self->wire_->agree([self](error_code failed) {
                    if (self->isOver_)
                        return;
                    if (failed)
                        return self->finish(
                            {ReplyEnd::Unreachable, 0, "agreeing on TLS: " + failed.message()});
                    self->ask();
                });
            });
    }
    void ask() {
        reader_ = {};
        wire_->write(pool_->request, [self = shared_from_this()](error_code error, std::size_t) {
            if (self->isOver_)
                return;
            if (error)
                return self->breakOff(error, "asking");
            self->read();
        });
    }
    void read() {
        wire_->read(asio::buffer(bytes_),
                    [self = shared_from_this()](error_code error, std::size_t count) {
                        if (!self->isOver_)
                            self->take(error, count);
                    });
    }
    void take(error_code error, std::size_t count) {
        using State = ResponseReader::State;
        auto state = reader_.take({bytes_.data(), count});
        bool const isEnd = error == asio::error::eof || error == asio::ssl::error::stream_truncated;
        if (isEnd && state == State::Reading)
            state = reader_.end();
        if (state == State::Done)
            return finishWhole();
        if (error)
            return breakOff(error, "reading");
        if (state == State::Broken)
            return finish({ReplyEnd::Reset, 0, "what came is no answer of HTTP/1.1"});
        read();
    }
    void finishWhole() {
        if (reader_.keepsAlive())
            pool_->keep(std::move(wire_));
        finish({ReplyEnd::Answered, reader_.status(), ""});
    }
    // A kept connection may have been closed by the other side meanwhile.
    void breakOff(error_code error, std::string const& doing) {
        if (!std::exchange(isReused_, false) || reader_.hasBegun())
            return finish(replyTo(error, doing));
        connect();
    }
    void finish(Reply const& reply) {
        if (std::exchange(isOver_, true))
            return;
        auto const self = shared_from_this();
        timer_.cancel();
        resolver_.cancel();
        if (wire_) {
            error_code ignored;
            wire_->socket().close(ignored);
        }
        pool_->underWay.erase(self);
        if (auto const tell = std::exchange(onReply_, nullptr))
            tell(reply);
    }

    std::shared_ptr<Pool> pool_;
    std::function<void(Reply const&)> onReply_;
    asio::steady_timer timer_;
    Tcp::resolver resolver_;
    std::unique_ptr<Wire> wire_;
    ResponseReader reader_;
    std::array<char, 16UL * 1024> bytes_{};
    bool isReused_ = false;
    bool isOver_ = false;
};

HttpClient::HttpClient(asio::io_context& io, HttpUrl url)
    : pool_(std::make_shared<Pool>(io, std::move(url))) {}

HttpClient::~HttpClient() {
    close();
}

void HttpClient::get(Duration within, std::function<void(Reply const&)> onReply) {
    std::make_shared<Exchange>(pool_, std::move(onReply))->start(within);
}

void HttpClient::close() {
    pool_->isClosed = true;
    pool_->wires.clear();
    for (auto const& exchange : std::set(pool_->underWay))
        exchange->drop();
}

} // namespace shakedown::conduct
