// Server-sent events, however the network cuts them.
#include <catch2/catch.hpp>

#include "chaos-agent/protocol/event_text.hpp"
#include "chaos-agent/protocol/fault_json.hpp"

using namespace shakedown::protocol;

namespace {

std::string textOf(std::uint64_t number, std::string const& what) {
    return "id: " + std::to_string(number)
           + "\ndata: " + toJson(AgentEvent{number, 1, what, "a", ""}).dump() + "\n\n";
}

std::vector<AgentEvent> taken(EventText& text, std::string const& bytes) {
    return std::get<std::vector<AgentEvent>>(text.take(bytes));
}

} // namespace

TEST_CASE("events are told once they are whole, wherever they are cut", "[protocol][events]") {
    std::string const all = textOf(1, "applied") + ":\n\n"
                            + "event: lost\ndata: {\"after\":1,\"next\":7}\n\n"
                            + textOf(7, "reverted");
    for (std::size_t cut = 0; cut <= all.size(); ++cut) {
        EventText text;
        auto events = taken(text, all.substr(0, cut));
        for (AgentEvent const& event : taken(text, all.substr(cut))) {
            events.push_back(event);
        }
        REQUIRE(events.size() == 2);
        REQUIRE(events[0].what == "applied");
        REQUIRE(events[1].number == 7);
    }
}

TEST_CASE("heartbeats and half events tell nothing", "[protocol][events]") {
    EventText text;
    REQUIRE(taken(text, ":\n\n:\n\n").empty());
    REQUIRE(taken(text, "id: 1\ndata: {").empty());
}

TEST_CASE("what is no event of an agent is refused", "[protocol][events]") {
    for (char const* bad : {"data: nonsense\n\n", "data: {}\n\n", "data: [1]\n\n",
                            "data: {\"number\":1,\"at_ms\":1,\"what\":7}\n\n"}) {
        INFO(bad);
        EventText text;
        REQUIRE(std::holds_alternative<std::string>(text.take(bad)));
    }
}

TEST_CASE("a line without an end is not kept for ever", "[protocol][events]") {
    EventText text;
    bool refused = false;
    for (int i = 0; i < 1000 && !refused; ++i) {
        refused = std::holds_alternative<std::string>(text.take(std::string(1024, 'a')));
    }
    REQUIRE(refused);
}
