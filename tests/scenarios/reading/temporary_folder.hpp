#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace shakedown::tests {

// A folder that is gone when the test is over.
class TemporaryFolder {
public:
    TemporaryFolder()
        : path_(
            std::filesystem::temp_directory_path()
            / ("shakedown-reading-" + std::to_string(getpid()) + "-" + std::to_string(next()))) {
        std::filesystem::create_directories(path_);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;

    std::string write(std::string const& name, std::string const& text) const {
        auto const file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
        return file.string();
    }
    std::filesystem::path const& path() const { return path_; }

private:
    static int next() {
        static std::atomic<int> count{0};
        return count++;
    }
    std::filesystem::path path_;
};

} // namespace shakedown::tests
