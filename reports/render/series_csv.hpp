#pragma once

#include <iosfwd>
#include <string>

#include "reports/record/moments.hpp"

namespace shakedown::render {

/// series.csv while the run goes on: one row an interval and subject, at the interval's end. The
/// columns of all kinds of subject stand side by side; those of another kind stay empty. Hosts and
/// links, where there are any, have a utilisation only.
class SeriesWriter final : public record::MomentSink {
public:
    /// The stream is not owned; look at its state for a full disk.
    explicit SeriesWriter(std::ostream& out) : out_(out) {}

    void begin(record::Header const& header) override;
    void take(record::Moment const& moment) override;

private:
    void beginRow(SimTime at, char const* kind, std::string const& subject);
    void addRow(record::LoadInterval const& load);
    void addRow(record::ServiceInterval const& service);
    void addRow(record::CallInterval const& call);
    void addRow(record::HostInterval const& host) { addUtilisation(host.utilisation); }
    void addRow(record::LinkInterval const& link) { addUtilisation(link.utilisation); }
    void addUtilisation(double share);

    std::ostream& out_;
    record::Names names_;
    std::string rows_;
};

} // namespace shakedown::render
