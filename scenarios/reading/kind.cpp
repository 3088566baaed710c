#include "scenarios/reading/kind.hpp"

#include "scenarios/reading/codes.hpp"

namespace shakedown::reading {

// The entry is made at once, so that a kind that holds itself ends.
bool Definitions::begin(std::string const& name) {
    if (definitions_.contains(name)) {
        return false;
    }
    definitions_[name] = nullptr;
    return true;
}

void Definitions::finish(std::string const& name, Json schema) {
    definitions_[name] = std::move(schema);
}

Json Definitions::reference(std::string const& name) {
    return {{"$ref", "#/$defs/" + name}};
}

Json LaterKind::schema(Definitions& definitions) const {
    return find_()->schema(definitions);
}

std::string withArticle(std::string const& name) {
    bool const isVowel =
        !name.empty() && std::string_view("aeio").find(name.front()) != std::string_view::npos;
    return (isVowel ? "an " : "a ") + name;
}

void reportShape(Node const& node, std::string const& wanted, Reading& reading, std::string hint) {
    std::string const found = node.isEmpty() ? "nothing stands here" : "not " + node.described();
    std::string const message =
        node.isEmpty() ? wanted + " is expected; " + found : wanted + " is expected, " + found;
    reading.findings.error(codes::wrongShape, node.place(), message, std::move(hint));
}

} // namespace shakedown::reading
