#include "chaos-agent/proxy/retired_proxies.hpp"

namespace shakedown::proxy {

namespace {
constexpr std::chrono::milliseconds betweenLooks(250);
constexpr Duration listensFor = Duration::seconds(2);
} // namespace

void RetiredProxies::take(std::unique_ptr<Proxy> proxy) {
    proxy->calm();
    retired_.push_back({std::move(proxy), later(Instant::clock::now(), listensFor)});
    if (retired_.size() == 1)
        look();
}

void RetiredProxies::look() {
    auto const now = Instant::clock::now();
    for (auto& [proxy, listensUntil] : retired_)
        if (now >= listensUntil)
            proxy->stopListening();
    std::erase_if(retired_, [](Retired const& one) {
        return !one.proxy->isEnabled() && one.proxy->connectionCount() == 0;
    });
    if (retired_.empty())
        return;
    timer_.expires_after(betweenLooks);
    timer_.async_wait([this](error_code cancelled) {
        if (!cancelled)
            look();
    });
}

} // namespace shakedown::proxy
