#include "chaos-agent/system/capabilities.hpp"

#include <cstdint>

#include <linux/capability.h>

#include "chaos-agent/system/file_text.hpp"

namespace shakedown::system {

namespace {

struct Row {
    char const* name;
    unsigned bit;
};

Row rowOf(Privilege privilege) {
    switch (privilege) {
    case Privilege::NetAdmin:
        return {"CAP_NET_ADMIN", CAP_NET_ADMIN};
    case Privilege::NetRaw:
        return {"CAP_NET_RAW", CAP_NET_RAW};
    case Privilege::SysAdmin:
        return {"CAP_SYS_ADMIN", CAP_SYS_ADMIN};
    case Privilege::Kill:
        return {"CAP_KILL", CAP_KILL};
    case Privilege::Ptrace:
        return {"CAP_SYS_PTRACE", CAP_SYS_PTRACE};
    case Privilege::SysResource:
        return {"CAP_SYS_RESOURCE", CAP_SYS_RESOURCE};
    }
    return {"", 0};
}

} // namespace

char const* nameOf(Privilege privilege) {
    return rowOf(privilege).name;
}

bool has(Privilege privilege) {
    auto const read = readFile("/proc/self/status");
    auto const* text = std::get_if<std::string>(&read);
    constexpr std::string_view mark = "\nCapEff:";
    auto const found = text == nullptr ? std::string::npos : text->find(mark);
    if (found == std::string::npos)
        return false;
    std::uint64_t const set = std::stoull(text->substr(found + mark.size(), 20), nullptr, 16);
    return (set >> rowOf(privilege).bit & 1U) != 0;
}

} // namespace shakedown::system
