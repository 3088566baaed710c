#include "chaos-agent/control/toxiproxy_api.hpp"

#include <algorithm>
#include <functional>

#include "chaos-agent/control/json_text.hpp"
#include "chaos-agent/control/metrics_text.hpp"
#include "chaos-agent/control/path.hpp"
#include "chaos-agent/control/toxiproxy_json.hpp"

namespace shakedown::control {

using nlohmann::json;
using namespace proxy;

namespace {

Response notAllowed(std::string const& methods) {
    return {405, "", "", {{"Allow", methods}}};
}

Response noContent() {
    return {204, "", "", {}};
}

unsigned statusOf(Refusal::Reason reason) {
    switch (reason) {
    case Refusal::Reason::ProxyExists:
    case Refusal::Reason::ToxicExists:
    case Refusal::Reason::HttpFaultExists:
        return 409;
    case Refusal::Reason::ProxyNotFound:
    case Refusal::Reason::ToxicNotFound:
    case Refusal::Reason::HttpFaultNotFound:
        return 404;
    case Refusal::Reason::TooMany:
    case Refusal::Reason::BadAddress:
    case Refusal::Reason::BadHttpFault:
        return 400;
    case Refusal::Reason::CannotListen:
        break;
    }
    return 500;
}

Response answerTo(Refusal const& refusal) {
    std::string const prefix =
        refusal.reason == Refusal::Reason::BadAddress ? "bad request body: " : "";
    return errorAnswer(statusOf(refusal.reason), prefix + refusal.message);
}

// What a body may be declared as: JSON, nothing, or what curl and Java declare unless told.
bool mayHoldJson(std::string const& contentType) {
    std::string type = contentType.substr(0, contentType.find(';'));
    while (type.ends_with(' '))
        type.pop_back();
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return type.empty() || type == "application/json" || type.ends_with("+json")
           || type == "application/x-www-form-urlencoded";
}

// Runs `next` on the body as JSON.
Response withBody(Request const& request, std::function<Response(json const&)> const& next) {
    auto const body = parseJson(request.body);
    if (auto const* error = std::get_if<std::string>(&body))
        return errorAnswer(400, "bad request body: " + *error);
    return next(std::get<json>(body));
}

bool isUpdate(std::string const& method) {
    return method == "POST" || method == "PATCH";
}

} // namespace

Response ToxiproxyApi::answer(Request const& request) {
    if (request.userAgent.starts_with("Mozilla/"))
        return {403, "text/plain; charset=utf-8", "User agent not allowed\n", {}};
    if (!request.body.empty()) {
        if (!mayHoldJson(request.contentType))
            return errorAnswer(415, "the body must be application/json");
        auto const body = parseJson(request.body);
        if (auto const* error = std::get_if<std::string>(&body))
            return errorAnswer(400, "bad request body: " + *error);
    }
    auto const path = segmentsOf(request.path);
    return path ? route(request, *path) : errorAnswer(404, "no such route");
}

Response ToxiproxyApi::route(Request const& request, Segments const& path) {
    bool const isGet = request.method == "GET";
    bool const isPost = request.method == "POST";
    if (path == Segments{"version"})
        return isGet ? jsonAnswer(200, {{"version", toxiproxyVersion}}) : notAllowed("GET");
    if (path == Segments{"metrics"})
        return isGet ? Response{200, metricsContentType, metricsOf(proxies_), {}}
                     : notAllowed("GET");
    if (path == Segments{"reset"})
        return isPost ? reset() : notAllowed("POST");
    if (path == Segments{"populate"})
        return isPost ? withBody(request, [this](json const& body) { return populate(body); })
                      : notAllowed("POST");
    if (path.empty() || path[0] != "proxies" || path.size() > 4
        || (path.size() > 2 && path[2] != "toxics"))
        return errorAnswer(404, "no such route");
    if (path.size() == 1)
        return onProxies(request);
    if (path.size() == 2)
        return onProxy(request, path[1]);
    bool const isOneToxic = path.size() == 4;
    if (!isGet && !isPost
        && !(isOneToxic && (isUpdate(request.method) || request.method == "DELETE")))
        return notAllowed(isOneToxic ? "GET, POST, PATCH, DELETE" : "GET, POST");
    Proxy* const proxy = proxies_.find(path[1]);
    if (proxy == nullptr)
        return errorAnswer(404, "proxy not found");
    return isOneToxic ? onToxic(request, *proxy, path[3]) : onToxics(request, *proxy);
}

Response ToxiproxyApi::onProxies(Request const& request) {
    if (request.method == "POST")
        return withBody(request, [this](json const& body) { return create(body); });
    if (request.method != "GET")
        return notAllowed("GET, POST");
    json list = json::object();
    for (auto const& [name, proxy] : proxies_.all())
        list[name] = toJson(*proxy);
    return jsonAnswer(200, list);
}

Response ToxiproxyApi::create(json const& body) {
    auto const spec = readProxy(body, "");
    if (auto const* refusal = std::get_if<Response>(&spec))
        return *refusal;
    if (auto const refused = proxies_.create(std::get<ProxySpec>(spec)))
        return answerTo(*refused);
    return jsonAnswer(201, toJson(*proxies_.find(std::get<ProxySpec>(spec).name)));
}

Response ToxiproxyApi::onProxy(Request const& request, std::string const& name) {
    if (request.method != "GET" && request.method != "DELETE" && !isUpdate(request.method))
        return notAllowed("GET, POST, PATCH, DELETE");
    Proxy* const proxy = proxies_.find(name);
    if (proxy == nullptr)
        return errorAnswer(404, "proxy not found");
    if (request.method == "GET")
        return jsonAnswer(200, toJson(*proxy));
    if (request.method != "DELETE")
        return withBody(request, [&](json const& body) { return change(*proxy, body); });
    proxies_.remove(name);
    return noContent();
}

Response ToxiproxyApi::change(Proxy& proxy, json const& body) {
    auto const read = readProxyChange(body);
    if (auto const* refusal = std::get_if<Response>(&read))
        return *refusal;
    auto const& wanted = std::get<ProxyChange>(read);
    if (auto const refused = proxy.move(wanted.listen.value_or(proxy.listen()),
                                        wanted.upstream.value_or(proxy.upstream()),
                                        wanted.enabled.value_or(proxy.isEnabled())))
        return answerTo(*refused);
    return jsonAnswer(200, toJson(proxy));
}

Response ToxiproxyApi::onToxics(Request const& request, Proxy& proxy) {
    if (request.method == "GET")
        return jsonAnswer(200, toJson(proxy.toxics()));
    return withBody(request, [&](json const& body) {
        auto const read = readToxic(body);
        if (auto const* refusal = std::get_if<Response>(&read))
            return *refusal;
        auto const& toxic = std::get<Toxic>(read);
        if (auto const refused = proxy.add(toxic))
            return answerTo(*refused);
        return jsonAnswer(200, toJson(toxic));
    });
}

Response ToxiproxyApi::onToxic(Request const& request, Proxy& proxy, std::string const& name) {
    Toxic const* const toxic = proxy.find(name);
    if (toxic == nullptr)
        return errorAnswer(404, "toxic not found");
    if (request.method == "GET")
        return jsonAnswer(200, toJson(*toxic));
    if (request.method == "DELETE") {
        proxy.remove(name);
        return noContent();
    }
    return withBody(request, [&](json const& body) {
        auto const read = readToxicChange(body, *toxic);
        if (auto const* refusal = std::get_if<Response>(&read))
            return *refusal;
        proxy.update(std::get<Toxic>(read));
        return jsonAnswer(200, toJson(std::get<Toxic>(read)));
    });
}

Response ToxiproxyApi::populate(json const& body) {
    auto const read = readProxies(body);
    if (auto const* refusal = std::get_if<Response>(&read))
        return *refusal;
    json list = json::array();
    for (ProxySpec const& spec : std::get<std::vector<ProxySpec>>(read)) {
        if (auto const refused = proxies_.createOrReplace(spec)) {
            // What was made before stays, and is listed.
            return jsonAnswer(statusOf(refused->reason), {{"error", refused->message},
                                                          {"status", statusOf(refused->reason)},
                                                          {"proxies", list}});
        }
        list.push_back(toJson(*proxies_.find(spec.name)));
    }
    return jsonAnswer(201, {{"proxies", list}});
}

Response ToxiproxyApi::reset() {
    auto const refusals = proxies_.reset();
    if (refusals.empty())
        return noContent();
    json failed = json::object();
    for (auto const& [name, refusal] : refusals)
        failed[name] = refusal.message;
    return jsonAnswer(500, {{"error", "nothing was reset: " + refusals.begin()->second.message},
                            {"status", 500},
                            {"proxies", failed}});
}

} // namespace shakedown::control
