#pragma once

#include <string>
#include <string_view>

#include "reports/formats/topology.hpp"

namespace shakedown::formats {

/// topology.dot: who calls whom, for Graphviz. Source: "The DOT Language" (graphviz.org).
class DotWriter final : public TopologyWriter {
public:
    using TopologyWriter::TopologyWriter;

private:
    std::string text(Topology const& topology) const override;
};

/// The inside of a quoted label: quotes and backslashes escaped, '&' as the entity that Graphviz
/// looks for in labels, control characters blank, bytes that are not UTF-8 U+FFFD.
std::string dotLabel(std::string_view text);

} // namespace shakedown::formats
