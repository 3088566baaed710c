#include "chaos-agent/control/native_answers.hpp"

#include "scenarios/vocabulary/require.hpp"

namespace shakedown::control {

using Reason = safety::Refusal::Reason;

unsigned statusOf(Reason reason) {
    switch (reason) {
    case Reason::NotAllowed:
    case Reason::NotYours:
        return 403;
    case Reason::Conflict:
        return 409;
    case Reason::NotPossible:
        return 422;
    case Reason::Halted:
        return 423;
    case Reason::NotFound:
        return 404;
    case Reason::NoRecord:
        return 507;
    }
    failRequire("a reason has a status", std::source_location::current());
}

char const* codeOf(Reason reason) {
    switch (reason) {
    case Reason::NotAllowed:
        return "not_allowed";
    case Reason::NotYours:
        return "not_yours";
    case Reason::Conflict:
        return "conflict";
    case Reason::NotPossible:
        return "not_possible";
    case Reason::Halted:
        return "halted";
    case Reason::NotFound:
        return "not_found";
    case Reason::NoRecord:
        return "no_record";
    }
    failRequire("a reason has a code", std::source_location::current());
}

Response nativeAnswer(unsigned status, nlohmann::json const& body) {
    // A message may quote what is not UTF-8.
    return {status,
            "application/json",
            body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n",
            {{"Cache-Control", "no-store"}}};
}

Response nativeError(unsigned status, char const* code, std::string const& message) {
    return nativeAnswer(status, {{"error", {{"code", code}, {"message", message}}}});
}

Response nativeError(safety::Refusal const& refusal) {
    return nativeError(statusOf(refusal.reason), codeOf(refusal.reason), refusal.message);
}

Response nativeError(HttpRefusal const& refusal) {
    return nativeError(refusal.status, refusal.status < 500 ? "bad_request" : "internal_error",
                       refusal.why);
}

} // namespace shakedown::control
