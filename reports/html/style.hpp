#pragma once

#include <string_view>

namespace shakedown::html {

/// The page's style: one list of colours for light and print, one for dark.
std::string_view styleSheet();

/// The page's script: a shared cursor over all charts, and the row of the table under it. The page
/// says everything without it.
std::string_view script();

} // namespace shakedown::html
