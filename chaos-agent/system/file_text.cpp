#include "chaos-agent/system/file_text.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>

#include "chaos-agent/system/descriptor.hpp"

namespace shakedown::system {

Got<std::string> readFile(std::filesystem::path const& path, std::size_t most) {
    Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file)
        return failureOf(path.string(), errno);
    std::string text;
    std::array<char, 4096> piece{};
    for (;;) {
        auto const got = ::read(file.number(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failureOf(path.string(), errno);
        if (got == 0)
            return text;
        text.append(piece.data(), static_cast<std::size_t>(got));
        if (text.size() > most)
            return Failure{path.string() + ": longer than " + std::to_string(most) + " bytes"};
    }
}

} // namespace shakedown::system
