#include "reports/why/account.hpp"

#include <algorithm>
#include <map>

#include "reports/why/chain.hpp"

namespace shakedown::why {

using record::Cause;
using record::nobody;

namespace {

// Fewer attempts a request are chance or tidy retries.
constexpr double amplifies = 1.1;

std::optional<std::uint32_t> indexIn(std::vector<std::string> const& names,
                                     std::string const& name) {
    auto const found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<std::uint32_t>(found - names.begin()));
}

// Bad requests of a load in a stretch, by outcome; of the ok ones those that came late.
double countOf(record::LoadInterval const& row, measure::Outcome outcome) {
    switch (outcome) {
    case measure::Outcome::Ok:
        return row.late;
    case measure::Outcome::Degraded:
        return row.degraded;
    case measure::Outcome::Failed:
        return row.failed;
    case measure::Outcome::Rejected:
        return row.rejected;
    case measure::Outcome::TimedOut:
        return row.timedOut;
    }
    return 0;
}

// Each recorded bad request stands for so many with its load and outcome.
class Weights {
public:
    explicit Weights(Course const& course) : course_(course) {
        std::size_t const kinds = course.header().names.loads.size() * measure::outcomeCount;
        recorded_.assign(course.stretches().size(), std::vector<double>(kinds, 0));
        for (auto const& request : course.requests()) {
            recorded_[course.stretchAt(request.ended)][kindOf(request.load, request.outcome)] += 1;
        }
        weights_ = recorded_;
        for (std::uint32_t l = 0; l < course.header().names.loads.size(); ++l) {
            for (std::size_t o = 0; o < measure::outcomeCount; ++o) {
                weigh(l, static_cast<measure::Outcome>(o));
            }
        }
    }
    double of(record::Request const& request) const {
        return weights_[course_.stretchAt(request.ended)][kindOf(request.load, request.outcome)];
    }

private:
    static std::size_t kindOf(std::uint32_t load, measure::Outcome outcome) {
        return load * measure::outcomeCount + static_cast<std::size_t>(outcome);
    }

    // For stretches without an example the nearest earlier one with one stands too; before any, the
    // first.
    void weigh(std::uint32_t load, measure::Outcome outcome) {
        std::size_t const kind = kindOf(load, outcome);
        std::optional<std::size_t> last;
        double before = 0;
        for (std::size_t i = 0; i < course_.stretches().size(); ++i) {
            double const bad = countOf(course_.stretches()[i].what.loads[load], outcome);
            double const recorded = recorded_[i][kind];
            if (recorded > 0) {
                weights_[i][kind] = (bad + before) / recorded;
                before = 0;
                last = i;
            } else if (last) {
                weights_[*last][kind] += bad / recorded_[*last][kind];
            } else {
                before += bad;
            }
        }
    }

    Course const& course_;
    std::vector<std::vector<double>> recorded_; // a stretch; then a load and outcome
    std::vector<std::vector<double>> weights_;
};

class Explainer {
public:
    Explainer(Course const& course, Pools const& pools, Subject subject)
        : course_(course), pools_(pools), subject_(subject), inquiry_(course, pools),
          weights_(course) {}

    Account explain() {
        count();
        std::vector<std::size_t> order(course_.requests().size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            order[i] = i;
        }
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return course_.requests()[a].ended < course_.requests()[b].ended;
        });
        for (std::size_t const i : order) {
            consider(course_.requests()[i]);
        }
        sum();
        return std::move(account_);
    }

private:
    bool isOfAll() const {
        return subject_.kind == SubjectKind::Everything || subject_.kind == SubjectKind::Load;
    }
    bool counts(std::uint32_t load) const {
        return subject_.kind != SubjectKind::Load || subject_.index == load;
    }

    void count() {
        for (auto const& stretch : course_.stretches()) {
            if (stretch.end <= subject_.from || stretch.begin >= subject_.to) {
                continue;
            }
            for (std::uint32_t l = 0; l < stretch.what.loads.size(); ++l) {
                if (counts(l)) {
                    account_.offered += stretch.what.loads[l].offered;
                    account_.bad += isOfAll() ? badOf(stretch.what.loads[l]) : 0;
                }
            }
        }
    }

    void consider(record::Request const& request) {
        auto answer = inquiry_.ask(request);
        if (!counts(request.load) || !subject_.holds(request.ended) || request.spans.empty()) {
            return;
        }
        double weight = weights_.of(request);
        if (!isOfAll()) {
            Shares here;
            double touched = 0;
            for (std::uint32_t i = 0; i < request.spans.size(); ++i) {
                auto const& span = request.spans[i];
                bool const isThere = subject_.kind == SubjectKind::Call
                                         ? span.call == subject_.index
                                         : course_.serviceOf(span.endpoint) == subject_.index;
                if (isThere && span.cause != Cause::None && span.cause != Cause::Cancelled) {
                    here.add(inquiry_.blameFor(i));
                    touched += 1;
                    answer.proximate = {span.cause, span.call};
                }
            }
            if (touched == 0 || here.blamesNobody()) {
                return;
            }
            answer.blame = here.blame();
        }
        ++account_.examined;
        account_.bad += isOfAll() ? 0 : weight;
        blame_.add(answer.blame, weight);
        endings_[answer.proximate] += weight;
        for (auto const& [cause, share] : answer.blame.entries()) {
            examples_.add(cause, request, answer, course_, weight * share);
        }
    }

    void sum() {
        double const all = blame_.blamed();
        for (auto const& [cause, weight] : blame_.entries()) {
            account_.causes.push_back(
                {cause, all > 0 ? weight / all : 0, all > 0 ? account_.bad * weight / all : 0});
        }
        std::stable_sort(account_.causes.begin(), account_.causes.end(),
                         [](Blamed const& a, Blamed const& b) { return a.share > b.share; });
        for (auto const& [what, requests] : endings_) {
            account_.endings.push_back({what, requests});
        }
        std::stable_sort(account_.endings.begin(), account_.endings.end(),
                         [](Ending const& a, Ending const& b) { return a.requests > b.requests; });
        if (account_.causes.empty()) {
            return;
        }
        auto const& [from, to] = painful();
        account_.amplifiers = amplifiersBetween(course_, from, to);
        account_.chain = examples_.chainTo(account_.causes.front().cause, course_, pools_);
    }

    // From the first to the last stretch with bad outcomes.
    std::pair<SimTime, SimTime> painful() const {
        SimTime from = SimTime::never();
        SimTime to;
        for (auto const& request : course_.requests()) {
            if (counts(request.load) && subject_.holds(request.ended)) {
                from = std::min(from, request.intended);
                to = std::max(to, request.ended);
            }
        }
        return {from, to};
    }

    Course const& course_;
    Pools const& pools_;
    Subject subject_;
    Inquiry inquiry_;
    Weights weights_;
    Account account_;
    Shares blame_;
    std::map<Proximate, double> endings_;
    Examples examples_;
};

} // namespace

std::optional<Subject> subjectNamed(std::string const& name, record::Names const& names) {
    if (name.empty()) {
        return Subject{};
    }
    if (auto const load = indexIn(names.loads, name)) {
        return Subject{SubjectKind::Load, *load};
    }
    if (auto const service = indexIn(names.services, name)) {
        return Subject{SubjectKind::Service, *service};
    }
    if (auto const call = indexIn(names.calls, name)) {
        return Subject{SubjectKind::Call, *call};
    }
    return std::nullopt;
}

double badOf(record::LoadInterval const& row) {
    return double{1} * row.failed + row.rejected + row.timedOut + row.degraded + row.late;
}

Account explain(Course const& course, Pools const& pools, Subject subject) {
    if (course.stretches().empty()) {
        return {};
    }
    return Explainer(course, pools, subject).explain();
}

std::vector<Amplifier> amplifiersBetween(Course const& course, SimTime from, SimTime to) {
    std::vector<Amplifier> amplifiers;
    for (std::uint32_t c = 0; c < course.header().names.calls.size(); ++c) {
        double requests = 0;
        double attempts = 0;
        double retries = 0;
        for (auto const& stretch : course.stretches()) {
            if (stretch.end >= from && stretch.begin <= to) {
                auto const& row = stretch.what.calls[c];
                requests += row.requests;
                attempts += row.attempts;
                retries += row.retries;
            }
        }
        if (requests > 0 && attempts / requests > amplifies) {
            double const extra = attempts - requests;
            amplifiers.push_back(
                {c, retries * 2 >= extra ? AmplifierKind::Retries : AmplifierKind::Hedges,
                 attempts / requests, extra});
        }
    }
    std::stable_sort(amplifiers.begin(), amplifiers.end(),
                     [](Amplifier const& a, Amplifier const& b) { return a.extra > b.extra; });
    return amplifiers;
}

} // namespace shakedown::why
