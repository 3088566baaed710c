#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace shakedown::control {

/// Reads the fields of a JSON object as existing clients write them: unknown ones are ignored,
/// null is absent, and where there is no field of the exact name, one that differs in case only
/// is taken. The first wrong type is kept as the error.
class JsonFields {
public:
    /// `where` names the object in errors, "" for the whole body. The value must outlive this.
    JsonFields(nlohmann::json const& value, std::string where);

    std::optional<std::string> text(char const* name);
    std::optional<bool> flag(char const* name);
    /// A number from 0 to 1.
    std::optional<double> share(char const* name);
    /// A whole number from 0 to `most`.
    std::optional<std::int64_t> count(char const* name, std::int64_t most);
    /// Null where there is none; an error where it is no object.
    nlohmann::json const* object(char const* name);
    /// Null where there is none; an error where it is no array.
    nlohmann::json const* array(char const* name);

    std::string const& error() const { return error_; } // empty if all is well

private:
    nlohmann::json const* find(char const* name) const;
    void complain(char const* name, std::string const& wanted);

    nlohmann::json const& value_;
    std::string where_;
    std::string error_;
};

} // namespace shakedown::control
