#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reports/formats/format_writer.hpp"
#include "reports/formats/nodes.hpp"

namespace shakedown::formats {

/// How an arrow fared, by the share of its attempts that did not succeed.
enum class Trouble : std::uint8_t { Unknown, None, Some, Much };

/// Who calls whom, as text for a drawing: loads and services in the order of the record's lists,
/// and an arrow a call with its attempts a second and the share of them that did not succeed.
struct Topology {
    struct Node {
        std::string name;
        std::string about; // "40 workers x 2", "12.3/s"; may be empty
        bool isLoad = false;
    };
    struct Arrow {
        std::size_t from = 0;
        std::size_t to = 0;
        std::string about; // "12.3/s, 4.5 % failed"; empty if nothing was counted
        Trouble trouble = Trouble::Unknown;
    };
    std::string title;
    std::vector<Node> nodes;
    std::vector<Arrow> arrows;
};

/// Adds up the intervals of a record.
class TopologyTally {
public:
    void begin(record::Header const& header);
    void take(record::Moment const& moment);
    /// Rates are over the whole time of the record, warm-up included; a record without intervals
    /// (level summary) gives none.
    Topology topology() const;

private:
    struct Call {
        std::uint64_t attempts = 0;
        std::uint64_t unsuccessful = 0;
    };
    record::Header header_;
    std::optional<Nodes> nodes_;
    SimTime last_;
    bool hasIntervals_ = false;
    std::vector<std::uint64_t> offered_; // a load
    std::vector<Call> calls_;
};

/// What both drawings share: they differ in how a topology is written down.
class TopologyWriter : public FormatWriter {
public:
    explicit TopologyWriter(std::ostream& out) : out_(out) {}
    void begin(record::Header const& header) override { tally_.begin(header); }
    void take(record::Moment const& moment) override { tally_.take(moment); }
    void finish(Results const& results) override;

private:
    virtual std::string text(Topology const& topology) const = 0;

    std::ostream& out_;
    TopologyTally tally_;
};

} // namespace shakedown::formats
