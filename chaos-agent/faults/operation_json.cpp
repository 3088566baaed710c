#include "chaos-agent/faults/operation_json.hpp"

#include "chaos-agent/protocol/fault_json.hpp"
#include "scenarios/vocabulary/overloaded.hpp"

namespace shakedown::injectors {

namespace {

using nlohmann::json;

json toJson(system::ProcessId const& id) {
    return {{"number", id.number}, {"began", id.began}};
}
json toJson(system::NamespaceId const& id) {
    return {{"device", id.device}, {"inode", id.inode}};
}
json toJson(Comeback const& comeback) {
    return {{"action", comeback.action},
            {"pid_file", comeback.pidFile},
            {"unit", comeback.unit},
            {"address", comeback.address ? comeback.address->text() : ""},
            {"place", toJson(comeback.place)}};
}
json toJson(ContainerLife const& container) {
    return {{"socket", container.socket},
            {"name", container.name},
            {"id", container.life.id},
            {"started_at", container.life.startedAt}};
}
json toJson(EndContainer const& end) {
    json value{{"does", "end_container"},
               {"container", toJson(end.container)},
               {"comes_back", end.comesBack},
               {"address", end.address ? end.address->text() : ""}};
    if (end.grace)
        value["grace_us"] = end.grace->count() / 1000;
    return value;
}
json toJson(FilterTable const& table) {
    return {{"place", toJson(table.place)}, {"table", table.table}, {"rules", table.rules}};
}
// A fault of the protocol travels in a request; only its kind and way are of interest here.
json faultOf(protocol::FaultKind const& what, protocol::Way way) {
    protocol::FaultRequest request;
    request.what = what;
    request.way = way;
    request.target = "any";
    request.duration = Duration::seconds(1);
    return protocol::toJson(request);
}
json toJson(Disturb const& disturb) {
    return {{"does", "disturb"},
            {"proxy", disturb.proxy},
            {"name", disturb.name},
            {"fault", faultOf(disturb.what, disturb.way)}};
}
json toJson(OpenQueue const& open) {
    return {{"does", "open_queue"},
            {"place", toJson(open.place)},
            {"queue", open.number},
            {"name", open.name},
            {"fault", faultOf(open.what, protocol::Way::Both)}};
}
json toJson(Divert const& divert) {
    return {{"does", "divert"},
            {"place", toJson(divert.place)},
            {"table", divert.table},
            {"queue", divert.queue}};
}
json toJson(system::Folder const& folder) {
    return {{"path", folder.path},
            {"device", folder.device},
            {"inode", folder.inode},
            {"in_memory", folder.kept == system::Folder::Kept::InMemory}};
}
json toJson(FillDisk const& fill) {
    return {{"does", "fill_disk"}, {"folder", toJson(fill.folder)}, {"file", fill.file},
            {"owner", fill.owner}, {"most", fill.most.count()},     {"leave", fill.leave.count()}};
}
json toJson(std::vector<system::OwnGroup> const& groups) {
    json list = json::array();
    for (auto const& group : groups) {
        json limits = json::array();
        for (auto const& limit : group.limits)
            limits.push_back({{"file", limit.file},
                              {"value", limit.value},
                              {"if_there", limit.need == system::GroupLimit::Need::IfThere}});
        list.push_back({{"directory", group.directory}, {"limits", std::move(limits)}});
    }
    return list;
}
json toJson(Stress const& stress) {
    return {{"does", "stress"},
            {"groups", toJson(stress.groups)},
            {"words", stress.words},
            {"processor_time_us", stress.processorTime.count() / 1000},
            {"directory", stress.directory},
            {"processes", stress.processes},
            {"memory", stress.memory.count()}};
}
json toJson(MakeScratch const& make) {
    return {{"does", "make_scratch"},
            {"folder", toJson(make.scratch.folder)},
            {"name", make.scratch.name},
            {"owner", make.scratch.owner}};
}
json toJson(ChangeGroup const& change) {
    return {{"does", "change_group"},
            {"folder", toJson(change.folder)},
            {"file", change.file},
            {"before", change.before},
            {"during", change.during}};
}
json toJson(LimitDescriptors const& limit) {
    return {{"does", "limit_descriptors"},
            {"process", toJson(limit.process)},
            {"before", limit.before},
            {"during", limit.during}};
}
json toJson(Operation const& operation) {
    return std::visit(
        Overloaded{
            [](FilterTable const& table) {
                json value = toJson(table);
                value["does"] = "filter";
                return value;
            },
            [](OpenQueue const& open) { return toJson(open); },
            [](Divert const& divert) { return toJson(divert); },
            [](StopProcess const& stop) {
                return json{{"does", "stop"}, {"process", toJson(stop.process)}};
            },
            [](KillProcess const& kill) {
                return json{{"does", "kill"},
                            {"process", toJson(kill.process)},
                            {"comeback", toJson(kill.comeback)}};
            },
            [](RestartProcess const& restart) {
                return json{{"does", "restart"},
                            {"process", toJson(restart.process)},
                            {"comeback", toJson(restart.comeback)}};
            },
            [](PauseContainer const& pause) {
                return json{{"does", "pause_container"}, {"container", toJson(pause.container)}};
            },
            [](EndContainer const& end) { return toJson(end); },
            [](RestartContainer const& restart) {
                return json{{"does", "restart_container"},
                            {"container", toJson(restart.container)},
                            {"address", restart.address ? restart.address->text() : ""}};
            },
            [](Disturb const& disturb) { return toJson(disturb); },
            [](OpenProxy const& open) {
                return json{{"does", "open_proxy"},
                            {"place", toJson(open.place)},
                            {"proxy", open.proxy},
                            {"service", open.service.text()}};
            },
            [](Redirect const& redirect) {
                return json{{"does", "redirect"},
                            {"table", toJson(redirect.table)},
                            {"proxy", redirect.proxy},
                            {"resets_older", redirect.older == Redirect::Older::Reset}};
            },
            [](FillDisk const& fill) { return toJson(fill); },
            [](MakeScratch const& make) { return toJson(make); },
            [](Stress const& stress) { return toJson(stress); },
            [](ChangeGroup const& change) { return toJson(change); },
            [](LimitDescriptors const& limit) { return toJson(limit); }},
        operation);
}

// These throw what nlohmann throws; readOperations catches it.
system::ProcessId processOf(json const& value) {
    return {value.at("number").get<pid_t>(), value.at("began").get<std::uint64_t>()};
}
system::NamespaceId placeOf(json const& value) {
    return {value.at("device").get<std::uint64_t>(), value.at("inode").get<std::uint64_t>()};
}
Comeback comebackOf(json const& value) {
    return {value.at("action").get<system::Words>(), value.at("pid_file").get<std::string>(),
            value.value("unit", std::string()), // not written before 0.1
            proxy::parseAddress(value.at("address").get<std::string>()),
            placeOf(value.at("place"))};
}
ContainerLife containerOf(json const& value) {
    return {value.at("socket").get<std::string>(),
            value.at("name").get<std::string>(),
            {value.at("id").get<std::string>(), value.at("started_at").get<std::string>()}};
}
EndContainer endOf(json const& value) {
    EndContainer end{containerOf(value.at("container")),
                     {},
                     value.at("comes_back").get<bool>(),
                     proxy::parseAddress(value.at("address").get<std::string>())};
    if (value.contains("grace_us"))
        end.grace = Duration::microseconds(value.at("grace_us").get<std::int64_t>());
    return end;
}
FilterTable tableOf(json const& value) {
    return {placeOf(value.at("place")), value.at("table").get<std::string>(),
            value.at("rules").get<std::string>()};
}
system::Got<Operation> readDisturb(json const& value) {
    auto const request = protocol::readRequest(value.at("fault"));
    if (auto const* unreadable = std::get_if<protocol::Unreadable>(&request))
        return system::Failure{unreadable->why};
    auto const& fault = std::get<protocol::FaultRequest>(request);
    return Operation(Disturb{value.at("proxy").get<std::string>(),
                             value.at("name").get<std::string>(), fault.what, fault.way});
}
system::Got<Operation> readQueue(json const& value) {
    auto const request = protocol::readRequest(value.at("fault"));
    if (auto const* unreadable = std::get_if<protocol::Unreadable>(&request))
        return system::Failure{unreadable->why};
    return Operation(OpenQueue{placeOf(value.at("place")), value.at("queue").get<std::uint16_t>(),
                               value.at("name").get<std::string>(),
                               std::get<protocol::FaultRequest>(request).what});
}
system::Got<Operation> readOpen(json const& value) {
    auto const service = proxy::parseAddress(value.at("service").get<std::string>());
    if (!service)
        return system::Failure{"the address of a service cannot be read"};
    return Operation(
        OpenProxy{placeOf(value.at("place")), value.at("proxy").get<std::string>(), *service});
}
Redirect redirectOf(json const& value) {
    return {tableOf(value.at("table")), value.at("proxy").get<std::string>(),
            value.at("resets_older").get<bool>() ? Redirect::Older::Reset : Redirect::Older::Pass};
}
system::Folder folderOf(json const& value) {
    using Kept = system::Folder::Kept;
    return {value.at("path").get<std::string>(), value.at("device").get<std::uint64_t>(),
            value.at("inode").get<std::uint64_t>(),
            value.at("in_memory").get<bool>() ? Kept::InMemory : Kept::OnDisk};
}
FillDisk fillOf(json const& value) {
    return {folderOf(value.at("folder")), value.at("file").get<std::string>(),
            value.at("owner").get<uid_t>(), Bytes::of(value.at("most").get<std::int64_t>()),
            Bytes::of(value.at("leave").get<std::int64_t>())};
}
std::vector<system::OwnGroup> groupsOf(json const& value) {
    using Need = system::GroupLimit::Need;
    std::vector<system::OwnGroup> groups;
    for (auto const& one : value) {
        auto& group = groups.emplace_back();
        group.directory = one.at("directory").get<std::string>();
        for (auto const& limit : one.at("limits"))
            group.limits.push_back({limit.at("file").get<std::string>(),
                                    limit.at("value").get<std::string>(),
                                    limit.at("if_there").get<bool>() ? Need::IfThere : Need::Must});
    }
    return groups;
}
Stress stressOf(json const& value) {
    return {groupsOf(value.at("groups")),
            value.at("words").get<system::Words>(),
            Duration::microseconds(value.at("processor_time_us").get<std::int64_t>()),
            value.at("directory").get<std::string>(),
            value.at("processes").get<std::size_t>(),
            Bytes::of(value.at("memory").get<std::int64_t>())};
}
MakeScratch scratchOf(json const& value) {
    return {{folderOf(value.at("folder")), value.at("name").get<std::string>(),
             value.at("owner").get<uid_t>()}};
}
ChangeGroup changeOf(json const& value) {
    return {folderOf(value.at("folder")), value.at("file").get<std::string>(),
            value.at("before").get<std::string>(), value.at("during").get<std::string>()};
}
LimitDescriptors limitOf(json const& value) {
    return {processOf(value.at("process")), value.at("before").get<std::uint64_t>(),
            value.at("during").get<std::uint64_t>()};
}
system::Got<Operation> read(json const& value) {
    std::string const does = value.at("does").get<std::string>();
    if (does == "filter")
        return Operation(tableOf(value));
    if (does == "open_queue")
        return readQueue(value);
    if (does == "divert")
        return Operation(Divert{placeOf(value.at("place")), value.at("table").get<std::string>(),
                                value.at("queue").get<std::uint16_t>()});
    if (does == "stop")
        return Operation(StopProcess{processOf(value.at("process"))});
    if (does == "kill")
        return Operation(
            KillProcess{processOf(value.at("process")), comebackOf(value.at("comeback"))});
    if (does == "restart")
        return Operation(
            RestartProcess{processOf(value.at("process")), comebackOf(value.at("comeback"))});
    if (does == "pause_container")
        return Operation(PauseContainer{containerOf(value.at("container"))});
    if (does == "end_container")
        return Operation(endOf(value));
    if (does == "restart_container")
        return Operation(
            RestartContainer{containerOf(value.at("container")),
                             proxy::parseAddress(value.at("address").get<std::string>())});
    if (does == "disturb")
        return readDisturb(value);
    if (does == "open_proxy")
        return readOpen(value);
    if (does == "redirect")
        return Operation(redirectOf(value));
    if (does == "fill_disk")
        return Operation(fillOf(value));
    if (does == "make_scratch")
        return Operation(scratchOf(value));
    if (does == "stress")
        return Operation(stressOf(value));
    if (does == "change_group")
        return Operation(changeOf(value));
    if (does == "limit_descriptors")
        return Operation(limitOf(value));
    return system::Failure{"no operation is called '" + does + "'"};
}

} // namespace

json toJson(std::vector<Operation> const& operations) {
    json list = json::array();
    for (auto const& operation : operations)
        list.push_back(toJson(operation));
    return list;
}

system::Got<std::vector<Operation>> readOperations(json const& value) {
    std::vector<Operation> operations;
    try {
        for (auto const& one : value) {
            auto got = read(one);
            if (auto* failure = std::get_if<system::Failure>(&got))
                return std::move(*failure);
            operations.push_back(std::move(std::get<Operation>(got)));
        }
    } catch (json::exception const& e) {
        return system::Failure{std::string("the steps cannot be read: ") + e.what()};
    }
    return operations;
}

} // namespace shakedown::injectors
