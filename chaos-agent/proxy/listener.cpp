#include "chaos-agent/proxy/listener.hpp"

#include <cctype>

#include <boost/asio/ip/v6_only.hpp>

#include "chaos-agent/proxy/shortage.hpp"

namespace shakedown::proxy {

namespace {

constexpr int backlog = 1024;

Refusal cannotListen(std::string const& wanted, error_code error) {
    std::string why = error.message();
    if (!why.empty())
        why[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(why[0])));
    return {Refusal::Reason::CannotListen, "listen tcp " + wanted + ": bind: " + why};
}

} // namespace

Listener::Listener(asio::io_context& io, OnClient onClient, std::shared_ptr<SocketSource> sockets)
    : acceptor_(io), backOff_(io), onClient_(std::move(onClient)), sockets_(std::move(sockets)) {}

Refused Listener::open(Address const& address) {
    std::string const wanted = address.text();
    if (address.host.empty()) {
        // Both families where the machine has both.
        Refused const refused = openAt({Tcp::v6(), address.port}, wanted);
        return refused ? openAt({Tcp::v4(), address.port}, wanted) : refused;
    }
    error_code error;
    auto const ip = asio::ip::make_address(address.host, error);
    if (!error)
        return openAt({ip, address.port}, wanted);
    if (isLoopback(address))
        return openAt({asio::ip::address_v4::loopback(), address.port}, wanted);
    return cannotListen(wanted, asio::error::host_not_found);
}

Refused Listener::openAt(Tcp::endpoint const& endpoint, std::string const& wanted) {
    error_code error;
    error_code ignored;
    acceptor_.close(ignored);
    if (sockets_)
        error = sockets_->open(endpoint.protocol(), acceptor_);
    else
        acceptor_.open(endpoint.protocol(), error);
    if (!error)
        acceptor_.set_option(Tcp::acceptor::reuse_address(true), error);
    if (!error && endpoint.address().is_v6() && endpoint.address().is_unspecified())
        acceptor_.set_option(asio::ip::v6_only(false), ignored);
    if (!error)
        acceptor_.bind(endpoint, error);
    if (!error)
        acceptor_.listen(backlog, error);
    if (error) {
        acceptor_.close(ignored);
        return cannotListen(wanted, error);
    }
    auto const local = acceptor_.local_endpoint();
    address_ = {local.address().to_string(), local.port()};
    return {};
}

void Listener::start() {
    accept();
}

void Listener::accept() {
    acceptor_.async_accept([self = shared_from_this()](error_code error, Tcp::socket client) {
        self->onAccepted(error, std::move(client));
    });
}

void Listener::onAccepted(error_code error, Tcp::socket client) {
    if (!acceptor_.is_open())
        return;
    // A client that has gone meanwhile is no reason to wait; any other error might come at once
    // again.
    if (error && error != asio::error::connection_aborted) {
        backOff_.expires_after(backOffFor);
        backOff_.async_wait([self = shared_from_this()](error_code cancelled) {
            if (!cancelled && self->acceptor_.is_open())
                self->accept();
        });
        return;
    }
    if (!error)
        onClient_(std::move(client));
    if (acceptor_.is_open())
        accept();
}

void Listener::close() {
    error_code ignored;
    acceptor_.close(ignored);
    backOff_.cancel();
    onClient_ = nullptr;
}

} // namespace shakedown::proxy
