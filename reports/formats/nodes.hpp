#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "reports/record/moments.hpp"

namespace shakedown::formats {

/// Who takes part in a run, as one list: its loads, then its services, then one "unknown" for what
/// a record of somebody else's making names wrongly.
class Nodes {
public:
    explicit Nodes(record::Names const& names);

    std::size_t count() const { return names_.size(); }
    std::string const& name(std::size_t node) const { return names_[node]; }
    bool isLoad(std::size_t node) const { return node < loads_; }
    std::size_t unknown() const { return names_.size() - 1; }

    std::size_t ofLoad(std::uint32_t load) const { return load; }
    std::size_t ofService(std::uint32_t service) const { return loads_ + service; }
    /// The service that "site/page" is of.
    std::size_t ofEndpoint(std::uint32_t endpoint) const { return endpoints_[endpoint]; }
    /// Both ends of "site -> autos".
    std::size_t callerOf(std::uint32_t call) const { return calls_[call].from; }
    std::size_t calleeOf(std::uint32_t call) const { return calls_[call].to; }

private:
    struct Ends {
        std::size_t from;
        std::size_t to;
    };
    std::size_t loads_;
    std::vector<std::string> names_;
    std::vector<std::size_t> endpoints_;
    std::vector<Ends> calls_;
};

} // namespace shakedown::formats
