#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/quantity_grammar.hpp"
#include "scenarios/reading/scalar_kinds.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::reading {

namespace {

/// Bare numbers, which are numbers in the schema too.
template <class T>
class NumberKind : public Kind {
public:
    NumberKind(Bounds bounds, bool isWhole) : bounds_(bounds), isWhole_(isWhole) {}

    void read(Node const& node, void* value, Reading& reading) const override {
        if (!node.isScalar()) {
            reportShape(node, isWhole_ ? "a count" : "a number", reading);
            return;
        }
        double base = 0;
        std::optional<T> result =
            isWhole_ ? whole(node, base, reading) : fraction(node, base, reading);
        if (!result) {
            return;
        }
        if (base < bounds_.least || base > bounds_.most) {
            reading.findings.error(codes::outOfRange, node.place(), outOfRange(node));
            return;
        }
        *static_cast<T*>(value) = *result;
    }

    std::optional<Node> write(void const* value) const override {
        T const number = *static_cast<T const*>(value);
        if constexpr (std::is_integral_v<T>) {
            return Node::scalar(std::to_string(number));
        } else {
            return Node::scalar(shakedown::toText(static_cast<double>(number)));
        }
    }

    Json schema(Definitions& definitions) const override {
        Json number = {{"type", isWhole_ ? "integer" : "number"}};
        if (std::isfinite(bounds_.least)) {
            number["minimum"] = bounds_.least;
        }
        if (std::isfinite(bounds_.most)) {
            number["maximum"] = bounds_.most;
        }
        Json variable = definitions.refer("variable", [] {
            return Json{
                {"type", "string"}, {"pattern", variablePattern}, {"description", "a variable"}};
        });
        return {{"anyOf", Json::array({std::move(number), std::move(variable)})}};
    }

    std::string name() const override { return isWhole_ ? "count" : "number"; }
    std::string range() const override {
        return rangeText(bounds_, [](double b) { return shakedown::toText(b); });
    }

private:
    std::optional<T> whole(Node const& node, double& base, Reading& reading) const {
        auto const parsed = parseWhole(node.text());
        if (!parsed) {
            reading.findings.errorIn(node, parsed.errors().front());
            return std::nullopt;
        }
        base = static_cast<double>(parsed.value());
        return static_cast<T>(parsed.value());
    }
    std::optional<T> fraction(Node const& node, double& base, Reading& reading) const {
        auto const parsed = parseNumber(node.text());
        if (!parsed) {
            reading.findings.errorIn(node, parsed.errors().front());
            return std::nullopt;
        }
        base = parsed.value();
        return static_cast<T>(parsed.value());
    }

    std::string outOfRange(Node const& node) const {
        std::string const allowed = range();
        return "'" + node.text() + "' is out of range: "
               + (!allowed.empty()               ? allowed
                  : node.text().starts_with('-') ? "it cannot be negative"
                                                 : "at most 1000000000");
    }

    Bounds bounds_;
    bool isWhole_;
};

class FlagKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        if (!node.isScalar("true") && !node.isScalar("false")) {
            bool const isYes = node.isScalar("yes") || node.isScalar("on") || node.isScalar("True")
                               || node.isScalar("1");
            bool const isNo = node.isScalar("no") || node.isScalar("off") || node.isScalar("False")
                              || node.isScalar("0");
            reportShape(node, "true or false", reading,
                        isYes  ? "write 'true'"
                        : isNo ? "write 'false'"
                               : "");
            return;
        }
        *static_cast<bool*>(value) = node.isScalar("true");
    }
    std::optional<Node> write(void const* value) const override {
        return Node::scalar(*static_cast<bool const*>(value) ? "true" : "false");
    }
    Json schema(Definitions& definitions) const override {
        return definitions.refer("flag", [] {
            return Json{
                {"anyOf", Json::array({Json{{"type", "boolean"}},
                                       Json{{"type", "string"}, {"pattern", variablePattern}}})}};
        });
    }
    std::string name() const override { return "true or false"; }
};

} // namespace

Of<int> count(Bounds bounds) {
    bounds.most = std::min(bounds.most, largestCount);
    return {std::make_shared<NumberKind<int>>(bounds, true)};
}

Of<std::uint64_t> seedNumber() {
    return {std::make_shared<NumberKind<std::uint64_t>>(Bounds{0, 9.2e18}, true)};
}

Of<double> number(Bounds bounds) {
    return {std::make_shared<NumberKind<double>>(bounds, false)};
}

Of<bool> flag() {
    return {std::make_shared<FlagKind>()};
}

} // namespace shakedown::reading
