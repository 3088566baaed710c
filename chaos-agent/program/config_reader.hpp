#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "scenarios/vocabulary/time.hpp"

namespace shakedown::agent {

/// Reads the fields of an object of the configuration. Every error is kept, with its place:
/// "targets.orders.address: ...". Whoever reads an object ends with `noMore`.
class ConfigReader {
public:
    /// A value that is no object is an error, and then has no fields. `errors` outlives this.
    ConfigReader(nlohmann::json const& value, std::string where, std::vector<std::string>& errors);

    std::string text(std::string const& field, std::string unlessSaid = "");
    std::optional<std::int64_t> count(std::string const& field, std::int64_t least,
                                      std::int64_t most);
    std::optional<double> share(std::string const& field); // (0, 1]
    /// Seconds, whole or not, above 0.
    std::optional<Duration> seconds(std::string const& field);
    std::vector<std::string> texts(std::string const& field);
    std::vector<std::int64_t> counts(std::string const& field, std::int64_t least,
                                     std::int64_t most);
    /// The objects of an object, by name; and of a list.
    std::map<std::string, ConfigReader> named(std::string const& field);
    std::vector<ConfigReader> listed(std::string const& field);
    std::optional<ConfigReader> object(std::string const& field);
    /// The names of its fields.
    std::vector<std::string> names() const;
    bool has(std::string const& field) const { return value_.contains(field); }

    void complain(std::string const& field, std::string const& why);
    /// Every field that nobody asked for is an error; a near one is suggested.
    void noMore();

private:
    nlohmann::json const* find(std::string const& field);
    std::string placeOf(std::string const& field) const;

    nlohmann::json const& value_;
    std::string where_;
    std::vector<std::string>& errors_;
    std::vector<std::string> known_;
};

} // namespace shakedown::agent
