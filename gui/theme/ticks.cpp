#include "gui/theme/ticks.hpp"

#include <algorithm>
#include <cmath>

namespace shakedown::gui {

double tickStep(double whole, double about) {
    double const rough = std::max(1e-12, whole / std::max(1.0, about));
    double const power = std::pow(10, std::floor(std::log10(rough)));
    for (double const factor : {1.0, 2.0, 5.0})
        if (rough <= factor * power)
            return factor * power;
    return 10 * power;
}

} // namespace shakedown::gui
