#include "reports/formats/nodes.hpp"

#include <map>
#include <string_view>

namespace shakedown::formats {

namespace {

using Index = std::map<std::string, std::size_t, std::less<>>;

// Of an endpoint its service.
std::string_view serviceIn(std::string_view name) {
    return name.substr(0, name.find('/'));
}

std::size_t find(Index const& index, std::string_view name, std::size_t otherwise) {
    auto const found = index.find(name);
    return found == index.end() ? otherwise : found->second;
}

} // namespace

Nodes::Nodes(record::Names const& names) : loads_(names.loads.size()), names_(names.loads) {
    names_.insert(names_.end(), names.services.begin(), names.services.end());
    names_.emplace_back("unknown");
    Index loads;
    Index services;
    for (std::size_t node = 0; node < unknown(); ++node) {
        (node < loads_ ? loads : services).try_emplace(names_[node], node);
    }
    for (auto const& endpoint : names.endpoints) {
        endpoints_.push_back(find(services, serviceIn(endpoint), unknown()));
    }
    constexpr std::string_view arrow = " -> ";
    for (std::string_view const call : names.calls) {
        auto const at = call.find(arrow);
        if (at == std::string_view::npos) {
            calls_.push_back({unknown(), unknown()});
            continue;
        }
        std::string_view const from = call.substr(0, at);
        std::string_view const to = call.substr(at + arrow.size());
        calls_.push_back({find(loads, from, find(services, serviceIn(from), unknown())),
                          find(services, serviceIn(to), unknown())});
    }
}

} // namespace shakedown::formats
