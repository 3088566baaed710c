#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/reading/node.hpp"

namespace shakedown::reading {

/// Builds the tree from the parser's events and refuses what is out of bounds.
class TreeBuilder : public YAML::EventHandler {
public:
    /// Thrown to stop the parser; caught in yaml_front.cpp.
    struct Refused {
        Diagnostic finding;
    };

    TreeBuilder(std::string_view text, std::string const& file);

    /// A [ or { that has not been closed yet.
    struct OpenBracket {
        char character;
        Place place;
    };
    /// The innermost one, if the list or map that is being read began with one.
    std::optional<OpenBracket> innermostBracket() const;

    std::optional<Node> takeRoot();
    void report(Diagnostic finding) { findings_.push_back(std::move(finding)); }
    Diagnostics takeFindings() { return std::move(findings_); }

    void OnDocumentStart(YAML::Mark const& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override;
    void OnAlias(YAML::Mark const& mark, YAML::anchor_t anchor) override;
    void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                  std::string const& value) override;
    void OnSequenceStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override;
    void OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override;

private:
    // A list or map that is not finished yet.
    struct Open {
        Node node;
        YAML::anchor_t anchor = 0;
        std::vector<MapEntry> entries;
        std::optional<Node> key;
    };

    void countEvent(YAML::Mark const& mark);
    void countNodes(std::size_t nodes, Place const& place);
    void refuseTag(std::string const& tag, Place const& place);
    void refuseAsKey(YAML::Mark const& mark);
    void open(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
              YAML::EmitterStyle::value style, Node node);
    void close();
    void attach(Node node, YAML::anchor_t anchor);
    void merge(Open& map);
    void mergeOne(Node& into, Node const& from);
    Place placeOf(YAML::Mark const& mark) const;
    char charAt(YAML::Mark const& mark) const {
        return offset(mark) < text_.size() ? text_[offset(mark)] : '\0';
    }
    std::size_t offset(YAML::Mark const& mark) const;
    void refuseOpenQuote(YAML::Mark const& mark);

    std::string_view text_;
    std::vector<std::size_t> lineStarts_;
    Node::File file_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, Node> anchors_;
    std::optional<Node> root_;
    Diagnostics findings_;
    std::size_t events_ = 0;
    std::size_t nodes_ = 0;
    std::size_t aliases_ = 0;
    int documents_ = 0;
};

} // namespace shakedown::reading
