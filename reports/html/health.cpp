#include "reports/html/health.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "reports/verdict/trouble.hpp"

namespace shakedown::html {

namespace {

constexpr double busy = 0.9;

double share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

std::string_view wordOf(Health health) {
    switch (health) {
    case Health::Calm:
        return "ok";
    case Health::Busy:
        return "busy";
    case Health::Strained:
        return "strained";
    case Health::Failing:
        return "failing";
    case Health::Down:
        return "down";
    }
    return "";
}

Conditions::Conditions(History const& history) : history_(history) {
    record::Names const& names = history.header().names;
    routes_ = record::routesOf(names);
    callsTo_.resize(names.services.size());
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        if (routes_[i].to != record::nobody) {
            callsTo_[routes_[i].to].push_back(i);
        }
    }
}

Condition Conditions::service(std::size_t i, std::size_t step) const {
    CallStep all;
    for (std::size_t const call : callsTo_[i]) {
        CallStep const& s = history_.call(call, step);
        all.attempts += s.attempts;
        all.timeouts += s.timeouts;
        all.failures += s.failures;
    }
    ServiceStep const& s = history_.service(i, step);
    auto const& replicas = history_.header().replicas;
    std::uint32_t const there = i < replicas.size() ? replicas[i] : 0;
    Condition c{Health::Calm, all.trouble(), s.utilisation(), s.queue};
    if (there > 0 && s.gone >= there) {
        c.health = Health::Down;
    } else if (c.trouble >= verdict::failingFrom) {
        c.health = Health::Failing;
    } else if (c.trouble >= verdict::strainedFrom) {
        c.health = Health::Strained;
    } else if (c.utilisation >= busy) {
        c.health = Health::Busy;
    }
    return c;
}

Condition Conditions::load(std::size_t i, std::size_t step) const {
    LoadStep const& s = history_.load(i, step);
    Condition c{Health::Calm, share(s.bad(), s.ended()), 0, 0};
    if (c.trouble >= verdict::failingFrom) {
        c.health = Health::Failing;
    } else if (share(s.bad() + s.degraded, s.ended()) >= verdict::strainedFrom) {
        c.health = Health::Strained;
    }
    return c;
}

std::uint64_t Conditions::bad(std::size_t step) const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < history_.header().names.loads.size(); ++i) {
        sum += history_.load(i, step).bad();
    }
    return sum;
}

std::uint64_t Conditions::degraded(std::size_t step) const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < history_.header().names.loads.size(); ++i) {
        sum += history_.load(i, step).degraded;
    }
    return sum;
}

std::uint64_t Conditions::ended(std::size_t step) const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < history_.header().names.loads.size(); ++i) {
        sum += history_.load(i, step).ended();
    }
    return sum;
}

std::size_t Conditions::worstStep() const {
    std::size_t worst = 0;
    std::array<std::uint64_t, 3> most{};
    for (std::size_t step = 0; step < history_.steps(); ++step) {
        std::uint64_t waiting = 0;
        for (std::size_t i = 0; i < callsTo_.size(); ++i) {
            waiting += history_.service(i, step).queue;
        }
        std::array const now{bad(step), degraded(step), waiting};
        if (now > most) {
            most = now;
            worst = step;
        }
    }
    return worst;
}

std::vector<std::size_t> Conditions::servicesByPain() const {
    std::vector<double> pain(callsTo_.size(), 0);
    for (std::size_t i = 0; i < pain.size(); ++i) {
        for (std::size_t step = 0; step < history_.steps(); ++step) {
            Condition const c = service(i, step);
            pain[i] += static_cast<double>(c.health) + 1e-3 * c.utilisation;
        }
    }
    std::vector<std::size_t> order(pain.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return pain[a] > pain[b]; });
    return order;
}

} // namespace shakedown::html
