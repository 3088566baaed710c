#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/html/history.hpp"
#include "reports/record/routes.hpp"

/// How somebody fared in a step of the history.
namespace shakedown::html {

/// Calm to Down, each worse than the one before. A service is Strained from 1 % of the calls to it
/// that do not succeed, Failing from 10 %; Busy with 90 % of its workers at work; Down without any
/// replica. A load is Strained from 1 % of degraded or unsuccessful requests, Failing from 10 %
/// unsuccessful ones.
enum class Health : std::uint8_t { Calm, Busy, Strained, Failing, Down };

/// For people, and the class of what is drawn.
std::string_view wordOf(Health health);

struct Condition {
    Health health = Health::Calm;
    double trouble = 0; // share that did not succeed
    double utilisation = 0;
    std::uint32_t queue = 0;
};

class Conditions {
public:
    explicit Conditions(History const& history);

    Condition service(std::size_t i, std::size_t step) const;
    Condition load(std::size_t i, std::size_t step) const;
    std::vector<record::Route> const& routes() const { return routes_; }

    /// The step in which most requests did not succeed; without any, the one in which most were
    /// degraded; without these, the one with most waiting.
    std::size_t worstStep() const;
    /// Requests of all loads in a step: those that did not succeed, the degraded, all that ended.
    std::uint64_t bad(std::size_t step) const;
    std::uint64_t degraded(std::size_t step) const;
    std::uint64_t ended(std::size_t step) const;

    /// Services, the one that suffered longest first; equal ones in the order of the scenario.
    std::vector<std::size_t> servicesByPain() const;

private:
    History const& history_;
    std::vector<record::Route> routes_;
    std::vector<std::vector<std::size_t>> callsTo_; // a service
};

} // namespace shakedown::html
