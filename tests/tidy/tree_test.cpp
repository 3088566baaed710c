#include "tests/tidy/tree.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

using namespace shakedown::tidy;
namespace fs = std::filesystem;

namespace {

// A folder of our own for as long as a test lasts.
class TemporaryFolder {
public:
    TemporaryFolder()
        : path_(fs::temp_directory_path() / ("shakedown-tidy-" + std::to_string(::getpid()))) {
        fs::create_directories(path_);
    }
    ~TemporaryFolder() { fs::remove_all(path_); }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;

    fs::path const& path() const { return path_; }

    fs::path write(fs::path const& name, std::string const& text) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }

private:
    fs::path path_;
};

} // namespace

TEST_CASE("a tree is read sorted, without builds and binaries", "[tidy][tree]") {
    TemporaryFolder const folder;
    folder.write("sim/kernel/clock.hpp", "clock");
    folder.write("README.md", "readme");
    folder.write("build/release/generated.cpp", "");
    folder.write(".git/config", "");
    folder.write("docs/picture.png", std::string("PNG\0", 4));
    fs::permissions(folder.write("script/run", "#!"), fs::perms::owner_exec, fs::perm_options::add);

    Tree const tree = readTree(folder.path());

    REQUIRE(tree.size() == 3);
    REQUIRE(tree[0].path == "README.md");
    REQUIRE_FALSE(tree[0].executable);
    REQUIRE(tree[1].path == "script/run");
    REQUIRE(tree[1].executable);
    REQUIRE(tree[2].path == "sim/kernel/clock.hpp");
    REQUIRE(tree[2].text == "clock");
}
