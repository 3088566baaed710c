#include "reports/formats/topology.hpp"

#include <algorithm>
#include <ostream>

#include "reports/record/number_text.hpp"
#include "reports/verdict/trouble.hpp"

namespace shakedown::formats {

namespace {

std::string rateText(std::uint64_t count, double seconds) {
    return seconds > 0 ? record::significant(static_cast<double>(count) / seconds, 3) + "/s"
                       : std::to_string(count) + " in all";
}

double share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

Trouble troubleOf(double unsuccessful) {
    return unsuccessful >= verdict::failingFrom    ? Trouble::Much
           : unsuccessful >= verdict::strainedFrom ? Trouble::Some
                                                   : Trouble::None;
}

std::string placesText(record::Header const& h, std::size_t service) {
    if (service >= h.workers.size() || service >= h.replicas.size()) {
        return "";
    }
    return std::to_string(h.replicas[service]) + " x " + std::to_string(h.workers[service])
           + " workers";
}

} // namespace

void TopologyTally::begin(record::Header const& header) {
    header_ = header;
    nodes_.emplace(header.names);
    offered_.assign(header.names.loads.size(), 0);
    calls_.assign(header.names.calls.size(), {});
}

void TopologyTally::take(record::Moment const& moment) {
    auto const* interval = std::get_if<record::Interval>(&moment.what);
    if (interval == nullptr) {
        return;
    }
    hasIntervals_ = true;
    last_ = std::max(last_, moment.at);
    for (std::size_t i = 0; i < std::min(offered_.size(), interval->loads.size()); ++i) {
        offered_[i] += interval->loads[i].offered;
    }
    for (std::size_t i = 0; i < std::min(calls_.size(), interval->calls.size()); ++i) {
        record::CallInterval const& c = interval->calls[i];
        calls_[i].attempts += c.attempts;
        calls_[i].unsuccessful += std::uint64_t{c.timeouts} + c.failures;
    }
}

Topology TopologyTally::topology() const {
    double const seconds = last_.inSeconds();
    Topology t;
    t.title = header_.scenario;
    for (std::size_t node = 0; node < nodes_->unknown(); ++node) {
        bool const isLoad = nodes_->isLoad(node);
        std::string const about = !isLoad         ? placesText(header_, node - offered_.size())
                                  : hasIntervals_ ? rateText(offered_[node], seconds)
                                                  : "";
        t.nodes.push_back({nodes_->name(node), about, isLoad});
    }
    for (std::uint32_t call = 0; call < calls_.size(); ++call) {
        Topology::Arrow arrow{nodes_->callerOf(call), nodes_->calleeOf(call), "", Trouble::Unknown};
        if (arrow.from == nodes_->unknown() || arrow.to == nodes_->unknown()) {
            continue;
        }
        if (hasIntervals_) {
            auto const& [attempts, unsuccessful] = calls_[call];
            double const bad = share(unsuccessful, attempts);
            arrow.about = rateText(attempts, seconds) + ", " + record::significant(bad * 100, 3)
                          + " % failed";
            arrow.trouble = troubleOf(bad);
        }
        t.arrows.push_back(std::move(arrow));
    }
    return t;
}

void TopologyWriter::finish(Results const&) {
    out_ << text(tally_.topology());
}

} // namespace shakedown::formats
