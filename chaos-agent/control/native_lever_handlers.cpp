#include "chaos-agent/control/native_handlers.hpp"

#include "chaos-agent/control/native_answers.hpp"
#include "chaos-agent/protocol/fault_json.hpp"

namespace shakedown::control {

using protocol::Halt;

namespace {

Response answerTo(safety::Or<Halt> const& done) {
    if (auto const* refusal = std::get_if<safety::Refusal>(&done))
        return nativeError(*refusal);
    return nativeAnswer(200, toJson(std::get<Halt>(done)));
}

} // namespace

Response serveHalted(NativeDesk& desk, NativeCall const&) {
    return nativeAnswer(200, toJson(desk.keeper.halted()));
}

Response serveHalt(NativeDesk& desk, NativeCall const& call) {
    auto const order = protocol::readHaltOrder(call.body);
    if (auto const* bad = std::get_if<protocol::Unreadable>(&order))
        return nativeError(400, "bad_request", bad->why);
    return answerTo(desk.keeper.halt(std::get<protocol::HaltOrder>(order).reason, call.caller));
}

Response serveRelease(NativeDesk& desk, NativeCall const& call) {
    return answerTo(desk.keeper.release(call.caller));
}

} // namespace shakedown::control
