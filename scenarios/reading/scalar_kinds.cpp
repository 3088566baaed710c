#include "scenarios/reading/scalar_kinds.hpp"

#include <cmath>

#include "scenarios/reading/codes.hpp"

namespace shakedown::reading {

std::string rangeText(Bounds bounds, std::string (*print)(double)) {
    bool const hasMost = std::isfinite(bounds.most) && bounds.most != largestCount;
    bool const hasLeast = std::isfinite(bounds.least) && (bounds.least != 0 || hasMost);
    if (hasLeast && hasMost) {
        return print(bounds.least) + " to " + print(bounds.most);
    }
    if (hasMost) {
        return "at most " + print(bounds.most);
    }
    return hasLeast ? "at least " + print(bounds.least) : "";
}

void WordKind::read(Node const& node, void* value, Reading& reading) const {
    if (!node.isScalar()) {
        reportShape(node, "one of " + name(), reading);
        return;
    }
    for (std::size_t i = 0; i < words_.size(); ++i) {
        if (node.isScalar(words_[i])) {
            store(i, value);
            return;
        }
    }
    reading.findings.error(codes::unknownWord, node.place(),
                           node.described() + " is not one of the words that can stand here",
                           didYouMean(node.text(), words_));
}

std::optional<Node> WordKind::write(void const* value) const {
    return Node::scalar(words_[load(value)]);
}

Json WordKind::schema(Definitions&) const {
    return {{"enum", words_}};
}

std::string WordKind::name() const {
    std::string list;
    for (auto const& one : words_) {
        list += (list.empty() ? "" : ", ") + one;
    }
    return list;
}

} // namespace shakedown::reading
