#include "scenarios/reading/assignment.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/name_grammar.hpp"
#include "scenarios/reading/text_check.hpp"
#include "scenarios/reading/yaml_front.hpp"

namespace shakedown::reading {

namespace {

std::string_view firstSegment(std::string_view path) {
    return path.substr(0, path.find('.'));
}

bool begins(std::string_view path, std::string_view name) {
    return path == name
           || (path.starts_with(name) && path.size() > name.size() && path[name.size()] == '.');
}

// Names hold dots, so the longest one that fits is meant.
std::optional<std::string> longestFitting(std::string_view path,
                                          std::vector<std::string> const& names) {
    std::optional<std::string> best;
    for (auto const& name : names) {
        if (begins(path, name) && (!best || name.size() > best->size())) {
            best = name;
        }
    }
    return best;
}

std::vector<std::string> itemNames(Node const& list) {
    std::vector<std::string> names;
    for (auto const& item : list.items()) {
        Node const* const name = item.find("name");
        names.push_back(name != nullptr && name->isScalar() ? name->text() : "");
    }
    return names;
}

std::optional<std::size_t> asIndex(std::string_view text) {
    std::size_t index = 0;
    auto const end = std::from_chars(text.data(), text.data() + text.size(), index);
    bool const isNumber =
        end.ec == std::errc() && end.ptr == text.data() + text.size() && !text.empty();
    return isNumber ? std::optional(index) : std::nullopt;
}

class Assignment {
public:
    Assignment(std::string const& path, Place const& place, Findings& findings)
        : path_(path), place_(place), findings_(findings) {}

    void run(Node& document, Node value) {
        Node* at = &document;
        KindPtr kind = documentKind().kind;
        std::string_view rest = path_;
        while (at != nullptr && !rest.empty()) {
            at = at->isList() && !leadsToKey(kind, rest) ? stepIntoList(*at, kind, rest)
                                                         : stepIntoMap(*at, kind, rest);
        }
        if (at != nullptr) {
            *at = std::move(value);
        } else if (madeIn_ != nullptr) {
            madeIn_->remove(made_); // nothing is left of a path that led nowhere
        }
    }

private:
    // "endpoints.buy.idempotent" where `buy` is a bare list of steps.
    static bool leadsToKey(KindPtr const& kind, std::string_view rest) {
        return kind && !kind->shortKey().empty() && longestFitting(rest, kind->keys());
    }

    void consume(std::string_view& rest, std::size_t length) const {
        rest.remove_prefix(std::min(rest.size(), length + 1));
    }

    // The item that the path names; null after a report.
    Node* stepIntoList(Node& list, KindPtr& kind, std::string_view& rest) {
        auto const names = itemNames(list);
        auto const name = longestFitting(rest, names);
        std::string const segment = name ? *name : std::string(firstSegment(rest));
        auto const found = std::find(names.begin(), names.end(), segment);
        std::optional<std::size_t> index =
            name ? std::optional(static_cast<std::size_t>(found - names.begin()))
                 : asIndex(segment);
        if (!index || *index >= list.items().size()) {
            fail("there is no item '" + segment + "' in this list", didYouMean(segment, names));
            return nullptr;
        }
        consume(rest, segment.size());
        kind = kind ? kind->child(std::to_string(*index)) : nullptr;
        return &list.items()[*index];
    }

    // The value under the key that the path names, made if the table knows it; null after a report.
    Node* stepIntoMap(Node& at, KindPtr& kind, std::string_view& rest) {
        if (!at.isMap() && !becomeMap(at, kind)) {
            fail("this path leads into a single value", "shorten it");
            return nullptr;
        }
        std::optional<std::string> key = longestFitting(rest, at.keys());
        if (!key) {
            key = newKey(kind, rest);
            if (!key) {
                std::string const segment(firstSegment(rest));
                auto known = kind ? kind->keys() : std::vector<std::string>();
                auto const present = at.keys();
                known.insert(known.end(), present.begin(), present.end());
                fail("'" + segment + "' is unknown here", didYouMean(segment, known));
                return nullptr;
            }
            Node empty;
            empty.setPlace(at);
            at.set(*key, std::move(empty));
            madeIn_ = madeIn_ == nullptr ? &at : madeIn_;
            made_ = madeIn_ == &at ? *key : made_;
        }
        consume(rest, key->size());
        kind = kind ? kind->child(*key) : nullptr;
        return at.find(*key);
    }

    // A value that is not a map becomes one; what stood there in short form keeps its meaning.
    static bool becomeMap(Node& at, KindPtr const& kind) {
        bool const isFillable =
            at.isEmpty() || at.isScalar() || (at.isList() && kind && !kind->shortKey().empty());
        if (!kind || !kind->takesNewKeys() || !isFillable) {
            return false;
        }
        Node map = Node::map();
        map.setPlace(at);
        std::string const shortKey = kind->shortKey();
        if (!shortKey.empty() && !at.isEmpty() && !at.isScalar("none")) {
            map.set(shortKey, at);
        }
        at = std::move(map);
        return true;
    }

    static std::optional<std::string> newKey(KindPtr const& kind, std::string_view rest) {
        if (!kind || !kind->takesNewKeys()) {
            return std::nullopt;
        }
        if (!kind->keys().empty()) {
            return longestFitting(rest, kind->keys());
        }
        return newCallRule(kind, rest);
    }

    // "a -> b.timeout": the name ends before the dot behind which the table knows the key.
    static std::optional<std::string> newCallRule(KindPtr const& kind, std::string_view rest) {
        KindPtr const rule = kind->child("");
        for (std::size_t dot = rest.find('.'); dot != std::string_view::npos;
             dot = rest.find('.', dot + 1)) {
            bool const isName = parseCallName(rest.substr(0, dot)).ok();
            if (isName && longestFitting(rest.substr(dot + 1), rule->keys())) {
                return std::string(rest.substr(0, dot));
            }
        }
        return std::nullopt;
    }

    void fail(std::string const& message, std::string hint) {
        findings_.error(codes::badAssignment, place_, "'" + path_ + "': " + message,
                        std::move(hint));
    }

    std::string path_;
    Place place_;
    Findings& findings_;
    // The first key that was made on the way.
    Node* madeIn_ = nullptr;
    std::string made_;
};

} // namespace

void assign(Node& document, std::string const& path, Node value, Place const& place,
            Findings& findings) {
    if (path.empty()) {
        findings.error(codes::badAssignment, place, "a path is expected",
                       "such as services.site.workers");
        return;
    }
    Assignment(path, place, findings).run(document, std::move(value));
}

std::optional<Node> parseValue(std::string const& text, std::string const& origin,
                               Findings& findings) {
    if (auto refused = refuseBytes(text, origin)) {
        findings.report(std::move(*refused));
        return std::nullopt;
    }
    ParsedYaml parsed = parseYaml(text, origin);
    bool const isRefused = hasErrors(parsed.findings);
    findings.report(std::move(parsed.findings));
    return isRefused ? std::nullopt : std::move(parsed.root);
}

} // namespace shakedown::reading
