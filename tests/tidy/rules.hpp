#pragma once

#include "tests/tidy/rooms.hpp"
#include "tests/tidy/tree.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace shakedown::tidy {

struct Finding {
    std::string path;
    std::size_t line = 0; // 0: the file or folder as a whole
    std::string message;
};

using Findings = std::vector<Finding>;

// Includes follow the arrows of the table and are written from the root of the repository.
Findings arrowsFollowTheTable(Tree const&, Rooms const&);
// A source includes its own header first, which proves that the header compiles alone.
Findings ownHeaderComesFirst(Tree const&);
// Libraries, clocks and entropy stay in the rooms they are confined to.
Findings confinedThingsStayInside(Tree const&, Rooms const&);
// A room with sources has a README.
Findings roomsHaveReadmes(Tree const&, Rooms const&);
// Every source belongs to a room or to a suite.
Findings noOrphans(Tree const&, Rooms const&);
// No utils, common, helpers, misc.
Findings noDrawers(Tree const&);
// A mark of unfinished work names a note: TO-DO(some-note) needs docs/decisions/some-note.md.
Findings unfinishedWorkHasNotes(Tree const&);
// No path of one developer's machine.
Findings noMachinePaths(Tree const&);
// No shell reads what we run.
Findings noShell(Tree const&);
// What begins with #! can be executed, and what lies in script/ begins with #!.
Findings scriptsAreExecutable(Tree const&);

} // namespace shakedown::tidy
