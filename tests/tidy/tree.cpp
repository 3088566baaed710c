#include "tests/tidy/tree.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

namespace shakedown::tidy {
namespace fs = std::filesystem;

namespace {

bool isLeftOut(fs::path const& fromRoot) {
    static std::set<std::string> const leftOut{".git",   "build",   "runs",
                                               ".cache", ".vscode", ".idea"};
    return leftOut.contains(fromRoot.generic_string());
}

std::string contentOf(fs::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool isExecutable(fs::path const& path) {
    return (fs::status(path).permissions() & fs::perms::owner_exec) != fs::perms::none;
}

} // namespace

Tree readTree(fs::path const& root) {
    Tree tree;
    for (auto entry = fs::recursive_directory_iterator(root);
         entry != fs::recursive_directory_iterator(); ++entry) {
        fs::path const fromRoot = entry->path().lexically_relative(root);
        if (isLeftOut(fromRoot)) {
            entry.disable_recursion_pending();
            continue;
        }
        if (!entry->is_regular_file()) {
            continue;
        }
        std::string text = contentOf(entry->path());
        if (text.find('\0') == std::string::npos) {
            tree.push_back(
                {fromRoot.generic_string(), std::move(text), isExecutable(entry->path())});
        }
    }
    std::sort(tree.begin(), tree.end(),
              [](File const& a, File const& b) { return a.path < b.path; });
    return tree;
}

} // namespace shakedown::tidy
