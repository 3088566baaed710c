#pragma once

#include <string>
#include <string_view>

#include "scenarios/vocabulary/diagnostic.hpp"

/// Changes to the text of a scenario that leave the rest of it as it was written, comments and all.
namespace shakedown::reading {

struct EditedText {
    std::string text;
    /// Where the text could not be changed in place the whole document is written anew, and its
    /// comments are lost.
    bool isWrittenAnew = false;
};

/// As `--set`: `value` is YAML, the path is one that assign() takes. The result is read as the same
/// document as the changed tree, or there is an error.
Result<EditedText> withValue(std::string_view text, std::string const& path,
                             std::string const& value);

/// One more item at the end of a list of the document ("faults", "operations", "expect"), which is
/// made if it is not there. `item` is YAML on one line.
Result<EditedText> withItem(std::string_view text, std::string const& list,
                            std::string const& item);

} // namespace shakedown::reading
