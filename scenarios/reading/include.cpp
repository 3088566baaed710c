#include "scenarios/reading/include.hpp"

#include <algorithm>
#include <vector>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/text_check.hpp"
#include "scenarios/reading/yaml_front.hpp"

namespace shakedown::reading {

namespace fs = std::filesystem;

namespace {

void layOver(Node& over, Node const& under) {
    for (auto const& [key, value] : under.entries()) {
        Node* const own = over.find(key.text());
        if (own == nullptr) {
            over.add(key, value);
        } else if (own->isMap() && value.isMap()) {
            layOver(*own, value);
        } else if (own->isList() && value.isList()) {
            own->items().insert(own->items().begin(), value.items().begin(), value.items().end());
        }
    }
}

class Loader {
public:
    Loader(Sources& sources, Findings& findings) : sources_(sources), findings_(findings) {}

    // `real` is the path of a file that exists; the chain of real paths shows a cycle.
    std::optional<Node> load(std::string_view text, std::string const& file, fs::path const& real) {
        if (auto refused = refuseBytes(text, file)) {
            findings_.report(std::move(*refused));
            return std::nullopt;
        }
        sources_.addYamlFile(file);
        ParsedYaml parsed = parseYaml(text, file);
        findings_.report(std::move(parsed.findings));
        if (!parsed.root || !parsed.root->isMap()) {
            return std::move(parsed.root);
        }
        chain_.push_back(real);
        Node included = loadIncluded(*parsed.root);
        chain_.pop_back();
        parsed.root->remove("include");
        layOver(*parsed.root, included);
        if (parsed.root->count() > limits::totalNodes) {
            findings_.error(codes::tooLarge, parsed.root->place(),
                            "the document with all it includes is too large");
            return std::nullopt;
        }
        return std::move(parsed.root);
    }

private:
    // All files that a document includes, laid over each other.
    Node loadIncluded(Node const& document) {
        Node together = Node::map();
        Node const* const include = document.find("include");
        if (include == nullptr || include->isEmpty()) {
            return together;
        }
        std::vector<Node> const single{*include};
        for (auto const& name : include->isList() ? include->items() : single) {
            if (!name.isScalar()) {
                findings_.error(codes::badInclude, name.place(),
                                "'include' takes a file or a list of files, not "
                                    + name.described());
                continue;
            }
            if (auto one = loadOne(name)) {
                layOver(*one, together);
                together = std::move(*one);
            }
        }
        return together;
    }

    std::optional<Node> loadOne(Node const& name) {
        std::string const from = name.file() ? *name.file() : std::string();
        auto const real = sources_.resolve(name.text(), from);
        if (!real) {
            findings_.errorIn(name, real.errors().front());
            return std::nullopt;
        }
        if (!isWithinLimits(name, real.value())) {
            return std::nullopt;
        }
        auto const bytes = readBounded(real.value(), limits::fileBytes);
        if (!bytes) {
            findings_.errorIn(name, bytes.errors().front());
            return std::nullopt;
        }
        std::string const file =
            (fs::path(from).parent_path() / name.text()).lexically_normal().generic_string();
        auto document = load(bytes.value(), file, real.value());
        if (document && !document->isMap()) {
            findings_.error(codes::wrongShape, document->place(),
                            "an included file is a map, not " + document->described());
            return std::nullopt;
        }
        checkVersion(document);
        return document;
    }

    bool isWithinLimits(Node const& name, fs::path const& real) {
        auto const again = std::find(chain_.begin(), chain_.end(), real);
        if (again != chain_.end()) {
            std::string path;
            for (auto one = again; one != chain_.end(); ++one) {
                path += one->filename().string() + " -> ";
            }
            findings_.error(codes::badInclude, name.place(),
                            "files include each other: " + path + real.filename().string());
            return false;
        }
        if (chain_.size() > limits::includeDepth || ++files_ > limits::includedFiles) {
            findings_.error(codes::badInclude, name.place(),
                            "too many files: at most " + std::to_string(limits::includedFiles)
                                + ", " + std::to_string(limits::includeDepth)
                                + " within each other");
            return false;
        }
        return true;
    }

    // An included file may leave out the version; another one must not go unseen.
    void checkVersion(std::optional<Node> const& document) {
        Node const* const version = document ? document->find("shakedown") : nullptr;
        if (version != nullptr && !version->isScalar("1")) {
            findings_.error(codes::formatVersion, version->place(),
                            version->described()
                                + " is not a version of the format that is known here",
                            "write 'shakedown: 1', or leave it out in an included file");
        }
    }

    Sources& sources_;
    Findings& findings_;
    std::vector<fs::path> chain_;
    std::size_t files_ = 0;
};

} // namespace

std::optional<Node> loadDocument(std::string_view text, std::string const& file, Sources& sources,
                                 Findings& findings) {
    std::error_code ignored;
    return Loader(sources, findings).load(text, file, fs::weakly_canonical(file, ignored));
}

} // namespace shakedown::reading
