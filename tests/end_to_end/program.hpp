#pragma once

#include <csignal>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

/// The program as its users run it: a child process with its own folder.
namespace shakedown::tests {

using Arguments = std::vector<std::string>;
using Environment = std::map<std::string, std::string>;

struct Outcome {
    int code = -1; // of the exit; 1000 + the signal that killed it
    std::string out;
    std::string err;
};

/// A folder that is gone when it goes out of scope.
class Scratch {
public:
    Scratch();
    ~Scratch();
    Scratch(Scratch const&) = delete;
    Scratch& operator=(Scratch const&) = delete;

    std::filesystem::path const& path() const { return path_; }
    std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
    /// Writes a file there and gives its path.
    std::string file(std::string const& name, std::string const& content) const;

private:
    std::filesystem::path path_;
};

/// A run of `shakedown` in a folder. Whoever does not wait for it to end kills it.
class Program {
public:
    Program(Arguments const& arguments, std::filesystem::path const& folder,
            Environment const& environment = {});
    ~Program();
    Program(Program const&) = delete;
    Program& operator=(Program const&) = delete;

    void signal(int number) const;
    /// Waits for its end and gives what it wrote.
    Outcome wait();
    /// Waits until the file is there, at most a minute; false if it does not come.
    static bool appears(std::filesystem::path const& file);

private:
    std::filesystem::path out_;
    std::filesystem::path err_;
    pid_t id_ = -1;
};

/// Starts it and waits for its end.
Outcome shakedown(Arguments const& arguments, std::filesystem::path const& folder,
                  Environment const& environment = {});

/// The content of a file, as bytes.
std::string contentOf(std::filesystem::path const& file);

/// A scenario of the library.
std::string library(std::string const& name);

} // namespace shakedown::tests
