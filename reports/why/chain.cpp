#include "reports/why/chain.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "reports/record/number_text.hpp"
#include "reports/why/account.hpp"
#include "reports/why/ending.hpp"

namespace shakedown::why {

using record::nobody;

namespace {

constexpr std::size_t longest = 12;

std::string instant(SimTime at) {
    return record::fixed(at.inSeconds(), 1) + " s";
}

class Walk {
public:
    Walk(FirstCause cause, Course const& course, Pools const& pools, SimTime at)
        : cause_(cause), course_(course), pools_(pools), at_(at) {}

    // From a service whose workers are short to who holds them, as far as that leads to the cause.
    void follow(std::uint32_t service, std::vector<Link>& chain) {
        auto const& names = course_.header().names;
        std::size_t const stretch = worstNear(service);
        std::set<std::uint32_t> visited;
        while (service != nobody && visited.insert(service).second && chain.size() < longest) {
            auto const& row = course_.stretches()[stretch].what.services[service];
            auto const next = holderOf(service, stretch);
            if (!next) {
                break;
            }
            std::uint32_t const to = course_.routes()[next->call].to;
            auto const waiting =
                static_cast<std::uint32_t>(std::lround(next->share * std::max(row.inService, 1U)));
            chain.push_back({course_.stretches()[stretch].end, names.services[service],
                             std::to_string(waiting) + " of " + std::to_string(row.inService)
                                 + " busy workers wait for "
                                 + (to == nobody ? "?" : names.services[to])});
            service = to;
        }
    }

private:
    // The longest queue within some stretches of the instant tells most.
    std::size_t worstNear(std::uint32_t service) const {
        std::size_t const middle = course_.stretchAt(at_);
        std::size_t best = middle;
        for (std::size_t i = middle; i < std::min(middle + 20, course_.stretches().size()); ++i) {
            auto const& row = course_.stretches()[i].what.services[service];
            auto const& most = course_.stretches()[best].what.services[service];
            if (row.queue > most.queue
                || (row.queue == most.queue && row.inService > most.inService)) {
                best = i;
            }
        }
        return best;
    }

    std::optional<Pools::Holder> holderOf(std::uint32_t service, std::size_t stretch) const {
        std::optional<Pools::Holder> best;
        double most = 0.05;
        for (auto const& holder : pools_.holders(service, stretch)) {
            double const leads = holder.share * pools_.call(holder.call, stretch).weightOf(cause_);
            if (leads > most) {
                most = leads;
                best = holder;
            }
        }
        return best;
    }

    FirstCause cause_;
    Course const& course_;
    Pools const& pools_;
    SimTime at_;
};

// The three that it happened to most, in words.
std::string loadsOf(std::map<std::uint32_t, double> const& loads, record::Names const& names) {
    std::vector<std::pair<double, std::uint32_t>> order;
    for (auto const& [load, weight] : loads) {
        order.emplace_back(-weight, load);
    }
    std::sort(order.begin(), order.end());
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, order.size()); ++i) {
        text += (i == 0 ? "" : ", ") + names.loads[order[i].second];
    }
    return order.size() > 3 ? text + " and " + std::to_string(order.size() - 3) + " more" : text;
}

std::string span(Course const& course, FirstCause cause) {
    std::string text;
    for (auto const& o : course.occurrences()) {
        if (cause.kind != CauseKind::Event || o.event != cause.of) {
            continue;
        }
        if (!text.empty()) {
            return text + ", and again";
        }
        text = "from " + instant(o.begin)
               + (o.end == SimTime::never() ? " on" : " to " + instant(o.end));
        if (o.begin == o.end) {
            text = "at " + instant(o.begin);
        }
    }
    return text;
}

} // namespace

void Examples::add(FirstCause cause, record::Request const& request, Inquiry::Answer const& answer,
                   Course const& course, double weight) {
    std::vector<std::uint32_t> services;
    for (std::uint32_t const call : answer.path) {
        services.push_back(course.routes()[call].to);
    }
    Seen& seen = ways_[cause][Way{std::move(services), answer.proximate.cause}];
    if (seen.weight == 0) {
        seen.at = request.ended;
        seen.path = answer.path;
        seen.proximate = answer.proximate;
    }
    seen.weight += weight;
    seen.loads[request.load] += weight;
}

std::vector<Link> Examples::chainTo(FirstCause cause, Course const& course,
                                    Pools const& pools) const {
    std::vector<Link> chain;
    auto const found = ways_.find(cause);
    if (found == ways_.end()) {
        return chain;
    }
    auto const way = std::max_element(
        found->second.begin(), found->second.end(),
        [](auto const& a, auto const& b) { return a.second.weight < b.second.weight; });
    auto const& names = course.header().names;
    Seen const& seen = way->second;
    chain.push_back(
        {seen.at, loadsOf(seen.loads, names), endingText(seen.proximate, course.header())});
    for (std::size_t i = 0; i + 1 < seen.path.size(); ++i) {
        std::uint32_t const to = course.routes()[seen.path[i]].to;
        std::uint32_t const next = course.routes()[seen.path[i + 1]].to;
        chain.push_back(
            {seen.at, to == nobody ? "?" : names.services[to],
             "its call to " + (next == nobody ? "?" : names.services[next]) + " fails"});
    }
    if (std::uint32_t const to = course.routes()[seen.proximate.call].to; to != nobody) {
        Walk(cause, course, pools, seen.at).follow(to, chain);
    }
    std::string const when = span(course, cause);
    SimTime at = seen.at;
    for (auto const& o : course.occurrences()) {
        if (cause.kind == CauseKind::Event && o.event == cause.of) {
            at = o.begin;
            break;
        }
    }
    chain.push_back(
        {at, nameOf(cause, course.header()), when.empty() ? whatIsWrong(cause.kind) : when});
    return chain;
}

} // namespace shakedown::why
