#include "scenarios/reading/comma.hpp"

#include "scenarios/reading/codes.hpp"

namespace shakedown::reading {

namespace {

int openBrackets(std::string const& text) {
    int open = 0;
    for (char const c : text) {
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return open;
}

// The plain scalar that an item ends with: itself, or the value of `work: lognormal(8ms`.
Node* lastScalar(Node& item) {
    if (item.isMap() && item.entries().size() == 1) {
        return item.find(item.entries().front().key.text());
    }
    return &item;
}

bool isOpen(Node const& node) {
    return node.isScalar() && node.style() == Node::Style::Plain && openBrackets(node.text()) > 0;
}

void report(Node const& mended, Diagnostics& findings) {
    findings.push_back(
        {Severity::Error, codes::unquotedComma,
         "inside [ ] and { } YAML ends a value at the comma, so this '(' is not closed",
         "quote it: \"" + mended.text() + "\"", mended.place()});
}

// Joins texts to `start` until its brackets are closed; how many were needed, or 0 if they never
// are.
template <class TextOf>
std::size_t join(Node& start, std::size_t following, TextOf const& textOf) {
    std::string text = start.text();
    for (std::size_t i = 0; i < following; ++i) {
        std::string const* const more = textOf(i);
        if (more == nullptr) {
            return 0;
        }
        text += ", " + *more;
        if (openBrackets(text) <= 0) {
            start.setText(std::move(text));
            return i + 1;
        }
    }
    return 0;
}

template <class T, class StartOf, class TextOf>
void mend(std::vector<T>& parts, StartOf const& startOf, TextOf const& textOf,
          Diagnostics& findings) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Node* const start = startOf(parts[i]);
        if (start == nullptr || !isOpen(*start)) {
            continue;
        }
        std::size_t const used = join(*start, parts.size() - i - 1,
                                      [&](std::size_t k) { return textOf(parts[i + 1 + k]); });
        if (used > 0) {
            auto const first = parts.begin() + static_cast<std::ptrdiff_t>(i) + 1;
            parts.erase(first, first + static_cast<std::ptrdiff_t>(used));
            report(*start, findings);
        }
    }
}

} // namespace

void mendCommas(std::vector<Node>& items, Diagnostics& findings) {
    mend(
        items, [](Node& item) { return lastScalar(item); },
        [](Node const& item) { return item.isScalar() ? &item.text() : nullptr; }, findings);
}

void mendCommas(std::vector<MapEntry>& entries, Diagnostics& findings) {
    mend(
        entries, [](MapEntry& entry) { return &entry.value; },
        [](MapEntry const& entry) { return entry.value.isEmpty() ? &entry.key.text() : nullptr; },
        findings);
}

} // namespace shakedown::reading
