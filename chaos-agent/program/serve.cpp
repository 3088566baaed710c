#include "chaos-agent/program/serve.hpp"

#include <csignal>

#include <boost/asio/signal_set.hpp>

#include "chaos-agent/control/native_listeners.hpp"
#include "chaos-agent/faults/threaded_queues.hpp"
#include "chaos-agent/program/descriptor_reserve.hpp"
#include "chaos-agent/program/log.hpp"
#include "chaos-agent/program/proxy_thread.hpp"
#include "chaos-agent/program/warden.hpp"
#include "chaos-agent/system/boot.hpp"

namespace shakedown::agent {

namespace {

void logAnswer(std::string const& method, std::string const& path, unsigned status) {
    log(LogLevel::Info, "request", {{"method", method}, {"path", path}, {"status", status}});
}

void logPlaces(control::NativeSettings const& native, control::NativeListeners const& listeners) {
    auto const tell = [](std::string const& place) {
        log(LogLevel::Info, "listening", {{"api", "native"}, {"address", place}});
    };
    if (!native.unixPath.empty())
        tell("unix:" + native.unixPath);
    if (auto const http = listeners.httpAddress())
        tell("http://" + http->text());
    if (auto const https = listeners.httpsAddress())
        tell("https://" + https->text());
}

// An end that is not seen where the fault is asked about: what was disturbed, and what was not.
void logQueue(std::string const& name, packets::QueueCounts const& counts) {
    log(LogLevel::Info, "queue closed",
        {{"queue", name},
         {"packets", counts.seen},
         {"late", counts.late},
         {"lost", counts.lost},
         {"doubled", counts.doubled},
         {"corrupted", counts.corrupted},
         {"undisturbed", counts.undisturbed + counts.missed}});
}

ExitCode refuse(std::string const& why) {
    log(LogLevel::Error, "refused", {{"why", why}});
    return CannotStart;
}

} // namespace

ExitCode serve(Config const& config) {
    raiseDescriptorLimit();
    std::signal(SIGPIPE, SIG_IGN); // who reads the log may go; the agent stays
    proxy::asio::io_context io(1);
    proxy::asio::signal_set signals(io, SIGTERM, SIGINT);
    // Signals are this thread's: the proxies' is made after they are blocked there.
    ProxyThread proxies(config.seed);
    if (auto const refused = proxies.open(config, logAnswer))
        return refuse(refused->message);
    // Before faults that were left are taken back: those of connections are asked for there.
    proxies.start();
    injectors::ThreadedQueues queues(config.seed, logQueue);
    injectors::Tools tools;
    tools.connections = &proxies.connections();
    tools.queues = &queues;
    Warden warden(io, config, tools);
    if (auto const failed = warden.open())
        return refuse(failed->why);
    std::optional<control::NativeApi> api;
    std::optional<control::NativeListeners> listeners;
    if (auto* keeper = warden.keeper()) {
        api.emplace(*keeper, config.native, [] { return system::wallClockMs() / 1000; });
        listeners.emplace(io, *api, config.native, control::HttpLimits{},
                          [&](std::string const& method, std::string const& path, unsigned status) {
                              logAnswer(method, path, status);
                              warden.lookUp();
                          });
        if (auto const why = listeners->open(); !why.empty())
            return refuse(why.front());
    }
    if (auto const address = proxies.toxiproxyAddress())
        log(LogLevel::Info, "listening",
            {{"api", "toxiproxy"}, {"address", address->text()}, {"seed", config.seed}});
    if (listeners)
        logPlaces(config.native, *listeners);
    warden.start();
    log(LogLevel::Info, "started", {{"version", SHAKEDOWN_VERSION}});

    int received = 0;
    signals.async_wait([&](proxy::error_code error, int signal) {
        if (error)
            return;
        received = signal;
        io.stop();
    });
    io.run();
    auto const stuck = warden.shutDown();
    log(stuck == 0 ? LogLevel::Info : LogLevel::Error, "stopped",
        {{"signal", received}, {"stuck", stuck}});
    return stuck == 0 ? Ended : RevertFailed;
}

} // namespace shakedown::agent
