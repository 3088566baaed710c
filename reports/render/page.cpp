#include "reports/render/page.hpp"

#include <algorithm>

namespace shakedown::render {

void Page::wrappedLine(std::string const& head, std::string const& words) {
    std::string const indent(widthOf(head), ' ');
    std::string text = head;
    std::size_t width = widthOf(head);
    bool isFirst = true;
    for (std::size_t at = 0; at < words.size();) {
        std::size_t const end = std::min(words.find(' ', at), words.size());
        std::string const word = words.substr(at, end - at);
        at = end + 1;
        if (!isFirst && width + 1 + widthOf(word) > lineWidth) {
            clippedLine(text); // a word alone may be too long
            text = indent;
            width = widthOf(indent);
            isFirst = true;
        }
        text += (isFirst ? "" : " ") + word;
        width += (isFirst ? 0 : 1) + widthOf(word);
        isFirst = false;
    }
    clippedLine(text);
}

} // namespace shakedown::render
