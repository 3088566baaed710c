#include "reports/summary/past_run.hpp"

#include <string_view>

#include "reports/measure/student.hpp"
#include "reports/record/number_text.hpp"

namespace shakedown::summary {

namespace {

using Ends = LoadReplication::Ends;
using Answers = LoadReplication::Answers;

constexpr std::string_view meanPath = "latency_ms.mean";

// As summary.json says it.
LoadReplication wholeOf(LoadSummary const& load) {
    LoadReplication whole;
    whole.goodput = record::tidied(load.goodput);
    std::uint64_t const answered = load.ok + load.degraded;
    std::uint64_t const ended = answered + load.failed + load.rejected + load.timedOut;
    if (ended > 0) {
        whole.ends = Ends{record::tidied(load.errors),
                          static_cast<double>(load.degraded) / static_cast<double>(ended)};
    }
    if (answered > 0) {
        auto const& l = load.latency;
        whole.answers = Answers{l.mean, l.p50, l.p95, l.p99};
    }
    return whole;
}

std::optional<measure::MeanEstimate> batchesOf(LoadSummary const& load,
                                               LoadReplication const& whole) {
    for (auto const& [of, i] : load.intervals) {
        bool const isIt = of == meanPath && i.method == measure::IntervalMethod::BatchMeans;
        if (isIt && whole.answers && i.freedom >= 1) {
            // A file has the ends, which are all that a reader needs, and not the standard error.
            return measure::MeanEstimate{whole.answers->mean.inSeconds(),
                                         (record::tidied(i.high) - record::tidied(i.low)) / 2e3
                                             / measure::studentQuantile(0.975, i.freedom),
                                         i.freedom};
        }
    }
    return std::nullopt;
}

} // namespace

PastRun asPastRun(Summary const& summary) {
    PastRun run{summary.scenario,
                summary.file,
                summary.command,
                summary.replications,
                summary.reason,
                summary.kept,
                {}};
    for (auto const& load : summary.loads) {
        PastLoad past{load.name, load.replications, wholeOf(load), {}};
        past.batches = batchesOf(load, past.whole);
        run.loads.push_back(std::move(past));
    }
    return run;
}

} // namespace shakedown::summary
