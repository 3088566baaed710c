#include "chaos-agent/system/host_load.hpp"

#include <algorithm>
#include <sstream>

#include <unistd.h>

#include "chaos-agent/system/file_text.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::system {

namespace {

constexpr std::int64_t kibi = 1024;

// "some avg10=0.12 avg60=..." of that kind; empty where the kernel does not tell.
std::string pressureOf(std::string const& what) {
    auto const read = readFile("/proc/pressure/" + what);
    auto const* text = std::get_if<std::string>(&read);
    constexpr std::string_view mark = "some avg10=";
    if (text == nullptr || !text->starts_with(mark))
        return "";
    auto const end = text->find(' ', mark.size());
    return what + " " + text->substr(mark.size(), end - mark.size()) + " %";
}

// To a tenth, which is enough for people.
std::string shortText(Bytes bytes) {
    constexpr double gibi = static_cast<double>(kibi * kibi * kibi);
    std::ostringstream text;
    text.precision(1);
    text << std::fixed << static_cast<double>(bytes.count()) / gibi << " GiB";
    return text.str();
}

} // namespace

Got<HostMemory> memoryIn(std::string const& text) {
    HostMemory memory;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string name;
        std::int64_t kibibytes = 0;
        if (!(words >> name >> kibibytes))
            continue;
        if (name == "MemTotal:")
            memory.total = Bytes::of(kibibytes * kibi);
        else if (name == "MemAvailable:")
            memory.available = Bytes::of(kibibytes * kibi);
    }
    if (memory.total == Bytes())
        return Failure{"/proc/meminfo does not say how much memory there is"};
    return memory;
}

Got<HostMemory> memoryOfHost() {
    auto const read = readFile("/proc/meminfo");
    if (auto const* failure = std::get_if<Failure>(&read))
        return *failure;
    return memoryIn(std::get<std::string>(read));
}

int processors() {
    return static_cast<int>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
}

std::string loadOfHost() {
    auto const memory = memoryOfHost();
    auto const* known = std::get_if<HostMemory>(&memory);
    std::string text = known == nullptr ? "" : shortText(known->available) + " of memory available";
    std::string pressures;
    for (auto const* what : {"cpu", "memory", "io"})
        if (auto const pressure = pressureOf(what); !pressure.empty())
            pressures += (pressures.empty() ? "" : ", ") + pressure;
    if (!pressures.empty())
        text += (text.empty() ? "" : "; ") + ("waiting for " + pressures);
    return text;
}

} // namespace shakedown::system
