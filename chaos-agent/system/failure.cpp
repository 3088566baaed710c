#include "chaos-agent/system/failure.hpp"

#include <system_error>

namespace shakedown::system {

Failure failureOf(std::string const& what, int error) {
    return {what + ": " + std::generic_category().message(error), error};
}

} // namespace shakedown::system
