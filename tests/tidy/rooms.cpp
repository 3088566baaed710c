#include "tests/tidy/rooms.hpp"

#include <sstream>
#include <stdexcept>

namespace shakedown::tidy {

Rooms::Rooms(std::string_view table) {
    std::istringstream lines{std::string(table)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string room;
        words >> room;
        if (room.size() < 2 || room.back() != ':') {
            throw std::invalid_argument("not a line of the room table: '" + line + "'");
        }
        room.pop_back();
        std::set<std::string> reach{room, "scenarios/vocabulary"};
        for (std::string used; words >> used;) {
            if (!has(used)) {
                throw std::invalid_argument(room + " uses " + used + ", which does not precede it");
            }
            reach.insert(reach_[used].begin(), reach_[used].end());
        }
        reach_.emplace(room, std::move(reach));
    }
}

bool Rooms::allows(std::string const& from, std::string const& to) const {
    auto const found = reach_.find(from);
    return found != reach_.end() && found->second.contains(to);
}

std::string Rooms::ownerOf(std::string_view path) const {
    if (path.starts_with("tests/")) {
        path.remove_prefix(6);
    }
    auto const slash = path.rfind('/');
    std::string const folder(slash == std::string_view::npos ? "" : path.substr(0, slash));
    return has(folder) ? folder : "";
}

bool Rooms::isTopFolder(std::string_view folder) const {
    for (auto const& [room, reach] : reach_) {
        if (room.substr(0, room.find('/')) == folder) {
            return true;
        }
    }
    return false;
}

} // namespace shakedown::tidy
