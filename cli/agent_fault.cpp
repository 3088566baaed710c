#include "cli/agent_fault.hpp"

#include <nlohmann/json.hpp>

#include "chaos-agent/protocol/fault_json.hpp"
#include "scenarios/reading/quantity_grammar.hpp"

namespace shakedown::cli {

namespace {

using nlohmann::json;

// A word of the message for a word of the command line: times travel in microseconds, shares as
// numbers, sizes in bytes.
struct Setting {
    std::string field;
    json value;
};

Setting settingOf(std::string const& name, std::string const& text) {
    if (auto const span = reading::parseDuration(text); span && text != "none")
        return {name + "_us", span.value().count() / 1000};
    if (auto const share = reading::parseRatio(text))
        return {name, share.value().value()};
    if (auto const size = reading::parseBytes(text))
        return {name, size.value().count()};
    if (auto const whole = reading::parseWhole(text))
        return {name, whole.value()};
    if (auto const number = reading::parseNumber(text))
        return {name, number.value()};
    return {name, text};
}

} // namespace

std::variant<protocol::FaultRequest, std::string> requestOf(AskedFault const& asked) {
    json message{{"kind", asked.kind}, {"target", asked.target}, {"reason", asked.reason}};
    if (!asked.peers.empty())
        message["peers"] = asked.peers;
    auto const addSpan = [&](char const* field, std::string const& text) -> std::string {
        if (text.empty())
            return "";
        auto const span = reading::parseDuration(text);
        if (!span)
            return span.errors().front().message;
        message[field] = span.value().count() / 1000;
        return "";
    };
    if (auto why = addSpan("duration_us", asked.duration); !why.empty())
        return "--for: " + why;
    if (auto why = addSpan("lease_us", asked.lease); !why.empty())
        return "--lease: " + why;
    if (!asked.way.empty())
        message["way"] = asked.way;
    for (auto const& word : asked.settings) {
        auto const equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return "'" + word + "' is no setting; write it as share=10% or delay=100ms";
        auto const setting = settingOf(word.substr(0, equals), word.substr(equals + 1));
        message[setting.field] = setting.value;
    }
    auto read = protocol::readRequest(message);
    if (auto const* unreadable = std::get_if<protocol::Unreadable>(&read))
        return unreadable->why;
    return std::get<protocol::FaultRequest>(std::move(read));
}

} // namespace shakedown::cli
