#include "chaos-agent/program/config.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "chaos-agent/control/json_text.hpp"
#include "chaos-agent/program/config_reader.hpp"
#include "chaos-agent/program/native_config.hpp"
#include "chaos-agent/program/target_config.hpp"
#include "chaos-agent/system/descriptor.hpp"
#include "chaos-agent/system/file_text.hpp"

namespace shakedown::agent {

namespace {

using nlohmann::json;

constexpr std::size_t fileAtMost = 1024 * 1024;
constexpr int depthAtMost = 16;

std::string placeIn(std::string const& text, std::size_t byte) {
    auto const upTo = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
    auto const line = 1 + std::count(text.begin(), upTo, '\n');
    auto const begin = std::find(std::make_reverse_iterator(upTo), text.rend(), '\n').base();
    return "line " + std::to_string(line) + ", column " + std::to_string(upTo - begin + 1);
}

std::variant<json, ConfigErrors> parse(std::string const& text) {
    try {
        bool tooDeep = false;
        control::RepeatedNames names;
        auto const watch = [&](int depth, json::parse_event_t event, json& parsed) {
            tooDeep = tooDeep || depth > depthAtMost;
            if (!tooDeep)
                names.see(event, parsed);
            return !tooDeep;
        };
        json value = json::parse(text, watch, true, true);
        if (tooDeep)
            return ConfigErrors{"it is nested more than " + std::to_string(depthAtMost) + " deep"};
        if (auto flaw = names.flaw(); !flaw.empty())
            return ConfigErrors{std::move(flaw)};
        return value;
    } catch (json::parse_error const& e) {
        return ConfigErrors{placeIn(text, e.byte == 0 ? 0 : e.byte - 1)
                            + ": this is no JSON (comments are allowed)"};
    }
}

std::optional<std::string> unsafe(std::string const& path, system::Descriptor const& opened) {
    struct stat file {};
    if (fstat(opened.number(), &file) != 0)
        return system::failureOf(path, errno).why;
    if (!S_ISREG(file.st_mode))
        return path + " is no file";
    if ((file.st_uid != 0 && file.st_uid != geteuid()) || (file.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return path
               + " can be written by others than root and the agent's user, and it names programs"
                 " that the agent runs; chown and chmod go-w it";
    return {};
}

} // namespace

std::variant<Config, ConfigErrors> parseConfig(std::string const& text) {
    auto const parsed = parse(text);
    if (auto const* errors = std::get_if<ConfigErrors>(&parsed))
        return *errors;
    ConfigErrors errors;
    ConfigReader file(std::get<json>(parsed), "", errors);
    Config config;
    config.stateDirectory = file.text("state_directory", config.stateDirectory);
    if (!config.stateDirectory.starts_with('/'))
        file.complain("state_directory", "must be an absolute path");
    if (file.has("toxiproxy"))
        config.toxiproxy = readAddress(file, "toxiproxy");
    if (config.toxiproxy && !proxy::isLoopback(*config.toxiproxy))
        file.complain("toxiproxy",
                      "knows neither tokens nor TLS, so it must be a loopback address");
    config.seed = static_cast<std::uint64_t>(
        file.count("seed", 0, std::numeric_limits<std::int64_t>::max()).value_or(1));
    config.native = readNative(file);
    config.caps = readCaps(file);
    for (auto const port : file.counts("protected_ports", 1, 65535))
        config.protectedPorts.push_back(static_cast<std::uint16_t>(port));
    constexpr std::int64_t memoryAtMost = std::int64_t{1} << 50;
    if (auto const kept = file.count("keep_free_memory_bytes", 0, memoryAtMost))
        config.keptMemory = Bytes::of(*kept);
    config.targets = readTargets(file);
    file.noMore();
    if (!errors.empty())
        return errors;
    return config;
}

std::variant<Config, ConfigErrors> readConfig(std::string const& path) {
    // Looked at and read as one file, whatever happens to its name meanwhile.
    system::Descriptor const file(
        ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file)
        return ConfigErrors{system::failureOf(path, errno).why};
    if (auto const why = unsafe(path, file))
        return ConfigErrors{*why};
    auto const text = system::readFile(file, path, fileAtMost);
    if (auto const* failure = std::get_if<system::Failure>(&text))
        return ConfigErrors{failure->why};
    auto config = parseConfig(std::get<std::string>(text));
    if (auto* errors = std::get_if<ConfigErrors>(&config))
        for (auto& error : *errors)
            error = path + ": " + error;
    return config;
}

Config configOf(proxy::Address const& toxiproxy, std::uint64_t seed) {
    Config config;
    config.stateDirectory.clear();
    config.toxiproxy = toxiproxy;
    config.seed = seed;
    return config;
}

} // namespace shakedown::agent
