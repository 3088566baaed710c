// The messages of the native API as JSON: what is written is read again, what is wrong is named.
#include <catch2/catch.hpp>

#include <set>

#include "chaos-agent/protocol/fault_json.hpp"

using namespace shakedown;
using namespace shakedown::protocol;
using namespace shakedown::literals;
using nlohmann::json;

namespace {

FaultRequest requestOf(FaultKind what) {
    FaultRequest request;
    request.what = std::move(what);
    request.target = "orders";
    request.duration = 30_s;
    request.lease = 5_s;
    request.reason = "a game day";
    return request;
}

FaultKind httpFault() {
    return Http{418, 3_ms, "POST", "/orders/*", 0.75, 9, "X-Cache: miss", "gone\n"};
}

// One of each kind, no field of which has the value of a fresh struct.
std::vector<FaultKind> everyKind() {
    return {Loss{0.25},
            Partition{},
            Reject{},
            BlackHole{},
            Delay{20_ms, 5_ms, 0.5},
            Duplicate{0.05},
            Reorder{0.25, 10_ms},
            Corrupt{0.01},
            PacketRate{Bytes::of(125'000)},
            Hang{},
            Crash{},
            Kill{},
            Restart{},
            Stop{3_s},
            Latency{100_ms, 7_us},
            BandwidthLimit{Bytes::of(125'000)},
            Reset{0.5},
            SlowClose{2_s},
            Slice{Bytes::of(64), 10_us},
            LimitData{Bytes::of(1024)},
            Slow{1_s, 0.1},
            Errors{429, 0.2},
            httpFault(),
            Disk{Bytes::of(4096)},
            Cpu{0.5, 3},
            Memory{Bytes::of(1 << 20), {}},
            Io{Bytes::of(2 << 20), 3},
            CpuQuota{250},
            FileDescriptors{7},
            Processes{8}};
}

std::string whyNot(json const& value) {
    auto const read = readRequest(value);
    auto const* unreadable = std::get_if<Unreadable>(&read);
    return unreadable == nullptr ? "" : unreadable->why;
}

json loss() {
    return {{"kind", "loss"}, {"share", 0.5}, {"target", "orders"}, {"duration_us", 1'000'000}};
}

json with(json value, char const* field, json const& content) {
    value[field] = content;
    return value;
}

json without(json value, char const* field) {
    value.erase(field);
    return value;
}

FaultReport report() {
    FaultReport report;
    report.id = "0123456789abcdef";
    report.planHash = "feed";
    report.request = requestOf(Loss{0.5});
    report.request.peers = {"stock", "payments"};
    report.request.way = Way::Out;
    report.owner = "token ci";
    report.state = FaultState::Stuck;
    report.reason = EndReason::LeaseExpired;
    report.irreversible = true;
    report.detail = "nft said:\nno such table";
    report.leaseLeft = 3_s;
    report.durationLeft = 9_s;
    report.startedAtMs = 1'700'000'000'123;
    report.endedAtMs = 1'700'000'000'456;
    return report;
}

} // namespace

TEST_CASE("every kind of fault has a name of its own, which is listed", "[protocol][json]") {
    auto const kinds = everyKind();
    REQUIRE(kinds.size() == std::variant_size_v<FaultKind>);
    std::set<std::string> names;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        REQUIRE(kinds[i].index() == i);
        REQUIRE(faultNames()[i] == nameOf(kinds[i]));
        names.insert(nameOf(kinds[i]));
    }
    REQUIRE(names.size() == kinds.size());
}

TEST_CASE("a request of every kind is read again as it was written", "[protocol][json]") {
    for (FaultKind const& kind : everyKind()) {
        json const written = toJson(requestOf(kind));
        INFO(written.dump());
        // Through text, as it travels.
        auto const read = readRequest(json::parse(written.dump()));
        REQUIRE(std::holds_alternative<FaultRequest>(read));
        auto const& request = std::get<FaultRequest>(read);
        REQUIRE(request.what.index() == kind.index());
        REQUIRE(request.target == "orders");
        REQUIRE(request.duration == 30_s);
        REQUIRE(request.lease == 5_s);
        REQUIRE(request.reason == "a game day");
        REQUIRE(toJson(request) == written);
    }
}

TEST_CASE("every field of an HTTP fault arrives", "[protocol][json]") {
    auto const read = readRequest(toJson(requestOf(httpFault())));
    auto const& http = std::get<Http>(std::get<FaultRequest>(read).what);
    REQUIRE(http.abort == 418);
    REQUIRE(http.delay == 3_ms);
    REQUIRE(http.method == "POST");
    REQUIRE(http.path == "/orders/*");
    REQUIRE(http.share == 0.75);
    REQUIRE(http.first == 9);
}

TEST_CASE("fields that are absent have the values of a fresh request", "[protocol][json]") {
    auto const read = readRequest(loss());
    REQUIRE(std::holds_alternative<FaultRequest>(read));
    auto const& request = std::get<FaultRequest>(read);
    REQUIRE(request.lease == 10_s);
    REQUIRE(request.way == Way::Both);
    REQUIRE(request.peers.empty());
    REQUIRE(request.reason.empty());
}

TEST_CASE("reports, plans, capabilities, the lever and events are read as written",
          "[protocol][json]") {
    json const written = toJson(report());
    REQUIRE(written["reason"] == "lease_expired");
    REQUIRE(written["state"] == "stuck");
    REQUIRE(written["request"]["peers"] == json({"stock", "payments"}));
    REQUIRE(toJson(std::get<FaultReport>(readReport(written))) == written);

    json const plan = toJson(PlanReport{"beef", {{"add a rule", "delete it"}, {"b", "c"}}, true});
    REQUIRE(plan["steps"][0]["revert"] == "delete it");
    REQUIRE(toJson(std::get<PlanReport>(readPlan(plan))) == plan);

    json const capability = toJson(Capability{"loss", "orders", false, "no nftables"});
    REQUIRE(toJson(std::get<Capability>(readCapability(capability))) == capability);

    json const halt = toJson(Halt{true, "smoke", "uid 0", 17});
    REQUIRE(toJson(std::get<Halt>(readHalt(halt))) == halt);

    json const event = toJson(AgentEvent{7, 8, "applied", "0123456789abcdef", "x"});
    REQUIRE(toJson(std::get<AgentEvent>(readEvent(event))) == event);
}

TEST_CASE("a field that is not known is refused, with the nearest that is", "[protocol][json]") {
    REQUIRE(whyNot(with(loss(), "leese_us", 1))
            == "there is no field 'leese_us' of loss; did you mean 'lease_us'?");
    REQUIRE(whyNot(with(loss(), "delay_us", 1)).starts_with("there is no field 'delay_us'"));
    // Known, but of other kinds.
    auto const hang = without(with(loss(), "kind", "hang"), "share");
    REQUIRE(whyNot(hang).empty());
    REQUIRE(whyNot(with(hang, "peers", json::array())) == "there is no field 'peers' of hang");
    REQUIRE(whyNot(with(hang, "way", "in")) == "there is no field 'way' of hang");
    auto inReport = toJson(report());
    inReport["request"]["shar"] = 1;
    REQUIRE(std::get<Unreadable>(readReport(inReport)).why
            == "there is no field 'request.shar' of loss; did you mean 'share'?");
}

TEST_CASE("a kind that is not known is refused, with the nearest that is", "[protocol][json]") {
    REQUIRE(whyNot(with(loss(), "kind", "los"))
            == "'kind' does not know 'los'; did you mean 'loss'?");
    std::string const why = whyNot(with(loss(), "kind", "meteorite"));
    for (std::string const& name : faultNames()) {
        REQUIRE(why.find(name) != std::string::npos);
    }
    REQUIRE(whyNot(with(loss(), "kind", 7)).starts_with("'kind' must be one of loss, "));
}

TEST_CASE("what is needed and absent is named", "[protocol][json]") {
    for (char const* field : {"kind", "share", "target", "duration_us"}) {
        REQUIRE(whyNot(without(loss(), field)) == "'" + std::string(field) + "' is missing");
    }
    REQUIRE(whyNot(json::array()) == "the document must be an object");
    REQUIRE(whyNot(nullptr) == "the document must be an object");
}

TEST_CASE("a wrong type or a value out of its range is refused and named", "[protocol][json]") {
    struct Bad {
        char const* field;
        json value;
    };
    std::string const long257(257, 'a');
    for (auto const& [field, value] : std::vector<Bad>{
             {"share", 0},
             {"share", -0.1},
             {"share", 1.01},
             {"share", "0.5"},
             {"share", nullptr},
             {"duration_us", 999},
             {"duration_us", 0},
             {"duration_us", -1'000'000},
             {"duration_us", 1'000'000.5},
             {"duration_us", 1e6},
             {"duration_us", "1000000"},
             {"duration_us", 18'446'744'073'709'551'615ULL},
             {"duration_us", 9'223'372'036'854'775'807LL},
             {"lease_us", 999'999},
             {"lease_us", 60'000'001},
             {"target", ""},
             {"target", 3},
             {"target", long257},
             {"target", "a\nb"},
             {"target", std::string("a\0b", 3)},
             {"reason", std::string(1025, 'a')},
             {"reason", "\x1b[2J"},
             {"way", "sideways"},
             {"way", 1},
             {"peers", "stock"},
             {"peers", json({"stock", 1})},
             {"peers", json({""})},
             {"peers", std::vector<std::string>(257, "a")},
         }) {
        std::string const why = whyNot(with(loss(), field, value));
        INFO(field << " = " << value.dump() << ": " << why);
        REQUIRE(why.find("'" + std::string(field) + "'") == 0);
    }
    REQUIRE(whyNot(with(loss(), "share", 1)).empty());
    REQUIRE(whyNot(with(loss(), "lease_us", 60'000'000)).empty());
    REQUIRE(whyNot(with(loss(), "duration_us", 1'000)).empty());
}

TEST_CASE("what contradicts itself is refused", "[protocol][json]") {
    auto const memory = toJson(requestOf(Memory{{}, 0.5}));
    REQUIRE(whyNot(memory).empty());
    REQUIRE(whyNot(with(memory, "bytes", 4096)) == "memory needs 'bytes' or 'share', and not both");
    auto const held = toJson(requestOf(Memory{}));
    REQUIRE(whyNot(held) == "memory needs 'bytes' or 'share', and not both");
    auto http = toJson(requestOf(httpFault()));
    REQUIRE(whyNot(with(http, "abort", 199)).starts_with("'abort' must be"));
    REQUIRE(whyNot(with(http, "first", 0)).starts_with("'first' must be"));
    REQUIRE(whyNot(with(http, "path", "orders")) == "'path' must begin with a slash");
    http.erase("abort");
    REQUIRE(whyNot(http).empty());
    http.erase("delay_us");
    REQUIRE(whyNot(with(http, "header", "X")) == "'header' must be a name, a colon and a value");
    http.erase("header");
    REQUIRE(whyNot(http).empty());
    http.erase("body");
    REQUIRE(whyNot(http) == "http needs 'abort', 'delay_us', 'header' or 'body'");
    REQUIRE(whyNot(with(toJson(requestOf(Latency{1_ms, {}})), "delay_us", 0))
            == "a latency without delay and jitter does nothing");
}

TEST_CASE("a message quotes what it refuses shortly and without control characters",
          "[protocol][json]") {
    std::string const why = whyNot(with(loss(), "kind", std::string(10'000, 'x') + "\n"));
    REQUIRE(why.size() < 400);
    REQUIRE(whyNot(with(loss(), "a\nb", 1)).find('\n') == std::string::npos);
}
