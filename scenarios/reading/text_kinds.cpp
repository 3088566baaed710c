#include "scenarios/reading/name_grammar.hpp"
#include "scenarios/reading/quantity_grammar.hpp"
#include "scenarios/reading/scalar_kinds.hpp"

namespace shakedown::reading {

namespace {

// Words that other YAML readers would take for something else than a text.
bool looksLikeNoText(std::string const& text) {
    bool const isWord = text == "true" || text == "false" || text == "null" || text == "~"
                        || text == "yes" || text == "no" || text == "on" || text == "off";
    return isWord || parseNumber(text).ok();
}

class TextKind : public Kind {
public:
    void read(Node const& node, void* value, Reading& reading) const override {
        if (!node.isScalar()) {
            reportShape(node, "a text", reading);
            return;
        }
        *static_cast<std::string*>(value) = node.text();
    }
    std::optional<Node> write(void const* value) const override {
        auto const& text = *static_cast<std::string const*>(value);
        return Node::scalar(text, looksLikeNoText(text) ? Node::Style::Quoted : Node::Style::Plain);
    }
    // Numbers and the like are texts too where a text stands; the reader takes them as written.
    Json schema(Definitions&) const override {
        return {{"type", Json::array({"string", "number", "boolean"})}};
    }
    std::string name() const override { return "text"; }
};

/// A text with a grammar of names.
template <class T>
class NameKind : public Kind {
public:
    NameKind(std::string name, Result<T> (*parse)(std::string_view), std::string (*print)(T const&))
        : name_(std::move(name)), parse_(parse), print_(print) {}
    void read(Node const& node, void* value, Reading& reading) const override {
        if (!node.isScalar()) {
            reportShape(node, withArticle(name_), reading);
            return;
        }
        auto parsed = parse_(node.text());
        if (!parsed) {
            reading.findings.errorIn(node, parsed.errors().front());
            return;
        }
        *static_cast<T*>(value) = std::move(parsed).value();
    }
    std::optional<Node> write(void const* value) const override {
        std::string const text = print_(*static_cast<T const*>(value));
        return Node::scalar(text, looksLikeNoText(text) ? Node::Style::Quoted : Node::Style::Plain);
    }
    Json schema(Definitions&) const override {
        return {{"type", Json::array({"string", "number"})}};
    }
    std::string name() const override { return name_; }

private:
    std::string name_;
    Result<T> (*parse_)(std::string_view);
    std::string (*print_)(T const&);
};

} // namespace

Of<std::string> text() {
    return {std::make_shared<TextKind>()};
}

Of<std::string> nameOf(std::string const& what) {
    return {std::make_shared<NameKind<std::string>>("name of " + withArticle(what), parseName,
                                                    [](std::string const& s) { return s; })};
}

Of<model::EndpointName> endpointName() {
    return {std::make_shared<NameKind<model::EndpointName>>(
        "service/endpoint", parseEndpointName,
        [](model::EndpointName const& n) { return model::toText(n); })};
}

Of<model::CallName> callName() {
    return {std::make_shared<NameKind<model::CallName>>(
        "call", parseCallName, [](model::CallName const& n) { return model::toText(n); })};
}

} // namespace shakedown::reading
