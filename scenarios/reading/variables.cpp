#include "scenarios/reading/variables.hpp"

#include <cstdint>
#include <map>
#include <optional>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/name_grammar.hpp"

namespace shakedown::reading {

namespace {

class Variables {
public:
    Variables(Node const* section, Findings& findings) : findings_(findings) {
        if (section == nullptr || section->isEmpty()) {
            return;
        }
        if (!section->isMap()) {
            findings_.error(codes::wrongShape, section->place(),
                            "'vars' is a map of values, by name");
            return;
        }
        if (section->entries().size() > limits::variables) {
            findings_.error(codes::badVariable, section->place(),
                            "too many variables; at most " + std::to_string(limits::variables));
            return;
        }
        for (auto const& entry : section->entries()) {
            take(entry);
        }
    }

    void substituteIn(Node& node) {
        if (node.isScalar()) {
            if (auto text = expanded(node)) {
                node.setText(std::move(*text));
                node.markComputed();
            }
        }
        for (auto const& entry : node.entries()) {
            auto const found = entry.key.text().find("${");
            if (found != std::string::npos) {
                findings_.error(
                    codes::badVariable, entry.key.placeAt(found), "a key cannot hold a variable",
                    "variables stand in values; for parts of the document there are YAML anchors");
            }
        }
        node.forEachValue([this](Node& child) { substituteIn(child); });
    }

private:
    enum class State : std::uint8_t { Raw, InWork, Done };
    struct Variable {
        Node value;
        State state = State::Raw;
    };

    void take(MapEntry const& entry) {
        if (auto const name = parseName(entry.key.text()); !name) {
            findings_.errorIn(entry.key, name.errors().front());
        } else if (!entry.value.isScalar()) {
            findings_.error(codes::badVariable, entry.value.place(),
                            "a variable is a single value, not " + entry.value.described(),
                            "for parts of the document there are YAML anchors");
        } else {
            variables_[entry.key.text()] = {entry.value, State::Raw};
        }
    }

    // The text with its variables put in; nothing if it has none, or after an error.
    std::optional<std::string> expanded(Node const& node) {
        std::string const& text = node.text();
        if (text.find("${") == std::string::npos) {
            return std::nullopt;
        }
        std::string result;
        std::size_t at = 0;
        for (;;) {
            std::size_t const found = text.find("${", at);
            if (found == std::string::npos) {
                result += text.substr(at);
                break;
            }
            bool const isEscaped = found > 0 && text[found - 1] == '$';
            if (isEscaped) {
                result += text.substr(at, found - at) + "{";
                at = found + 2;
                continue;
            }
            std::size_t const end = text.find('}', found);
            if (end == std::string::npos) {
                findings_.error(codes::badVariable, node.placeAt(found), "this '${' has no '}'");
                return std::nullopt;
            }
            auto const value =
                valueOf(text.substr(found + 2, end - found - 2), node.placeAt(found));
            if (!value) {
                return std::nullopt;
            }
            result += text.substr(at, found - at) + *value;
            at = end + 1;
            if (!isWithinLimits(result, node)) {
                return std::nullopt;
            }
        }
        return result;
    }

    bool isWithinLimits(std::string const& text, Node const& node) {
        substituted_ += text.size();
        if (text.size() <= limits::scalarBytes && substituted_ <= limits::substitutedBytes) {
            return true;
        }
        if (!isReported_) {
            findings_.error(codes::badVariable, node.place(),
                            "variables make this document too large",
                            "use fewer variables within variables");
            isReported_ = true;
        }
        return false;
    }

    std::optional<std::string> valueOf(std::string const& name, Place const& place) {
        auto const found = variables_.find(name);
        if (found == variables_.end()) {
            std::vector<std::string> known;
            for (auto const& [one, variable] : variables_) {
                known.push_back(one);
            }
            findings_.error(codes::badVariable, place, "there is no variable '" + name + "'",
                            didYouMean(name, known));
            return std::nullopt;
        }
        Variable& variable = found->second;
        if (variable.state == State::InWork) {
            findings_.error(codes::badVariable, place, "the variable '" + name + "' uses itself");
            return std::nullopt;
        }
        if (variable.state == State::Raw) {
            variable.state = State::InWork;
            if (auto text = expanded(variable.value)) {
                variable.value.setText(std::move(*text));
            }
            variable.state = State::Done;
        }
        return variable.value.text();
    }

    Findings& findings_;
    std::map<std::string, Variable> variables_;
    std::size_t substituted_ = 0;
    bool isReported_ = false;
};

} // namespace

void substituteVariables(Node& document, Findings& findings) {
    Variables variables(document.find("vars"), findings);
    document.remove("vars");
    variables.substituteIn(document);
}

} // namespace shakedown::reading
