#include "reports/verdict/written_unit.hpp"

namespace shakedown::verdict {

using model::ValueUnit;

WrittenUnit writtenAs(ValueUnit unit) {
    switch (unit) {
    case ValueUnit::Seconds:
        return {1e3, "ms"};
    case ValueUnit::PerSecond:
        return {1, "/s"};
    case ValueUnit::Share:
        return {100, "%"};
    case ValueUnit::Count:
        return {1, ""};
    }
    return {1, ""};
}

ValueUnit unitWritten(std::string_view word) {
    for (auto const unit : {ValueUnit::Seconds, ValueUnit::PerSecond, ValueUnit::Share}) {
        if (word == writtenAs(unit).word) {
            return unit;
        }
    }
    return ValueUnit::Count;
}

} // namespace shakedown::verdict
