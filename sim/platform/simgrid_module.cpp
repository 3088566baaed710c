#include "sim/platform/simgrid_module.hpp"

#include <dlfcn.h>

namespace shakedown::platform {

namespace {

// Looked for where the program's build told it to: beside the program.
constexpr auto moduleFile = "sim-platform-simgrid.so";
constexpr auto moduleSymbol = "shakedownSimgrid";

Diagnostic missing() {
    char const* const why = dlerror();
    return {Severity::Error,
            "E903",
            std::string("SimGrid cannot be loaded: ") + (why != nullptr ? why : "no reason given"),
            std::string("'platform:' needs ") + moduleFile + " beside the program",
            {}};
}

} // namespace

Result<SimgridModule const*> simgridModule() {
    void* const module = dlopen(moduleFile, RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr)
        return missing();
    auto const* const found = static_cast<SimgridModule const*>(dlsym(module, moduleSymbol));
    if (found == nullptr)
        return missing();
    return found;
}

} // namespace shakedown::platform
