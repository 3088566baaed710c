#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include "reports/formats/json_writer.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::formats {

/// Who an event is of.
struct Track {
    std::uint64_t process = 0;
    std::uint64_t thread = 0;
};

/// Microseconds to the nanosecond, as the trace event format has them: "1234.005".
std::string microsecondsText(Duration d);

/// The list of events of a Chrome trace, one a line. Source: "Trace Event Format" (Google), the
/// object form.
class ChromeEvents {
public:
    explicit ChromeEvents(std::ostream& out) : out_(out) {}

    /// One event with the members that all have; `more` adds its own.
    template <class F>
    void add(char phase, std::string_view name, std::string_view category, Track track, SimTime at,
             F const& more) {
        std::string text = isFirst_ ? "\n" : ",\n";
        isFirst_ = false;
        JsonWriter json(text);
        json.openObject();
        json.text("ph", std::string_view(&phase, 1));
        json.text("name", name);
        json.text("cat", category);
        json.number("pid", track.process);
        json.number("tid", track.thread);
        json.raw("ts", microsecondsText(at.sinceStart()));
        more(json);
        json.closeObject();
        out_ << text;
    }

    /// The name of a process or thread ("process_name"), or where it stands ("thread_sort_index").
    void metadata(std::string_view what, Track track, std::string_view name) {
        add('M', what, "__metadata", track, SimTime(), [&](JsonWriter& json) {
            json.openObject("args");
            json.text("name", name);
            json.closeObject();
        });
    }
    void order(std::string_view what, Track track, std::uint64_t place) {
        add('M', what, "__metadata", track, SimTime(), [&](JsonWriter& json) {
            json.openObject("args");
            json.number("sort_index", place);
            json.closeObject();
        });
    }
    /// Scope: 'g' everywhere, 'p' in the process, 't' in the thread.
    void instant(char scope, std::string_view name, std::string_view category, Track track,
                 SimTime at) {
        add('i', name, category, track, at,
            [&](JsonWriter& json) { json.text("s", std::string_view(&scope, 1)); });
    }

private:
    std::ostream& out_;
    bool isFirst_ = true;
};

} // namespace shakedown::formats
