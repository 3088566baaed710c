#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "scenarios/vocabulary/quantities.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::protocol {

/// As durations travel: whole microseconds.
inline std::int64_t inMicroseconds(Duration span) {
    return span.count() / 1000;
}

/// Reads the fields of an object of a message. The first error is kept and names its field; whoever
/// has read everything asks `error()`, and a field nobody asked for is an error too.
class Fields {
public:
    /// The value must outlive this.
    explicit Fields(nlohmann::json const& value);

    bool has(char const* field) const;
    /// A text; an error if it is longer than `most` bytes, or not there and not `optional`.
    std::string text(char const* field, std::size_t most = 4096);
    std::string textOr(char const* field, std::string unlessSaid, std::size_t most = 4096);
    bool flag(char const* field);
    std::int64_t count(char const* field, std::int64_t least, std::int64_t most);
    double shareOr(char const* field, double unlessSaid); // (0, 1]
    double share(char const* field);
    Duration span(char const* field, Duration least, Duration most); // microseconds
    Duration spanOr(char const* field, Duration unlessSaid, Duration least, Duration most);
    /// At most a hundred texts of at most 256 bytes; none if it is not there.
    std::vector<std::string> texts(char const* field);
    /// Null if it is not there, which is an error.
    nlohmann::json const* any(char const* field);

    void complain(std::string const& field, std::string const& why);
    /// Empty if all is well.
    std::string error();

private:
    nlohmann::json const* find(char const* field);

    nlohmann::json const& value_;
    std::string error_;
    std::vector<std::string> known_;
};

} // namespace shakedown::protocol
