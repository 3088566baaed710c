#include "chaos-agent/protocol/kind_json.hpp"

#include "scenarios/vocabulary/diagnostic.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::protocol {

namespace {

using nlohmann::json;

constexpr Duration nothing;
constexpr Duration longestDelay = Duration::seconds(3600);
constexpr std::int64_t bytesAtMost = 1'000'000'000'000;
constexpr std::int64_t requestsAtMost = 1'000'000'000;

Http readHttp(Fields& fields) {
    Http http;
    if (fields.has("abort"))
        http.abort = static_cast<int>(fields.count("abort", 200, 599));
    if (fields.has("delay_us"))
        http.delay = fields.span("delay_us", nothing, longestDelay);
    http.method = fields.textOr("method", "", 32);
    http.path = fields.textOr("path", "", 4096);
    http.share = fields.shareOr("share", 1);
    if (fields.has("first"))
        http.first = fields.count("first", 1, requestsAtMost);
    if (!http.abort && !http.delay)
        fields.complain("abort", "or 'delay_us' must be said: what shall the fault do?");
    if (!http.path.empty() && !http.path.starts_with('/'))
        fields.complain("path", "must begin with a slash");
    return http;
}

} // namespace

void writeKind(FaultKind const& kind, json& object) {
    object["kind"] = nameOf(kind);
    std::visit(
        Overloaded{
            [&](Loss const& one) { object["share"] = one.share; }, [](Partition const&) {},
            [](Reject const&) {}, [](BlackHole const&) {}, [](Hang const&) {}, [](Crash const&) {},
            [](Kill const&) {}, [](Restart const&) {},
            [&](Latency const& one) {
                object["delay_us"] = inMicroseconds(one.delay);
                object["jitter_us"] = inMicroseconds(one.jitter);
            },
            [&](BandwidthLimit const& one) { object["bytes_per_second"] = one.perSecond.count(); },
            [&](Reset const& one) { object["share"] = one.share; },
            [&](SlowClose const& one) { object["delay_us"] = inMicroseconds(one.delay); },
            [&](Slice const& one) {
                object["bytes"] = one.size.count();
                object["pause_us"] = inMicroseconds(one.pause);
            },
            [&](LimitData const& one) { object["bytes"] = one.bytes.count(); },
            [&](Slow const& one) {
                object["delay_us"] = inMicroseconds(one.delay);
                object["share"] = one.share;
            },
            [&](Errors const& one) {
                object["status"] = one.status;
                object["share"] = one.share;
            },
            [&](Http const& one) {
                if (one.abort)
                    object["abort"] = *one.abort;
                if (one.delay)
                    object["delay_us"] = inMicroseconds(*one.delay);
                object["method"] = one.method;
                object["path"] = one.path;
                object["share"] = one.share;
                if (one.first)
                    object["first"] = *one.first;
            }},
        kind);
}

FaultKind readKind(Fields& fields) {
    std::string const name = fields.text("kind", 64);
    auto const delay = [&] { return fields.span("delay_us", nothing, longestDelay); };
    auto const bytes = [&](char const* field) {
        return Bytes::of(fields.count(field, 1, bytesAtMost));
    };
    if (name == "loss")
        return Loss{fields.share("share")};
    if (name == "partition")
        return Partition{};
    if (name == "reject")
        return Reject{};
    if (name == "black_hole")
        return BlackHole{};
    if (name == "hang")
        return Hang{};
    if (name == "crash")
        return Crash{};
    if (name == "kill")
        return Kill{};
    if (name == "restart")
        return Restart{};
    if (name == "latency")
        return Latency{delay(), fields.spanOr("jitter_us", nothing, nothing, longestDelay)};
    if (name == "bandwidth")
        return BandwidthLimit{bytes("bytes_per_second")};
    if (name == "reset")
        return Reset{fields.shareOr("share", 1)};
    if (name == "slow_close")
        return SlowClose{delay()};
    if (name == "slice")
        return Slice{bytes("bytes"), fields.span("pause_us", nothing, longestDelay)};
    if (name == "limit_data")
        return LimitData{bytes("bytes")};
    if (name == "slow")
        return Slow{delay(), fields.shareOr("share", 1)};
    if (name == "errors")
        return Errors{fields.has("status") ? static_cast<int>(fields.count("status", 200, 599))
                                           : 503,
                      fields.shareOr("share", 1)};
    if (name == "http")
        return readHttp(fields);
    auto const near = nearestWord(name, faultNames());
    fields.complain("kind", "names no kind of fault: '" + name + "'"
                                + (near ? "; did you mean '" + *near + "'?" : ""));
    return Partition{};
}

} // namespace shakedown::protocol
