#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "chaos-agent/control/denials.hpp"
#include "chaos-agent/control/gatekeeper.hpp"
#include "chaos-agent/control/native_routes.hpp"

namespace shakedown::control {

/// The native API (docs/reference/agent.md): who asks, may they, and then the route. Called by the
/// thread of the keeper. The server that calls it is to be gone before it, and it before the
/// keeper.
class NativeApi {
public:
    /// `unixNow` tells Unix time in seconds. The settings must outlive this.
    NativeApi(safety::Keeper& keeper, NativeSettings const& settings,
              std::function<std::int64_t()> unixNow);

    Response answer(Request const& request);
    /// The answer to who is not known, before his body is taken; nothing if he is.
    std::optional<Response> refusalOf(Request const& withoutBody);
    /// A peer with whom no TLS was agreed. Counted; and told in the audit log, if it spoke TLS and
    /// was not believed, 16 times at once and once a minute from then on.
    void onStranger(PeerIdentity const& peer, proxy::error_code why);

private:
    Response route(Request const& request, safety::Caller const& caller);
    Response serve(NativeRoute const& route, NativeCall call);
    Response deny(Request const& request, Denial const& denial);

    NativeDesk desk_;
    std::function<std::int64_t()> unixNow_;
    Gatekeeper gatekeeper_;
    Denials denials_;
    Denials strangers_;
};

} // namespace shakedown::control
