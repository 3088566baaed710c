#include "chaos-agent/proxy/listener.hpp"

#include <cctype>

#include <boost/asio/ip/v6_only.hpp>

namespace shakedown::proxy {

namespace {

constexpr std::chrono::milliseconds backOffFor(100);
constexpr int backlog = 1024;

bool isShortage(error_code error) {
    using namespace boost::system::errc;
    return error == too_many_files_open || error == too_many_files_open_in_system
           || error == no_buffer_space || error == not_enough_memory;
}

Refusal cannotListen(std::string const& wanted, error_code error) {
    std::string why = error.message();
    if (!why.empty())
        why[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(why[0])));
    return {Refusal::Reason::CannotListen, "listen tcp " + wanted + ": bind: " + why};
}

} // namespace

Listener::Listener(asio::io_context& io, OnClient onClient)
    : io_(io), acceptor_(io), backOff_(io), onClient_(std::move(onClient)) {}

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
    Tcp::resolver resolver(io_);
    auto const found = resolver.resolve(address.host, std::to_string(address.port), error);
    if (error || found.empty())
        return cannotListen(wanted, error);
    return openAt(found.begin()->endpoint(), wanted);
}

Refused Listener::openAt(Tcp::endpoint const& endpoint, std::string const& wanted) {
    error_code error;
    error_code ignored;
    acceptor_.close(ignored);
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
    if (isShortage(error)) {
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
