#include <algorithm>

#include <unistd.h>

#include "chaos-agent/faults/plan_disk.hpp"
#include "chaos-agent/faults/plan_stress.hpp"
#include "chaos-agent/faults/stress_program.hpp"
#include "chaos-agent/system/fill_file.hpp"
#include "scenarios/vocabulary/quantity_text.hpp"

namespace shakedown::injectors {

namespace {

using system::Failed;
using system::Failure;

constexpr char const* scratchPrefix = ".shakedown-io-";
constexpr std::int64_t leastOfFile = 1LL << 20; // the program takes no smaller ones

Failed checkSize(protocol::Io const& io, DiskRoom const& room, Bytes free, Bytes keep) {
    if (io.bytes.count() < io.workers * leastOfFile)
        return Failure{std::to_string(io.workers) + " workers need "
                       + toText(Bytes::of(io.workers * leastOfFile)) + " at least"};
    if (io.bytes > room.most)
        return Failure{"the agent's configuration lets files take " + toText(room.most)
                       + " at most (disk.max_bytes), not " + toText(io.bytes)};
    if (free.count() - io.bytes.count() < keep.count())
        return Failure{"of " + room.directory + " " + toText(free) + " are free and " + toText(keep)
                       + " of them are kept, so " + toText(io.bytes) + " cannot be written"};
    return {};
}

Failed checkScratch(system::ScratchFolder const& scratch) {
    auto const path = system::pathOf(scratch);
    if (auto const* failure = std::get_if<Failure>(&path))
        return *failure;
    if (auto const* there = std::get_if<std::string>(&path))
        return Failure{*there + " is there already"};
    if (auto const failed = system::checkWritable(scratch.folder))
        return Failure{failed->why
                       + "; the agent's files are made there (under the unit shipped, see"
                         " disk.conf)"};
    return {};
}

} // namespace

Planned planIo(protocol::Io const& io, StressScope const& scope) {
    auto const& target = scope.target;
    if (!target.disk)
        return Failure{"the agent's configuration does not say in which directory of '"
                       + target.name + "' files may be written (disk)"};
    auto const found = system::lookAtFolder(target.disk->directory);
    if (auto const* failure = std::get_if<Failure>(&found))
        return *failure;
    auto const& folder = std::get<system::Folder>(found);
    std::string const own = ownNameOf("io", target);
    system::ScratchFolder const scratch{
        folder, scratchPrefix + own.substr(std::string(system::ownGroupPrefix).size()), geteuid()};
    if (auto const failed = checkScratch(scratch))
        return *failed;
    auto const free = system::freeIn(folder);
    if (auto const* failure = std::get_if<Failure>(&free))
        return *failure;
    auto const keep = std::max(target.disk->keep, keptOn(folder, scope.spared));
    if (auto const failed = checkSize(io, *target.disk, std::get<Bytes>(free), keep))
        return *failed;
    auto planned = planStress("io", target, scope.duration,
                              {"--hdd", std::to_string(io.workers), "--hdd-bytes",
                               std::to_string(io.bytes.count()) + "b", "--hdd-opts",
                               "wr-seq,rd-rnd,fdatasync", "--temp-path", "."},
                              {}, io.workers);
    if (auto const* failure = std::get_if<Failure>(&planned))
        return *failure;
    auto& stress = std::get<Stress>(planned);
    stress.directory = folder.path + "/" + scratch.name;
    return Plan{{MakeScratch{scratch}, std::move(stress)},
                {"filesystem " + system::deviceText(folder.device)},
                false};
}

} // namespace shakedown::injectors
