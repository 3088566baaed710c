#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "reports/formats/epoch.hpp"
#include "reports/formats/json_writer.hpp"

namespace shakedown::formats {

enum class LogLevel : std::uint8_t { Info, Warn, Error };

/// One line of a structured log under way, written when it goes out of scope.
class EventLine {
public:
    EventLine(std::ostream& out, SimTime at, LogLevel level, std::string_view event,
              std::string_view subject, std::string_view message)
        : out_(out), json_(text_) {
        json_.openObject();
        json_.text("time", dateText(at));
        json_.number("at_s", record::tidied(at.inSeconds()));
        json_.text("level", level == LogLevel::Info   ? "info"
                            : level == LogLevel::Warn ? "warn"
                                                      : "error");
        json_.text("event", event);
        json_.text("subject", subject);
        json_.text("message", message);
    }
    EventLine(EventLine const&) = delete;
    EventLine& operator=(EventLine const&) = delete;
    ~EventLine() {
        json_.closeObject();
        out_ << text_ << '\n';
    }

    EventLine& text(std::string_view key, std::string_view value) {
        json_.text(key, value);
        return *this;
    }
    template <class T>
    EventLine& number(std::string_view key, T value) {
        json_.number(key, value);
        return *this;
    }
    EventLine& raw(std::string_view key, std::string_view json) {
        json_.raw(key, json);
        return *this;
    }

private:
    std::ostream& out_;
    std::string text_;
    JsonWriter json_;
};

} // namespace shakedown::formats
