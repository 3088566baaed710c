#include "scenarios/reading/name_grammar.hpp"

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/quantity_grammar.hpp"
#include "scenarios/reading/shifted.hpp"

namespace shakedown::reading {

namespace {

bool mayStandInName(char c) {
    bool const isLetterOrDigit =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return isLetterOrDigit || c == '-' || c == '_' || c == '.' || c == ':'
           || static_cast<unsigned char>(c) >= 0x80;
}

Result<std::string> nameOrStar(std::string_view text) {
    return text == "*" ? Result<std::string>(std::string("*")) : parseName(text);
}

} // namespace

Result<std::string> parseName(std::string_view text) {
    if (text.empty()) {
        return textError(codes::badName, 0, "a name is expected");
    }
    if (text.size() > limits::nameBytes) {
        return textError(codes::badName, 0,
                         "a name has at most " + std::to_string(limits::nameBytes) + " bytes");
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!mayStandInName(text[i])) {
            return textError(codes::badName, i,
                             std::string("'") + text[i] + "' cannot stand in a name: '"
                                 + std::string(text) + "'",
                             "use letters, digits, '-', '_', '.' and ':'");
        }
    }
    return std::string(text);
}

Result<model::EndpointName> parseEndpointName(std::string_view text) {
    auto const slash = text.find('/');
    auto const service = nameOrStar(text.substr(0, slash));
    if (!service) {
        return service.errors();
    }
    if (slash == std::string_view::npos) {
        return model::EndpointName{service.value(), ""};
    }
    auto const endpoint = parseName(text.substr(slash + 1));
    if (!endpoint) {
        return shifted(endpoint.errors().front(), slash + 1);
    }
    return model::EndpointName{service.value(), endpoint.value()};
}

Result<model::CallName> parseCallName(std::string_view text) {
    constexpr std::string_view arrow = " -> ";
    auto const at = text.find(arrow);
    if (at == std::string_view::npos) {
        return textError(
            codes::badCallName, 0,
            "a call is expected, not '" + std::string(text.substr(0, limits::nameBytes)) + "'",
            "write caller -> callee, with a space on each side of the arrow: \"site -> autos\"");
    }
    auto const caller = nameOrStar(text.substr(0, at));
    if (!caller) {
        return caller.errors();
    }
    auto const callee = parseEndpointName(text.substr(at + arrow.size()));
    if (!callee) {
        return shifted(callee.errors().front(), at + arrow.size());
    }
    return model::CallName{caller.value(), callee.value()};
}

} // namespace shakedown::reading
