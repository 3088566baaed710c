#include "chaos-agent/control/native_handlers.hpp"

#include <algorithm>

#include "chaos-agent/control/native_answers.hpp"
#include "chaos-agent/protocol/fault_json.hpp"

namespace shakedown::control {

using protocol::FaultReport;
using protocol::FaultRequest;
using protocol::PlanReport;
using protocol::Unreadable;
using safety::Refusal;

namespace {

constexpr std::size_t keyAtMost = 128;

bool isKey(std::string const& key) {
    return key.size() <= keyAtMost
           && std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

template <class T>
Response answerTo(unsigned status, safety::Or<T> const& done) {
    if (auto const* refusal = std::get_if<Refusal>(&done))
        return nativeError(*refusal);
    return nativeAnswer(status, toJson(std::get<T>(done)));
}

} // namespace

Response servePlan(NativeDesk& desk, NativeCall const& call) {
    auto const request = protocol::readRequest(call.body);
    if (auto const* bad = std::get_if<Unreadable>(&request))
        return nativeError(400, "bad_request", bad->why);
    return answerTo<PlanReport>(200, desk.keeper.plan(std::get<FaultRequest>(request)));
}

Response serveFaults(NativeDesk& desk, NativeCall const&) {
    auto list = nlohmann::json::array();
    for (FaultReport const& report : desk.keeper.list())
        list.push_back(toJson(report));
    return nativeAnswer(200, {{"faults", std::move(list)}});
}

Response serveStart(NativeDesk& desk, NativeCall const& call) {
    if (!isKey(call.request.idempotencyKey))
        return nativeError(400, "bad_request",
                           "an Idempotency-Key has at most 128 visible ASCII characters");
    auto const request = protocol::readRequest(call.body);
    if (auto const* bad = std::get_if<Unreadable>(&request))
        return nativeError(400, "bad_request", bad->why);
    auto const done = desk.keeper.start(std::get<FaultRequest>(request), call.caller,
                                        call.request.idempotencyKey);
    auto answer = answerTo<FaultReport>(201, done);
    if (auto const* report = std::get_if<FaultReport>(&done))
        answer.fields.emplace_back("Location", "/v1/faults/" + report->id);
    return answer;
}

Response serveFault(NativeDesk& desk, NativeCall const& call) {
    return answerTo<FaultReport>(200, desk.keeper.get(call.id));
}

Response serveStop(NativeDesk& desk, NativeCall const& call) {
    return answerTo<FaultReport>(200, desk.keeper.stop(call.id, call.caller));
}

Response serveRenew(NativeDesk& desk, NativeCall const& call) {
    return answerTo<FaultReport>(200, desk.keeper.renew(call.id, call.caller));
}

} // namespace shakedown::control
