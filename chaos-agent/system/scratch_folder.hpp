#pragma once

#include <string>

#include <sys/types.h>

#include "chaos-agent/system/folder.hpp"

/// A directory of our own in which a program that we run may write.
namespace shakedown::system {

struct ScratchFolder {
    Folder folder;
    std::string name;
    uid_t owner = 0; // nobody else may enter it (0700)
};

/// One that is there already is a failure.
Failed makeScratch(ScratchFolder const& scratch);

Found<std::string> pathOf(ScratchFolder const& scratch);

/// Removes it with all that is in it; one that is not there is no failure. What is not a directory
/// of that owner is one: it is not ours.
Failed removeScratch(ScratchFolder const& scratch);

} // namespace shakedown::system
