#include "chaos-agent/program/target_config.hpp"

#include <algorithm>

#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::agent {

namespace {

std::vector<std::string> kindsOf(ConfigReader& reader) {
    auto kinds = reader.texts("faults");
    auto const& known = protocol::faultNames();
    for (auto const& kind : kinds) {
        if (kind == "all" || std::find(known.begin(), known.end(), kind) != known.end())
            continue;
        auto const near = nearestWord(kind, known);
        reader.complain("faults", "no kind of fault is called '" + kind + "'"
                                      + (near ? "; did you mean '" + *near + "'?" : ""));
    }
    return kinds;
}

system::Words actionOf(ConfigReader& reader, std::string const& field) {
    auto words = reader.texts(field);
    // Whether it is there is seen when it is planned: it may be installed later.
    if (!words.empty() && !words.front().starts_with('/'))
        reader.complain(field, "'" + words.front()
                                   + "' is no absolute path; it is run as it is, without a shell");
    return words;
}

std::optional<injectors::DiskRoom> diskOf(ConfigReader& reader) {
    constexpr std::int64_t most = std::int64_t{1} << 40; // a larger one takes too long to reserve
    auto fields = reader.object("disk");
    if (!fields)
        return {};
    injectors::DiskRoom room;
    room.directory = fields->text("directory");
    auto const atMost = fields->count("max_bytes", 1, most);
    room.most = Bytes::of(atMost.value_or(0));
    room.keep =
        Bytes::of(fields->count("keep_free_bytes", 0, most).value_or(injectors::keptUnlessTold));
    if (!room.directory.starts_with('/'))
        fields->complain("directory", room.directory.empty()
                                          ? "is needed: where the file is made"
                                          : "'" + room.directory + "' is no absolute path");
    if (!fields->has("max_bytes"))
        fields->complain("max_bytes", "is needed: how large the file may become");
    fields->noMore();
    return room;
}

std::optional<injectors::ContainerName> containerOf(ConfigReader& reader,
                                                    std::string const& socket) {
    injectors::ContainerName container{socket, reader.text("container"),
                                       reader.text("container_label")};
    if (container.name.empty() && container.label.empty())
        return {};
    // As Docker takes it; of an id that is a part.
    auto const isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '_' || c == '.' || c == '-';
    };
    if (!std::all_of(container.name.begin(), container.name.end(), isPlain))
        reader.complain("container", "'" + container.name
                                         + "' is no name of a container: letters, digits, _ . -");
    if (!container.name.empty() && !container.label.empty())
        reader.complain("container_label", "the container is given by its name already");
    for (char const* other : {"pid_file", "unit"})
        if (reader.has(other))
            reader.complain(other, "the process is given by its container already");
    for (char const* action : {"start", "restart"})
        if (reader.has(action))
            reader.complain(action, "a container is started by its engine");
    return container;
}

injectors::Target targetOf(std::string const& name, ConfigReader& reader,
                           std::string const& socket) {
    injectors::Target target;
    target.name = name;
    target.address = readAddress(reader, "address");
    target.pidFile = reader.text("pid_file");
    target.unit = reader.text("unit");
    target.container = containerOf(reader, socket);
    target.networkNamespace = reader.text("network_namespace");
    target.proxy = readAddress(reader, "proxy");
    target.start = actionOf(reader, "start");
    target.restart = actionOf(reader, "restart");
    target.disk = diskOf(reader);
    target.kinds = kindsOf(reader);
    if (!target.pidFile.empty() && !target.pidFile.starts_with('/'))
        reader.complain("pid_file", "'" + target.pidFile + "' is no absolute path");
    if (!target.pidFile.empty() && !target.unit.empty())
        reader.complain("unit", "the process is given by its pid_file already");
    if (target.proxy && !target.address)
        reader.complain("proxy", "a proxy needs the address of the service behind it");
    reader.noMore();
    return target;
}

} // namespace

std::optional<proxy::Address> readAddress(ConfigReader& reader, std::string const& field) {
    std::string const text = reader.text(field);
    if (text.empty())
        return {};
    auto address = proxy::parseAddress(text);
    if (!address || address->host.empty() || !proxy::isIpAddress(*address)) {
        reader.complain(field, "'" + text + "' is no IP address and port, such as 127.0.0.1:8080");
        return {};
    }
    return address;
}

injectors::Targets readTargets(ConfigReader& file) {
    constexpr std::size_t most = 1000;
    injectors::Targets targets;
    std::string const socket = file.text("container_engine", containers::usualSocket);
    if (!socket.starts_with('/'))
        file.complain("container_engine", "'" + socket + "' is no absolute path of a socket");
    for (auto& [name, reader] : file.named("targets"))
        targets[name] = targetOf(name, reader, socket);
    if (targets.size() > most)
        file.complain("targets", "more than " + std::to_string(most));
    return targets;
}

safety::Caps readCaps(ConfigReader& file) {
    safety::Caps caps;
    auto reader = file.object("caps");
    if (!reader)
        return caps;
    caps.duration = reader->seconds("max_duration_seconds").value_or(caps.duration);
    caps.faults = static_cast<std::size_t>(
        reader->count("max_faults", 1, 1000).value_or(static_cast<std::int64_t>(caps.faults)));
    caps.targets = static_cast<std::size_t>(
        reader->count("max_targets", 1, 1000).value_or(static_cast<std::int64_t>(caps.targets)));
    caps.share = reader->share("max_share_of_targets").value_or(caps.share);
    reader->noMore();
    return caps;
}

} // namespace shakedown::agent
