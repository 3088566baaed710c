#include "chaos-agent/program/native_server.hpp"

#include "chaos-agent/system/boot.hpp"

namespace shakedown::agent {

NativeServer::NativeServer(proxy::asio::io_context& io, safety::Keeper& keeper,
                           control::NativeSettings const& settings)
    : io_(io), settings_(settings),
      api_(keeper, settings, [] { return system::wallClockMs() / 1000; }) {}

NativeServer::~NativeServer() = default;

control::HttpServer& NativeServer::serve(control::HttpSession::OnAnswer const& onAnswer) {
    servers_.push_back(std::make_unique<control::HttpServer>(
        io_, [this](control::Request const& request) { return api_.answer(request); },
        control::HttpLimits{}, onAnswer));
    return *servers_.back();
}

proxy::Refused NativeServer::open(control::HttpSession::OnAnswer const& onAnswer) {
    if (!settings_.unixPath.empty()) {
        if (auto refused = serve(onAnswer).openUnix(settings_.unixPath, settings_.unixGroup))
            return refused;
        places_.push_back("unix:" + settings_.unixPath);
    }
    if (settings_.http) {
        auto& server = serve(onAnswer);
        if (auto refused = server.open(*settings_.http))
            return refused;
        places_.push_back("http://" + server.address().text());
    }
    if (settings_.https && settings_.tls) {
        auto made = control::makeTlsContext(*settings_.tls);
        if (auto const* why = std::get_if<std::string>(&made))
            return proxy::Refusal{proxy::Refusal::Reason::CannotListen, *why};
        auto& server = serve(onAnswer);
        if (auto refused =
                server.open(*settings_.https,
                            std::get<std::shared_ptr<proxy::asio::ssl::context>>(std::move(made))))
            return refused;
        places_.push_back("https://" + server.address().text());
    }
    return {};
}

} // namespace shakedown::agent
