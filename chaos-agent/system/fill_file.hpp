#pragma once

#include <string>

#include <sys/types.h>

#include "chaos-agent/system/folder.hpp"
#include "scenarios/vocabulary/quantities.hpp"

/// A file that does nothing but take room (fallocate(2)): no block of it is written.
namespace shakedown::system {

/// What who is not root can still write on the filesystem of that directory.
Got<Bytes> freeIn(Folder const& folder);

/// Whether we may make a file there.
Failed checkWritable(Folder const& folder);

struct FillFile {
    Folder folder;
    std::string name;
    uid_t owner = 0; // of the file; it is nobody else's to read (0600)
};

/// Makes it, as large as leaves `leave` free, `most` at most. One that is there already, a
/// filesystem that cannot reserve room, and one that takes too long for it are failures.
Failed makeFill(FillFile const& file, Bytes most, Bytes leave);

/// What it takes. A file of another owner, or what is no file, is a failure: it is not ours.
Found<Bytes> roomOf(FillFile const& file);

/// Gives its room back, and removes it; one that is not there is no failure. Needs no room.
Failed removeFill(FillFile const& file);

} // namespace shakedown::system
