#include "cli/log.hpp"

#include <unistd.h>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace shakedown::cli {

void startLog(Common const& common) {
    auto const mode =
        colours(common, STDERR_FILENO) ? spdlog::color_mode::always : spdlog::color_mode::never;
    auto const logger = spdlog::stderr_color_st("shakedown", mode);
    logger->set_pattern("%n: %^%l%$: %v");
    logger->set_level(common.verbose ? spdlog::level::debug
                      : common.quiet ? spdlog::level::err
                                     : spdlog::level::warn);
    spdlog::set_default_logger(logger);
}

} // namespace shakedown::cli
