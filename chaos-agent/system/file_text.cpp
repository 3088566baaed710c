#include "chaos-agent/system/file_text.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>

namespace shakedown::system {

Got<std::string> readFile(std::filesystem::path const& path, std::size_t most) {
    Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file)
        return failureOf(path.string(), errno);
    return readFile(file, path.string(), most);
}

Got<std::string> readFile(Descriptor const& file, std::string const& name, std::size_t most) {
    std::string text;
    std::array<char, 4096> piece{};
    for (;;) {
        auto const got = ::read(file.number(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failureOf(name, errno);
        if (got == 0)
            return text;
        text.append(piece.data(), static_cast<std::size_t>(got));
        if (text.size() > most)
            return Failure{name + ": longer than " + std::to_string(most) + " bytes"};
    }
}

} // namespace shakedown::system
