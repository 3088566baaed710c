#pragma once

#include <string>
#include <string_view>

#include "reports/formats/topology.hpp"

namespace shakedown::formats {

/// topology.mmd: who calls whom, as a Mermaid flowchart. Nodes are called n0, n1, ..., so no name
/// can be one of Mermaid's own words. Source: mermaid.js.org, "Flowcharts".
class MermaidWriter final : public TopologyWriter {
public:
    using TopologyWriter::TopologyWriter;

private:
    std::string text(Topology const& topology) const override;
};

/// The inside of a quoted label: whatever is no letter, digit, blank or one of -_.,:/%+ becomes a
/// number entity (#35;), but for characters beyond ASCII.
std::string mermaidLabel(std::string_view text);

} // namespace shakedown::formats
