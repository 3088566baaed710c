#include "sim/platform/simgrid/listing.hpp"
#include "sim/platform/simgrid/simgrid_platform.hpp"
#include "sim/platform/simgrid_module.hpp"

namespace shakedown::platform {

namespace {

std::unique_ptr<Platform> makePlatform(kernel::Kernel& kernel, Blueprint const& blueprint) {
    return std::make_unique<SimgridPlatform>(kernel, blueprint);
}

} // namespace

} // namespace shakedown::platform

/// What whoever loads the module looks for.
extern "C" shakedown::platform::SimgridModule const shakedownSimgrid;
shakedown::platform::SimgridModule const shakedownSimgrid{&shakedown::platform::makePlatform,
                                                          &shakedown::platform::list};
