#include "chaos-agent/program/serve.hpp"

#include <csignal>

#include <sys/resource.h>

#include <boost/asio/signal_set.hpp>

#include "chaos-agent/control/http_server.hpp"
#include "chaos-agent/control/toxiproxy_api.hpp"
#include "chaos-agent/program/log.hpp"

namespace shakedown::agent {

namespace {

// A proxied connection takes two descriptors.
void raiseDescriptorLimit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

void logAnswer(std::string const& method, std::string const& path, unsigned status) {
    log(LogLevel::Info, "request", {{"method", method}, {"path", path}, {"status", status}});
}

} // namespace

std::string refusalOf(Settings const& settings) {
    auto const address = proxy::parseAddress(settings.toxiproxy);
    if (!address)
        return "--toxiproxy takes host:port, not '" + settings.toxiproxy + "'";
    if (!proxy::isLoopback(*address))
        return "--toxiproxy " + settings.toxiproxy
               + " can be reached from other hosts, and whoever reaches it can disturb what runs"
                 " here. That needs TLS and tokens, which this version does not have; take a"
                 " loopback address such as 127.0.0.1:8474";
    return "";
}

int serve(Settings const& settings) {
    raiseDescriptorLimit();
    std::signal(SIGPIPE, SIG_IGN); // who reads the log may go; the agent stays
    proxy::asio::io_context io(1);
    proxy::asio::signal_set signals(io, SIGTERM, SIGINT);
    proxy::ProxySet proxies(io, settings.seed);
    control::ToxiproxyApi api(proxies);
    control::HttpServer server(
        io, [&api](control::Request const& request) { return api.answer(request); }, {}, logAnswer);
    if (auto const refused =
            server.open(proxy::parseAddress(settings.toxiproxy).value_or(proxy::Address{}))) {
        log(LogLevel::Error, "refused", {{"why", refused->message}});
        return 1;
    }
    log(LogLevel::Info, "listening",
        {{"api", "toxiproxy"},
         {"address", server.address().text()},
         {"seed", settings.seed},
         {"version", SHAKEDOWN_VERSION}});
    int received = 0;
    signals.async_wait([&](proxy::error_code error, int signal) {
        if (!error) {
            received = signal;
            io.stop();
        }
    });
    io.run();
    log(LogLevel::Info, "stopped", {{"signal", received}});
    return 0;
}

} // namespace shakedown::agent
