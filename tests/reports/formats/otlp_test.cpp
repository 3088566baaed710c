#include "reports/formats/otlp.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <map>
#include <set>

#include "tests/environment.hpp"
#include "tests/reports/formats/small_run.hpp"

using namespace shakedown;
using namespace shakedown::formats;
using namespace shakedown::tests;
using Json = nlohmann::json;

namespace {

// Every field of opentelemetry-proto's TracesData that we or the sample write, and its type in JSON
// by the rules of "JSON Protobuf Encoding": ids and 64-bit integers are strings, enums numbers.
std::map<std::string, std::string> const protocol{
    {"/resourceSpans", "array"},
    {"/resourceSpans/resource", "object"},
    {"/resourceSpans/resource/attributes", "array"},
    {"/resourceSpans/scopeSpans", "array"},
    {"/resourceSpans/scopeSpans/scope", "object"},
    {"/resourceSpans/scopeSpans/scope/name", "string"},
    {"/resourceSpans/scopeSpans/scope/version", "string"},
    {"/resourceSpans/scopeSpans/scope/attributes", "array"},
    {"/resourceSpans/scopeSpans/spans", "array"},
    {"/resourceSpans/scopeSpans/spans/traceId", "string"},
    {"/resourceSpans/scopeSpans/spans/spanId", "string"},
    {"/resourceSpans/scopeSpans/spans/parentSpanId", "string"},
    {"/resourceSpans/scopeSpans/spans/name", "string"},
    {"/resourceSpans/scopeSpans/spans/kind", "number"},
    {"/resourceSpans/scopeSpans/spans/startTimeUnixNano", "string"},
    {"/resourceSpans/scopeSpans/spans/endTimeUnixNano", "string"},
    {"/resourceSpans/scopeSpans/spans/attributes", "array"},
    {"/resourceSpans/scopeSpans/spans/events", "array"},
    {"/resourceSpans/scopeSpans/spans/events/timeUnixNano", "string"},
    {"/resourceSpans/scopeSpans/spans/events/name", "string"},
    {"/resourceSpans/scopeSpans/spans/status", "object"},
    {"/resourceSpans/scopeSpans/spans/status/message", "string"},
    {"/resourceSpans/scopeSpans/spans/status/code", "number"},
};
std::map<std::string, std::string> const attributeFields{{"/key", "string"},
                                                         {"/value", "object"},
                                                         {"/value/stringValue", "string"},
                                                         {"/value/boolValue", "boolean"},
                                                         {"/value/intValue", "string"}};

// Where attributes stand they are alike; elements of a list are at the path of the list.
void collect(Json const& json, std::string const& path,
             std::map<std::string, std::set<std::string>>& types) {
    if (json.is_array()) {
        for (auto const& item : json) {
            collect(item, path, types);
        }
    } else if (json.is_object()) {
        for (auto const& [key, value] : json.items()) {
            types[path + "/" + key].insert(value.type_name());
            collect(value, path + "/" + key, types);
        }
    }
}

std::string expectedType(std::string const& path) {
    constexpr std::string_view attributes = "/attributes/";
    auto const at = path.find(attributes);
    auto const& table = at == std::string::npos ? protocol : attributeFields;
    auto const found =
        table.find(at == std::string::npos ? path : path.substr(at + attributes.size() - 1));
    return found == table.end() ? "not in the protocol" : found->second;
}

void requireProtocol(Json const& json) {
    std::map<std::string, std::set<std::string>> types;
    collect(json, "", types);
    REQUIRE_FALSE(types.empty());
    for (auto const& [path, found] : types) {
        CAPTURE(path);
        CHECK(found == std::set<std::string>{expectedType(path)});
    }
}

Json traces(std::vector<record::Moment> const& moments = everyMoment()) {
    return Json::parse(rendered(Format::Otlp, smallHeader(), moments));
}

// Every span with the name of its resource.
std::vector<std::pair<std::string, Json>> spansOf(Json const& json) {
    std::vector<std::pair<std::string, Json>> spans;
    for (auto const& resource : json["resourceSpans"]) {
        std::string const service = resource["resource"]["attributes"][0]["value"]["stringValue"];
        for (auto const& span : resource["scopeSpans"][0]["spans"]) {
            spans.emplace_back(service, span);
        }
    }
    return spans;
}

Json attributeOf(Json const& span, std::string const& key) {
    for (auto const& attribute : span["attributes"]) {
        if (attribute["key"] == key) {
            return attribute["value"];
        }
    }
    return nullptr;
}

bool isHex(std::string const& id, std::size_t length) {
    return id.size() == length && id.find_first_not_of("0123456789abcdef") == std::string::npos
           && id.find_first_not_of('0') != std::string::npos;
}

} // namespace

TEST_CASE("every field of trace.json is in the protocol, with its type", "[formats][otlp]") {
    requireProtocol(traces());
}

TEST_CASE("every field has the type that it has in the protocol's own example", "[formats][otlp]") {
    auto const file = samples() / "traces/otlp-example-trace.json";
    if (!std::filesystem::exists(file)) {
        WARN("skipped: there is no " << file);
        return;
    }
    std::ifstream in(file);
    Json const example = Json::parse(in);
    requireProtocol(example); // so the table is right about what stands there
    std::map<std::string, std::set<std::string>> theirs;
    std::map<std::string, std::set<std::string>> ours;
    collect(example, "", theirs);
    collect(traces(), "", ours);
    std::size_t shared = 0;
    for (auto const& [path, types] : ours) {
        if (theirs.count(path) > 0) {
            CAPTURE(path);
            CHECK(types == theirs[path]);
            ++shared;
        }
    }
    CHECK(shared >= 20);
}

TEST_CASE("ids are hexadecimal, spans unique, parents in the same trace", "[formats][otlp]") {
    std::map<std::string, std::string> traceOf;
    auto const spans = spansOf(traces());
    for (auto const& [service, span] : spans) {
        CHECK(isHex(span["traceId"], 32));
        CHECK(isHex(span["spanId"], 16));
        CHECK(traceOf.emplace(span["spanId"], span["traceId"]).second);
    }
    for (auto const& [service, span] : spans) {
        if (span.contains("parentSpanId")) {
            CHECK(traceOf.at(span["parentSpanId"]) == span["traceId"]);
        }
    }
}

TEST_CASE("a request is a span, an attempt one of the caller and one of the callee",
          "[formats][otlp]") {
    auto const spans = spansOf(traces({{at(1'300'000'000), smallRequest()}}));
    REQUIRE(spans.size() == 4);
    auto const& [load, root] = spans[0];
    auto const& [caller, client] = spans[1];
    auto const& [site, server] = spans[2];
    auto const& [nextCaller, refused] = spans[3];
    CHECK(load == "visitors");
    CHECK(root["kind"] == 1);
    CHECK_FALSE(root.contains("parentSpanId"));
    CHECK(root["startTimeUnixNano"] == "1000000001000000000");
    CHECK(root["endTimeUnixNano"] == "1000000001300000000");
    CHECK(attributeOf(root, "shakedown.request")["intValue"] == "7");

    CHECK(caller == "visitors");
    CHECK(client["kind"] == 3);
    CHECK(client["parentSpanId"] == root["spanId"]);
    CHECK(client["endTimeUnixNano"] == "1000000001300000000");
    CHECK(attributeOf(client, "peer.service")["stringValue"] == "site");

    CHECK(site == "site");
    CHECK(server["kind"] == 2);
    CHECK(server["parentSpanId"] == client["spanId"]);
    CHECK(server["startTimeUnixNano"] == "1000000001000300000");
    CHECK(server["endTimeUnixNano"] == "1000000001290000000");
    CHECK(attributeOf(server, "shakedown.replica")["intValue"] == "1");
    CHECK(server["events"][0]["timeUnixNano"] == "1000000001000400000");

    CHECK(nextCaller == "site");
    CHECK(refused["parentSpanId"] == server["spanId"]);
    CHECK(attributeOf(refused, "shakedown.attempt")["intValue"] == "2");
}

TEST_CASE("a failure is a status with its cause", "[formats][otlp]") {
    auto const spans = spansOf(traces({{at(1'300'000'000), smallRequest()}}));
    Json const refused{{"code", 2}, {"message", "breaker_open"}};
    Json const late{{"code", 2}, {"message", "timeout"}};
    CHECK(spans[0].second["status"] == late);
    CHECK_FALSE(spans[1].second.contains("status"));
    CHECK_FALSE(spans[2].second.contains("status"));
    CHECK(spans[3].second["status"] == refused);
}

TEST_CASE("a callee that answers after the timeout has not failed", "[formats][otlp]") {
    auto request = smallRequest();
    request.spans.resize(1);
    request.spans[0].cause = record::Cause::Timeout;
    auto const late = spansOf(traces({{at(1'300'000'000), request}}));
    CHECK(late[1].second["status"]["message"] == "timeout");
    CHECK_FALSE(late[2].second.contains("status"));
    request.spans[0].cause = record::Cause::QueueFull;
    auto const full = spansOf(traces({{at(1'300'000'000), request}}));
    CHECK(full[2].second["status"]["message"] == "queue_full");
}

TEST_CASE("what has not ended says so and ends with the record", "[formats][otlp]") {
    auto request = smallRequest();
    request.ended = SimTime::never();
    request.spans.resize(1);
    request.spans[0].ended = request.spans[0].answered = SimTime::never();
    for (auto const& [service, span] : spansOf(traces({{at(5'000'000'000), request}}))) {
        CHECK(span["endTimeUnixNano"] == "1000000005000000000");
        CHECK(attributeOf(span, "shakedown.unended")["boolValue"] == true);
        CHECK_FALSE(span.contains("status"));
    }
}

TEST_CASE("another replication gives other traces", "[formats][otlp]") {
    auto header = smallHeader();
    std::string const one = rendered(Format::Otlp, header, everyMoment());
    ++header.replication;
    CHECK(one != rendered(Format::Otlp, header, everyMoment()));
}

TEST_CASE("many requests go in portions, each grouped by service", "[formats][otlp]") {
    std::vector<record::Moment> moments;
    constexpr std::uint64_t count = 2'000;
    for (std::uint64_t n = 0; n < count; ++n) {
        moments.push_back({at(1'300'000'000), smallRequest(n)});
    }
    Json const json = traces(moments);
    CHECK(json["resourceSpans"].size() > 2);
    CHECK(spansOf(json).size() == 4 * count);
    requireProtocol(json);
}

TEST_CASE("hostile names leave trace.json readable", "[formats][otlp]") {
    requireProtocol(Json::parse(rendered(Format::Otlp, hostileHeader(), everyMoment())));
}
