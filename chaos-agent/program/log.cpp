#include "chaos-agent/program/log.hpp"

#include <memory>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace shakedown::agent {

void startLog() {
    auto const logger = spdlog::stderr_logger_mt("shakedown-agent");
    logger->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc));
    spdlog::set_default_logger(logger);
}

void log(LogLevel level, char const* event, nlohmann::ordered_json const& more) {
    nlohmann::ordered_json line{{"event", event}};
    line.update(more);
    // Paths are a peer's bytes: what is not UTF-8 is replaced.
    std::string const object =
        line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    spdlog::default_logger_raw()->log(level == LogLevel::Info ? spdlog::level::info
                                                              : spdlog::level::err,
                                      spdlog::string_view_t(object.data() + 1, object.size() - 2));
}

} // namespace shakedown::agent
