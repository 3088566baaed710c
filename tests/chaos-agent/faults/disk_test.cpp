#include <catch2/catch.hpp>

#include <fstream>

#include <sys/stat.h>

#include "chaos-agent/faults/plan_disk.hpp"
#include "tests/chaos-agent/faults/planned.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/chaos-agent/system/small_disk.hpp"

// A full disk is felt by who writes there, is over afterwards, and is no wider than allowed.
using namespace shakedown;
using namespace shakedown::injectors;
using tests::SmallDisk;

namespace {

constexpr Duration lease = Duration::seconds(30);

Target targetOn(SmallDisk const& disk) {
    Target target;
    target.name = "orders";
    target.kinds = {"disk"};
    target.disk = disk.room();
    return target;
}

Planned plannedFor(Target const& target) {
    return tests::plannedFor(protocol::Disk{}, target);
}

FillDisk fillOf(Target const& target, Bytes leave = Bytes()) {
    return std::get<FillDisk>(tests::planFor(protocol::Disk{leave}, target).steps.front());
}

std::string refusalOf(Target const& target, Bytes leave = Bytes(), Protected const& spared = {}) {
    return tests::refusalOf(protocol::Disk{leave}, target, spared);
}

bool has(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

std::filesystem::path pathOf(FillDisk const& fill) {
    return std::filesystem::path(fill.folder.path) / fill.file;
}

} // namespace

TEST_CASE("on a full disk nothing can be written, and then again", "[faults][disk]") {
    auto const disk = SmallDisk::make();
    if (!disk) {
        return;
    }
    auto const before = disk->state();
    auto const fill = fillOf(targetOn(*disk));
    REQUIRE(disk->write("order") == 0);
    REQUIRE_FALSE(apply(fill, lease, {}));
    CHECK(isApplied(fill, {}).is == Verdict::Is::So);
    CHECK(disk->free() == 0);
    CHECK(disk->write("order") == ENOSPC);
    REQUIRE_FALSE(revert(fill, {}));
    CHECK(isReverted(fill, {}).is == Verdict::Is::So);
    CHECK(disk->write("order") == 0);
    CHECK(disk->state() == before);
}

TEST_CASE("what is to be left of a disk is left, by who asks or by who allows it",
          "[faults][disk]") {
    auto const disk = SmallDisk::make();
    if (!disk) {
        return;
    }
    auto const [asked, kept] = GENERATE(table<std::int64_t, std::int64_t>(
        {{1L << 20, 0}, {0, 1L << 20}, {1L << 20, 4096}, {4096, 1L << 20}}));
    auto target = targetOn(*disk);
    target.disk->keep = Bytes::of(kept);
    auto const fill = fillOf(target, Bytes::of(asked));
    REQUIRE_FALSE(apply(fill, lease, {}));
    CHECK(disk->free() == 1L << 20);
    CHECK(disk->write("order") == 0);
    REQUIRE_FALSE(revert(fill, {}));
}

TEST_CASE("the file that fills a disk is nobody else's to read", "[faults][disk]") {
    auto const disk = SmallDisk::make();
    if (!disk) {
        return;
    }
    auto const fill = fillOf(targetOn(*disk));
    REQUIRE_FALSE(apply(fill, lease, {}));
    struct stat found {};
    REQUIRE(lstat(pathOf(fill).c_str(), &found) == 0);
    CHECK((found.st_mode & 07777) == 0600);
    CHECK(found.st_uid == geteuid());
    REQUIRE_FALSE(revert(fill, {}));
}

TEST_CASE("who holds the file that fills a disk does not hold its room", "[faults][disk]") {
    auto const disk = SmallDisk::make();
    if (!disk) {
        return;
    }
    auto const fill = fillOf(targetOn(*disk));
    REQUIRE_FALSE(apply(fill, lease, {}));
    std::ifstream const holder(pathOf(fill));
    REQUIRE(holder.is_open());
    REQUIRE_FALSE(revert(fill, {}));
    CHECK(disk->write("order") == 0);
    CHECK(isReverted(fill, {}).is == Verdict::Is::So);
}

TEST_CASE("what has the name of the file that fills a disk, and is not ours, stays",
          "[faults][disk]") {
    auto const disk = SmallDisk::make();
    if (!disk) {
        return;
    }
    auto const fill = fillOf(targetOn(*disk));
    auto const elsewhere = disk->folder() / "precious";
    std::ofstream(elsewhere) << "data";
    SECTION("a link") {
        std::filesystem::create_symlink(elsewhere, pathOf(fill));
    }
    SECTION("a directory") {
        std::filesystem::create_directory(pathOf(fill));
    }
    SECTION("a file of another user") {
        std::ofstream(pathOf(fill)) << "data";
        REQUIRE(chown(pathOf(fill).c_str(), 65534, 65534) == 0);
    }
    CHECK(apply(fill, lease, {}));
    CHECK(revert(fill, {}));
    CHECK(isReverted(fill, {}).is == Verdict::Is::NotSo);
    CHECK(std::filesystem::exists(std::filesystem::symlink_status(pathOf(fill))));
    CHECK(std::filesystem::file_size(elsewhere) == 4);
    CHECK_FALSE(refusalOf(targetOn(*disk)).empty());
}

TEST_CASE("a disk is not filled in another directory than was planned", "[faults][disk]") {
    auto const disk = SmallDisk::make();
    if (!disk) {
        return;
    }
    auto const fill = fillOf(targetOn(*disk));
    // Kept, so that its number is not given to the new one.
    std::filesystem::rename(disk->folder(), disk->folder().string() + ".old");
    std::filesystem::create_directory(disk->folder());
    auto const failed = apply(fill, lease, {});
    REQUIRE(failed);
    CHECK(has(failed->why, "another directory"));
    CHECK_FALSE(revert(fill, {}));
    CHECK(isReverted(fill, {}).is == Verdict::Is::So);
}

TEST_CASE("who deletes the directory that was filled has freed the disk", "[faults][disk]") {
    auto const disk = SmallDisk::make();
    if (!disk) {
        return;
    }
    auto fill = fillOf(targetOn(*disk));
    REQUIRE_FALSE(apply(fill, lease, {}));
    std::filesystem::remove_all(disk->folder());
    fill.folder.kept = GENERATE(system::Folder::Kept::InMemory, system::Folder::Kept::OnDisk);
    CHECK_FALSE(revert(fill, {}));
    CHECK(isReverted(fill, {}).is == Verdict::Is::So);
}

TEST_CASE("a filesystem that is not mounted is not thought free again", "[faults][disk]") {
    auto const disk = SmallDisk::make();
    if (!disk) {
        return;
    }
    auto fill = fillOf(targetOn(*disk));
    REQUIRE_FALSE(apply(fill, lease, {}));
    disk->unmount();
    // In memory the file went with it.
    CHECK(isReverted(fill, {}).is == Verdict::Is::So);
    CHECK_FALSE(outlivesBoot(fill));
    fill.folder.kept = system::Folder::Kept::OnDisk;
    CHECK(outlivesBoot(fill));
    auto const failed = revert(fill, {});
    REQUIRE(failed);
    CHECK(has(failed->why, "nor is the filesystem"));
    CHECK(isReverted(fill, {}).is == Verdict::Is::NotSo);
}

TEST_CASE("a disk that could not be filled as far as asked is refused", "[faults][disk]") {
    auto const disk = SmallDisk::make();
    if (!disk) {
        return;
    }
    auto target = targetOn(*disk);
    CHECK(has(refusalOf(target, Bytes::of(SmallDisk::size)), "nothing to fill"));
    target.disk->most = Bytes::of(SmallDisk::size / 2);
    CHECK(has(refusalOf(target), "2MiB at most"));
    CHECK_FALSE(fillOf(target, Bytes::of(SmallDisk::size / 2)).file.empty());
    target.disk->directory += "/none";
    CHECK(has(refusalOf(target), "No such file"));
    target.disk.reset();
    CHECK(has(refusalOf(target), "does not say which directory"));
}

TEST_CASE("filesystems of the system and of the agent are never quite full", "[faults][disk]") {
    auto const disk = SmallDisk::make();
    if (!disk) {
        return;
    }
    Protected spared;
    spared.directories.push_back(disk->folder().string());
    CHECK(has(refusalOf(targetOn(*disk), Bytes(), spared), "64MiB are to be left"));

    // The root of the system, wherever that is large enough.
    Target target = targetOn(*disk);
    target.disk->directory = std::filesystem::temp_directory_path().string();
    target.disk->most = Bytes::of(1L << 60);
    auto const planned = plannedFor(target);
    auto const* plan = std::get_if<Plan>(&planned);
    struct stat root {};
    struct stat there {};
    REQUIRE(stat("/", &root) == 0);
    REQUIRE(stat(target.disk->directory.c_str(), &there) == 0);
    if (plan != nullptr && root.st_dev == there.st_dev) {
        CHECK(std::get<FillDisk>(plan->steps.front()).leave == keptForTheHost);
    }
}

TEST_CASE("two targets on one filesystem fight over its room", "[faults][disk]") {
    auto const disk = SmallDisk::make();
    auto const another = SmallDisk::make();
    if (!disk || !another) {
        return;
    }
    auto const claimOf = [](SmallDisk const& one, std::string const& folder) {
        auto target = targetOn(one);
        std::filesystem::create_directory(one.folder() / folder);
        target.disk->directory += "/" + folder;
        return std::get<Plan>(plannedFor(target)).claims;
    };
    CHECK(claimOf(*disk, "a") == claimOf(*disk, "b"));
    CHECK(claimOf(*disk, "c") != claimOf(*another, "c"));
}
