#include "chaos-agent/protocol/event_text.hpp"

#include <utility>

#include "chaos-agent/protocol/fault_json.hpp"

namespace shakedown::protocol {

namespace {

constexpr std::size_t eventAtMost = 256UL * 1024;
constexpr std::string_view dataField = "data: ";

} // namespace

std::variant<std::vector<AgentEvent>, std::string> EventText::take(std::string_view bytes) {
    std::vector<AgentEvent> events;
    rest_ += bytes;
    std::size_t begin = 0;
    for (auto end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', begin)) {
        if (auto why = onLine(std::string_view(rest_).substr(begin, end - begin), events))
            return *std::move(why);
        begin = end + 1;
    }
    rest_.erase(0, begin);
    if (rest_.size() + data_.size() > eventAtMost)
        return std::string("an event is too long");
    return events;
}

std::optional<std::string> EventText::onLine(std::string_view line,
                                             std::vector<AgentEvent>& events) {
    if (line.starts_with("event:"))
        isNamed_ = true;
    if (line.starts_with(dataField))
        data_ = line.substr(dataField.size());
    if (!line.empty())
        return {};
    std::string const data = std::exchange(data_, {});
    if (std::exchange(isNamed_, false) || data.empty())
        return {};
    auto const value = nlohmann::json::parse(data, nullptr, false);
    auto read = readEvent(value);
    if (auto* unreadable = std::get_if<Unreadable>(&read))
        return "an event cannot be read: " + unreadable->why;
    events.push_back(std::get<AgentEvent>(std::move(read)));
    return {};
}

} // namespace shakedown::protocol
