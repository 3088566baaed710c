#include "chaos-agent/program/proxy_thread.hpp"

namespace shakedown::agent {

ProxyThread::ProxyThread(std::uint64_t seed)
    : work_(io_.get_executor()), ofTargets_(io_, seed), ofToxiproxy_(io_, seed), api_(ofToxiproxy_),
      direct_(ofTargets_), posted_(io_, direct_) {}

ProxyThread::~ProxyThread() {
    work_.reset();
    io_.stop();
    if (thread_.joinable())
        thread_.join();
}

proxy::Refused ProxyThread::open(Config const& config, control::HttpSession::OnAnswer onAnswer) {
    for (auto const& [name, target] : config.targets)
        if (target.proxy)
            if (auto refused = ofTargets_.create(
                    {name, target.proxy->text(), target.address->text(), true, {}}))
                return refused;
    if (!config.toxiproxy)
        return {};
    server_ = std::make_unique<control::HttpServer>(
        io_, [this](control::Request const& request) { return api_.answer(request); },
        control::HttpLimits{}, std::move(onAnswer));
    return server_->open(*config.toxiproxy);
}

void ProxyThread::start() {
    thread_ = std::thread([this] { io_.run(); });
}

std::optional<proxy::Address> ProxyThread::toxiproxyAddress() const {
    if (!server_)
        return {};
    return server_->address();
}

} // namespace shakedown::agent
