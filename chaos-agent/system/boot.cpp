#include "chaos-agent/system/boot.hpp"

#include <chrono>
#include <ctime>

#include "chaos-agent/system/file_text.hpp"

namespace shakedown::system {

std::string bootId() {
    auto const read = readFile("/proc/sys/kernel/random/boot_id", 64);
    auto const* text = std::get_if<std::string>(&read);
    return text == nullptr ? std::string() : text->substr(0, text->find('\n'));
}

Duration sinceBoot() {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return Duration::seconds(now.tv_sec) + Duration::nanoseconds(now.tv_nsec);
}

std::int64_t wallClockMs() {
    auto const now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

} // namespace shakedown::system
