#pragma once

#include <functional>
#include <ostream>
#include <string>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::cli {

/// Writes a file beside its place and moves it there once it is whole; what is no regular file (a
/// device, a pipe, a link) is written where it is. If it cannot be written, or
/// `write` finds an error, whatever was there before stays. The findings of both.
Diagnostics writeWhole(std::string const& file,
                       std::function<Diagnostics(std::ostream&)> const& write);

} // namespace shakedown::cli
