#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace shakedown::tidy {

struct File {
    std::string path; // from the root of the repository, with slashes
    std::string text;
    bool executable = false;
};

// The files of a repository as values, sorted by path, so that the rules can be tried on trees that
// exist nowhere.
using Tree = std::vector<File>;

// Reads what could be committed below root: not .git, nor the folders that .gitignore names, nor
// binary files.
Tree readTree(std::filesystem::path const& root);

} // namespace shakedown::tidy
