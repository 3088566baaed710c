#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace shakedown::tidy {

// The table of rooms: who may include whom.
class Rooms {
public:
    // Reads lines "room: used used", the used rooms above their users, as CMake writes them.
    explicit Rooms(std::string_view table);

    bool has(std::string const& room) const { return reach_.contains(room); }
    bool allows(std::string const& from, std::string const& to) const;
    std::size_t size() const { return reach_.size(); }

    // The room whose folder a file lies in directly, tests counting as part of the room they
    // mirror; empty when there is none. A folder below a room's is nobody's.
    std::string ownerOf(std::string_view path) const;

    // "scenarios" of "scenarios/model".
    bool isTopFolder(std::string_view folder) const;

private:
    std::map<std::string, std::set<std::string>> reach_; // each room with all that it may include
};

} // namespace shakedown::tidy
