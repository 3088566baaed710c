#pragma once

#include <string>
#include <vector>

#include "reports/why/course.hpp"
#include "reports/why/tale.hpp"

namespace shakedown::why {

/// How hard somebody was struck while it hurt.
struct Struck {
    std::string name;
    double asked = 0; // requests of a load; attempts of calls to a service
    double bad = 0;   // of these, those that came to no good end
    double share() const { return asked > 0 ? bad / asked : 0; }
};

struct StruckOwner {
    Struck all;                        // of the services that are theirs
    std::vector<std::string> services; // those struck
};

/// Who was struck, the hardest first; who was not is left out. Empty if no load suffered.
struct Blast {
    std::vector<Struck> loads;
    std::vector<Struck> services;
    std::vector<StruckOwner> owners;
    std::size_t loadsInAll = 0;
    std::size_t servicesInAll = 0;
};
/// From here on somebody counts as struck.
inline constexpr double struckFrom = 0.01;

Blast blastOf(Course const& course, Tale const& tale);

} // namespace shakedown::why
