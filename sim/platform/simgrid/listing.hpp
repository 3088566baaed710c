#pragma once

#include <cstdio>
#include <string>

namespace shakedown::platform {

/// `SimgridModule::list`.
void list(std::string const& file, std::FILE* out);

} // namespace shakedown::platform
