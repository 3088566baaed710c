#include "reports/formats/chrome_events.hpp"

namespace shakedown::formats {

std::string microsecondsText(Duration d) {
    std::string const rest = std::to_string(d.count() % 1000);
    return std::to_string(d.count() / 1000)
           + (rest == "0" ? "" : "." + std::string(3 - rest.size(), '0') + rest);
}

} // namespace shakedown::formats
