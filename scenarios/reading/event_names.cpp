#include "scenarios/reading/event_names.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "scenarios/model/verbs.hpp"
#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/name_grammar.hpp"

namespace shakedown::reading {

namespace {

template <std::size_t N>
MapEntry const* verbOf(Node const& event, std::array<std::string_view, N> const& verbs) {
    for (auto const& entry : event.entries()) {
        if (std::find(verbs.begin(), verbs.end(), entry.key.text()) != verbs.end()) {
            return &entry;
        }
    }
    return nullptr;
}

// What is left of a text when only what may stand in a name is kept.
std::string asName(std::string const& text) {
    std::string name;
    for (char const c : text) {
        bool const isAllowed = parseName(std::string(1, c)).ok()
                               || static_cast<unsigned char>(c) >= 0x80 || c == '$' || c == '{'
                               || c == '}'; // variables are put in later
        if (c == '*') {
            name += "any";
        } else if (isAllowed && c != '-') {
            name += c;
        } else if (!name.empty() && name.back() != '-') {
            name += '-';
        }
    }
    constexpr std::size_t longest = limits::nameBytes / 2;
    return name.size() <= longest ? name : "";
}

std::string targetOf(Node const& what) {
    for (char const* const key : {"service", "call", "zone", "host", "link", "topic", "load",
                                  "between", "path", "projection"}) {
        Node const* target = what.find(key);
        if (target != nullptr && target->isList() && !target->items().empty()) {
            target = &target->items().front();
        }
        if (target != nullptr && target->isScalar()) {
            return target->text();
        }
    }
    return what.isMap() && what.entries().size() == 1 ? what.entries().front().key.text() : "";
}

// Hands out names; remembers where it is in "-2", "-3" ..., or many equal faults would cost a
// square.
class FreeNames {
public:
    explicit FreeNames(std::set<std::string> taken) : taken_(std::move(taken)) {}

    std::string take(std::string const& wanted) {
        std::string name = wanted;
        int& number = last_[wanted];
        while (!taken_.insert(name).second) {
            number = std::max(number, 1) + 1;
            name = wanted + "-" + std::to_string(number);
        }
        return name;
    }

private:
    std::set<std::string> taken_;
    std::map<std::string, int> last_;
};

template <std::size_t N>
void nameList(Node* list, std::array<std::string_view, N> const& verbs, FreeNames& names) {
    if (list == nullptr || !list->isList()) {
        return;
    }
    for (auto& event : list->items()) {
        MapEntry const* const verb = verbOf(event, verbs);
        if (verb == nullptr || event.find("name") != nullptr) {
            continue;
        }
        std::string const target = asName(targetOf(verb->value));
        Node value =
            Node::scalar(names.take(verb->key.text() + (target.empty() ? "" : "-" + target)));
        value.setPlace(event);
        value.markComputed();
        event.set("name", std::move(value));
    }
}

void takeGivenNames(Node const* list, std::map<std::string, Place>& given, Findings& findings) {
    if (list == nullptr || !list->isList()) {
        return;
    }
    for (auto const& event : list->items()) {
        Node const* const name = event.find("name");
        if (name == nullptr || !name->isScalar()) {
            continue;
        }
        auto const [first, isNew] = given.emplace(name->text(), name->place());
        if (!isNew) {
            findings.error(
                codes::nameTwice, name->place(), "the name '" + name->text() + "' is taken",
                "by the fault or operation in line " + std::to_string(first->second.line));
        }
    }
}

} // namespace

void nameEvents(Node& document, Findings& findings) {
    std::map<std::string, Place> given;
    takeGivenNames(document.find("faults"), given, findings);
    takeGivenNames(document.find("operations"), given, findings);
    std::set<std::string> taken;
    for (auto const& [name, place] : given) {
        taken.insert(name);
    }
    FreeNames names(std::move(taken));
    nameList(document.find("faults"), model::faultVerbs, names);
    nameList(document.find("operations"), model::operationVerbs, names);
}

} // namespace shakedown::reading
