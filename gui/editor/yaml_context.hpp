#pragma once

#include <optional>
#include <vector>

#include <QString>

namespace shakedown::gui {

/// Where in a YAML text something is being written, told from what stands before it alone: what
/// stands there need not be whole, as a parser would want.
struct YamlContext {
    /// Keys from the top to the map that is being written in; an item of a list is "".
    std::vector<QString> path;
    /// The key whose value is being written; nothing if a key is.
    std::optional<QString> key;
    /// What of the word stands before the place, and where it begins.
    QString word;
    qsizetype wordBegin = 0;
    /// In a comment or behind a text that no word continues: there is nothing to complete.
    bool isNowhere = false;
};

/// `position` counts characters from the beginning; it is put into the text's range.
YamlContext contextAt(QString const& text, qsizetype position);

} // namespace shakedown::gui
