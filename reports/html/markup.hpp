#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text on its way into the page, and numbers into its drawings.
namespace shakedown::html {

/// For content and for attributes in double quotes: nothing in it is markup, obeyed by a terminal
/// or turns the direction of writing. A longer text than a name or a sentence may need is clipped.
inline constexpr std::size_t longestText = 2'000; // characters
std::string escaped(std::string_view text);

/// The same of a text of several lines, which it keeps, at most `most` bytes of it; `isWhole` tells
/// whether that was all.
struct EscapedLines {
    std::string text;
    bool isWhole = true;
};
EscapedLines escapedLines(std::string_view text, std::size_t most);

/// A coordinate: at most one decimal.
std::string coordinate(double value);

/// `<p class="...">`, and what it holds, escaped.
std::string element(std::string_view tag, std::string_view cls, std::string_view text);

/// A drawing of the given size, in units of about a pixel. Classes stand for colours and strokes.
class Drawing {
public:
    enum class Anchor { Start, Middle, End };

    /// `label` says in words what is seen.
    Drawing(double width, double height, std::string_view label, std::string_view cls,
            std::string_view data = {});

    void rect(double x, double y, double width, double height, std::string_view cls,
              double round = 0);
    void line(double x1, double y1, double x2, double y2, std::string_view cls);
    void path(std::string_view d, std::string_view cls);
    void text(double x, double y, Anchor anchor, std::string_view words, std::string_view cls = {});
    /// A group whose name is shown when pointed at.
    void openGroup(std::string_view name);
    void closeGroup() { out_ += "</g>\n"; }
    std::string take() { return std::move(out_) + "</svg>\n"; }

private:
    std::string out_;
};

} // namespace shakedown::html
