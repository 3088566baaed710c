#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace shakedown::html {

/// A table of text; the first column names its rows.
struct Table {
    std::string caption; // may be empty
    std::vector<std::string> heads;
    std::vector<std::vector<std::string>> rows;
};

/// In a box of its own that can be scrolled sideways.
std::string tableHtml(Table const& table, std::string_view cls = {});
/// The table behind a chart, to be opened.
std::string behind(Table const& table, std::string_view summary = "Table");

} // namespace shakedown::html
