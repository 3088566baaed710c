#include "chaos-agent/control/native_api.hpp"

#include <algorithm>

#include <boost/asio/ssl/error.hpp>

#include "chaos-agent/control/json_text.hpp"
#include "chaos-agent/control/native_answers.hpp"
#include "chaos-agent/control/path.hpp"

namespace shakedown::control {

using safety::Caller;

namespace {

using Segments = std::vector<std::string>;

constexpr std::string_view variable = "{id}";

bool matches(Segments const& pattern, Segments const& path) {
    return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                      [](std::string const& wanted, std::string const& segment) {
                          return wanted == variable || wanted == segment;
                      });
}

Segments patternOf(NativeRoute const& route) {
    return segmentsOf(route.path).value_or(Segments{});
}

std::string idIn(NativeRoute const& route, Segments const& path) {
    auto const pattern = patternOf(route);
    auto const at = std::find(pattern.begin(), pattern.end(), variable);
    return at == pattern.end() ? "" : path[static_cast<std::size_t>(at - pattern.begin())];
}

std::vector<NativeRoute const*> routesAt(Segments const& path) {
    std::vector<NativeRoute const*> found;
    for (NativeRoute const& route : nativeRoutes())
        if (matches(patternOf(route), path))
            found.push_back(&route);
    return found;
}

Response methodRefused(std::vector<NativeRoute const*> const& routes) {
    std::string methods;
    for (auto const* route : routes)
        methods += (methods.empty() ? "" : ", ") + std::string(route->method);
    auto answer = nativeError(405, "method_not_allowed", "this route knows " + methods);
    answer.fields.emplace_back("Allow", methods);
    return answer;
}

bool isJson(std::string type) {
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' '))
        type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return type == "application/json";
}

// The one parameter a query may have; what is wrong with it otherwise.
std::string readQuery(NativeRoute const& route, std::string const& query, std::string& count) {
    if (query.empty())
        return "";
    auto const equals = query.find('=');
    std::string const name = query.substr(0, equals);
    bool const isKnown =
        std::find(route.query.begin(), route.query.end(), name) != route.query.end();
    if (!isKnown || equals == std::string::npos || query.find('&') != std::string::npos)
        return route.query.empty() ? "this route takes no query"
                                   : "this route takes 'count=N' once, and nothing else";
    count = query.substr(equals + 1);
    return count.empty() ? "'count' must be a whole number" : "";
}

} // namespace

NativeApi::NativeApi(safety::Keeper& keeper, NativeSettings const& settings,
                     std::function<std::int64_t()> unixNow)
    : desk_{keeper, std::make_shared<EventHub>(keeper)}, unixNow_(std::move(unixNow)),
      gatekeeper_(settings, unixNow_), denials_(keeper, {256, 1}), strangers_(keeper, {16, 60}) {}

void NativeApi::onStranger(PeerIdentity const& peer, proxy::error_code why) {
    ++desk_.failedHandshakes;
    if (why.category() == proxy::asio::error::get_ssl_category())
        strangers_.tell("nobody known at " + peer.address, "TLS handshake: " + why.message(),
                        unixNow_());
}

Response NativeApi::answer(Request const& request) {
    auto const path = segmentsOf(request.path);
    for (auto const* route : path ? routesAt(*path) : std::vector<NativeRoute const*>{})
        if (!route->needs && request.method == route->method)
            return serve(*route, {request, {}, {}, {}, {}});
    // Who is not known learns nothing of what there is.
    auto const who = gatekeeper_.whoAsks(request);
    if (auto const* denial = std::get_if<Denial>(&who))
        return deny(request, *denial);
    return route(request, std::get<Caller>(who));
}

std::optional<Response> NativeApi::refusalOf(Request const& withoutBody) {
    auto const who = gatekeeper_.whoAsks(withoutBody);
    if (auto const* denial = std::get_if<Denial>(&who))
        return deny(withoutBody, *denial);
    return {};
}

Response NativeApi::route(Request const& request, Caller const& caller) {
    auto const path = segmentsOf(request.path);
    auto const routes = path ? routesAt(*path) : std::vector<NativeRoute const*>{};
    if (routes.empty())
        return nativeError(404, "no_such_route", "there is no such route");
    auto const found = std::find_if(routes.begin(), routes.end(), [&](auto const* route) {
        return request.method == route->method;
    });
    if (found == routes.end())
        return methodRefused(routes);
    NativeRoute const& route = **found;
    if (route.needs && caller.role < *route.needs)
        return deny(request, {403, caller.name,
                              std::string("this needs the role ") + nameOf(*route.needs)
                                  + ", and yours is " + nameOf(caller.role)});
    return serve(route, {request, caller, idIn(route, *path), {}, {}});
}

Response NativeApi::serve(NativeRoute const& route, NativeCall call) {
    if (auto const flaw = readQuery(route, call.request.query, call.count); !flaw.empty())
        return nativeError(400, "bad_request", flaw);
    if (route.body == nullptr)
        return call.request.body.empty()
                   ? route.serve(desk_, call)
                   : nativeError(400, "bad_request", "this route takes no body");
    if (!isJson(call.request.contentType))
        return nativeError(415, "unsupported_media_type", "the body must be application/json");
    auto body = parseJson(call.request.body);
    if (auto const* flaw = std::get_if<std::string>(&body))
        return nativeError(400, "bad_request", "the body is not JSON: " + *flaw);
    call.body = std::get<nlohmann::json>(std::move(body));
    return route.serve(desk_, call);
}

Response NativeApi::deny(Request const& request, Denial const& denial) {
    denials_.tell(denial.who, request.method + " " + request.path, unixNow_());
    auto answer =
        nativeError(denial.status, denial.status == 401 ? "unauthorized" : "forbidden", denial.why);
    if (denial.status == 401)
        answer.fields.emplace_back("WWW-Authenticate", "Bearer");
    return answer;
}

} // namespace shakedown::control
