#include "scenarios/reading/writer.hpp"

#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/yaml_text.hpp"

namespace shakedown::reading {

std::string write(model::Scenario const& scenario) {
    return blockText(*documentKind().kind->write(&scenario));
}

} // namespace shakedown::reading
