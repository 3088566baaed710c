#pragma once

#include <string>

namespace shakedown::reading {

/// The reference page of the format in Markdown, made from the field table: a table for each part
/// of the document with every key, its kind, range, default and meaning.
std::string referencePage();

} // namespace shakedown::reading
