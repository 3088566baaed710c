#include "tests/end_to_end/program.hpp"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/environment.hpp"

namespace shakedown::tests {

namespace fs = std::filesystem;

Scratch::Scratch() {
    std::string pattern = (fs::temp_directory_path() / "shakedown-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("no scratch folder");
    }
    path_ = pattern;
}

Scratch::~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string Scratch::file(std::string const& name, std::string const& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return (path_ / name).string();
}

namespace {

// The environment of this process without what would colour or change the program's answers.
std::vector<std::string> environmentWith(Environment const& more) {
    std::vector<std::string> list;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        std::string const text = *entry;
        bool const isOurs = text.starts_with("SHAKEDOWN_") || text.starts_with("NO_COLOR");
        if (!isOurs && more.count(text.substr(0, text.find('='))) == 0) {
            list.push_back(text);
        }
    }
    for (auto const& [name, value] : more) {
        list.push_back(name + "=" + value);
    }
    return list;
}

std::vector<char*> pointersTo(std::vector<std::string>& list) {
    std::vector<char*> pointers;
    for (auto& text : list) {
        pointers.push_back(text.data());
    }
    pointers.push_back(nullptr);
    return pointers;
}

// Output files stand beside the program's folder, not in it.
fs::path outputFile(char const* kind) {
    static int number = 0;
    return fs::temp_directory_path()
           / ("shakedown-" + std::to_string(getpid()) + "-" + std::to_string(++number) + kind);
}

void redirect(fs::path const& file, int descriptor) {
    int const opened = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (opened < 0 || dup2(opened, descriptor) < 0) {
        _exit(126);
    }
}

} // namespace

Program::Program(Arguments const& arguments, fs::path const& folder, Environment const& environment)
    : out_(outputFile(".out")), err_(outputFile(".err")) {
    std::vector<std::string> words{binary().string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    auto settings = environmentWith(environment);
    auto const argv = pointersTo(words);
    auto const envp = pointersTo(settings);
    id_ = fork();
    if (id_ < 0) {
        throw std::runtime_error("no process for the program");
    }
    setpgid(id_, 0); // by whoever comes first
    if (id_ > 0) {
        return;
    }
    redirect("/dev/null", STDIN_FILENO);
    redirect(out_, STDOUT_FILENO);
    redirect(err_, STDERR_FILENO);
    if (chdir(folder.c_str()) != 0) {
        _exit(126);
    }
    execve(argv.front(), argv.data(), envp.data());
    _exit(127);
}

Program::~Program() {
    if (id_ > 0) {
        kill(-id_, SIGKILL);
        wait();
    }
    std::error_code ignored;
    fs::remove(out_, ignored);
    fs::remove(err_, ignored);
}

void Program::signal(int number) const {
    kill(-id_, number);
}

Outcome Program::wait() {
    int status = 0;
    while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = -1;
    int const code = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
    return {code, contentOf(out_), contentOf(err_)};
}

bool Program::appears(fs::path const& file) {
    for (int tries = 0; tries < 6000; ++tries) {
        if (fs::exists(file)) {
            return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

Outcome shakedown(Arguments const& arguments, fs::path const& folder,
                  Environment const& environment) {
    return Program(arguments, folder, environment).wait();
}

std::string contentOf(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

std::string library(std::string const& name) {
    return (sourceDir() / "scenarios" / "library" / name).string();
}

} // namespace shakedown::tests
