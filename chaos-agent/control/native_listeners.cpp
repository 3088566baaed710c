#include "chaos-agent/control/native_listeners.hpp"

#include "chaos-agent/control/native_answers.hpp"

namespace shakedown::control {

NativeListeners::NativeListeners(proxy::asio::io_context& io, NativeApi& api,
                                 NativeSettings const& settings, HttpLimits limits,
                                 HttpSession::OnAnswer onAnswer)
    : io_(io), api_(api), settings_(settings), limits_(limits), onAnswer_(std::move(onAnswer)) {}

std::vector<std::string> NativeListeners::open() {
    if (auto flaws = flawsOf(settings_); !flaws.empty())
        return flaws;
    proxy::Refused refused;
    if (!settings_.unixPath.empty())
        refused = add().openUnix(settings_.unixPath, settings_.unixGroup);
    if (!refused && settings_.http) {
        HttpServer& server = add();
        refused = server.open(*settings_.http);
        http_ = server.address();
    }
    if (!refused && settings_.https)
        refused = openHttps();
    if (!refused)
        return {};
    close();
    return {refused->message};
}

proxy::Refused NativeListeners::openHttps() {
    auto context = makeTlsContext(*settings_.tls);
    if (auto* flaw = std::get_if<std::string>(&context))
        return proxy::Refusal{proxy::Refusal::Reason::CannotListen, "tls: " + *flaw};
    HttpServer& server = add();
    auto refused = server.open(*settings_.https,
                               std::get<std::shared_ptr<proxy::asio::ssl::context>>(context));
    https_ = server.address();
    return refused;
}

HttpServer& NativeListeners::add() {
    HttpServing serving;
    serving.handler = [this](Request const& request) { return api_.answer(request); };
    serving.onAnswer = onAnswer_;
    serving.onRefusal = [](HttpRefusal const& refusal) { return nativeError(refusal); };
    serving.onStranger = [this](PeerIdentity const& peer, proxy::error_code why) {
        api_.onStranger(peer, why);
    };
    serving.beforeBody = [this](Request const& request) { return api_.refusalOf(request); };
    return *servers_.emplace_back(std::make_unique<HttpServer>(io_, std::move(serving), limits_));
}

std::size_t NativeListeners::connectionCount() const {
    std::size_t count = 0;
    for (auto const& server : servers_)
        count += server->connectionCount();
    return count;
}

} // namespace shakedown::control
