// An existing client, unchanged: the npm package toxiproxy-node-client drives the agent.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <sys/wait.h>

#include "tests/chaos-agent/program/agent.hpp"
#include "tests/environment.hpp"

using namespace shakedown::tests;
namespace fs = std::filesystem;

namespace {

class Folder {
public:
    Folder() {
        std::string pattern = (fs::temp_directory_path() / "shakedown-npm-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) {
            throw std::runtime_error("no scratch folder");
        }
        path = pattern;
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    fs::path path;
};

// The exit code of a shell command in the folder, its output in the file "log" there.
int run(fs::path const& folder, std::string const& command) {
    std::string const line =
        "cd '" + folder.string() + "' && { " + command + "; } >log 2>&1 </dev/null";
    int const status = std::system(line.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string logOf(fs::path const& folder) {
    std::ifstream in(folder / "log");
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("the Node client of Toxiproxy works unchanged", "[agent][node]") {
    Folder const folder;
    if (run(folder.path, "command -v npm && command -v node") != 0) {
        WARN("skipped: no npm or node");
        return;
    }
    if (run(folder.path, "timeout 120 npm install --ignore-scripts --no-audit --no-fund "
                         "toxiproxy-node-client@4.1.0")
        != 0) {
        WARN("skipped: the package toxiproxy-node-client cannot be had");
        return;
    }
    Agent agent({"--toxiproxy", "127.0.0.1:0"});
    std::string const api = "http://127.0.0.1:" + std::to_string(agent.port());
    fs::copy_file(sourceDir() / "tests/chaos-agent/program/node_client.js",
                  folder.path / "node_client.js");
    int const code = run(folder.path, "timeout 60 node node_client.js " + api);
    INFO(logOf(folder.path));
    REQUIRE(code == 0);
}
