#include "sim/run/apart.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <optional>

#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>

// Of a module loaded after the fork GCC 12's leak check reads a table of thread-local storage that
// is not there, and dies of it in a quarter of the runs. Without that table it reports more, not
// less: what only thread-local storage points to counts as leaked.
extern "C" char const* __lsan_default_options();
extern "C" char const* __lsan_default_options() {
    return "use_tls=0";
}
#endif

#include "sim/platform/simgrid_module.hpp"
#include "sim/run/child_report.hpp"

namespace shakedown::run {

namespace {

/// A flag that parent and children share.
class SharedFlag {
public:
    SharedFlag()
        : page_(mmap(nullptr, sizeof(Flag), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                     0)) {
        if (page_ != MAP_FAILED)
            flag_ = new (page_) Flag(false);
    }
    ~SharedFlag() {
        if (flag_ != nullptr)
            munmap(page_, sizeof(Flag));
    }
    SharedFlag(SharedFlag const&) = delete;
    SharedFlag& operator=(SharedFlag const&) = delete;
    std::atomic<bool>* flag() const { return flag_; }

private:
    using Flag = std::atomic<bool>;
    static_assert(Flag::is_always_lock_free, "processes share it");
    void* page_;
    Flag* flag_ = nullptr;
};

// A sanitizer looks for leaks at a normal exit, which a child does not have.
bool leaks() {
#ifdef __SANITIZE_ADDRESS__
    return __lsan_do_recoverable_leak_check() != 0;
#else
    return false;
#endif
}

bool runAndReport(model::Scenario const& scenario, Compiled const& compiled,
                  Settings const& settings, ChildReport& report) {
    try {
        return report.evidence(simulate(scenario, compiled, settings));
    } catch (std::exception const& problem) {
        report.failure(problem.what());
        return true;
    }
}

[[noreturn]] void childRuns(model::Scenario const& scenario, Compiled const& compiled,
                            Settings settings, Job const& job, bool isFirst, int pipe) {
    std::FILE* const out = fdopen(pipe, "wb");
    if (out == nullptr)
        _exit(1);
    ChildReport report(out);
    settings.seed = job.seed;
    settings.replication = job.replication;
    bool const records = isFirst && settings.sink != nullptr;
    settings.sink = records ? &report : nullptr;
    if (!isFirst)
        settings.level = record::Level::Summary;
    bool const tells = isFirst && settings.onProgress;
    settings.onProgress = {};
    if (tells)
        settings.onProgress = [&report](Progress const& p) { report.progress(p); };
    bool const ok = runAndReport(scenario, compiled, settings, report);
    std::fflush(out);
    _exit(ok && !leaks() ? 0 : 1);
}

class Runs {
public:
    Runs(model::Scenario const& scenario, Compiled const& compiled, Settings const& settings,
         std::vector<Job> const& jobs, std::size_t atOnce)
        : scenario_(scenario), compiled_(compiled), settings_(settings), jobs_(jobs),
          atOnce_(atOnce), found_(jobs.size()) {}

    Result<std::vector<verdict::Evidence>> run() {
        if (stop_.flag() == nullptr)
            return runFailed("no memory to share with the runs");
        while (next_ < jobs_.size() || !children_.empty()) {
            bool const stopped = settings_.stop != nullptr && settings_.stop->load();
            // After a problem nobody waits for the outcome of the others.
            if (stopped || problem_)
                askToStop();
            while (!problem_ && next_ < jobs_.size() && children_.size() < atOnce_)
                launch(next_++);
            if (children_.empty())
                break;
            listen();
        }
        if (problem_)
            return *problem_;
        std::vector<verdict::Evidence> all;
        for (auto& evidence : found_)
            all.push_back(std::move(*evidence));
        return all;
    }

private:
    struct Child {
        pid_t id = -1;
        int pipe = -1;
        std::size_t job = 0;
        std::unique_ptr<ParentReport> report;
    };

    // What calculates inside SimGrid does not see the wish; after a while it is ended.
    void askToStop() {
        auto const now = std::chrono::steady_clock::now();
        if (!stop_.flag()->exchange(true))
            askedAt_ = now;
        constexpr auto grace = std::chrono::seconds(5);
        if (now - askedAt_ < grace)
            return;
        for (auto const& child : children_)
            kill(child.id, SIGKILL);
        wereKilled_ = true;
    }

    void launch(std::size_t job) {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0)
            return give("no pipe for a run");
        std::fflush(nullptr);
        pid_t const id = fork();
        if (id < 0) {
            close(ends[0]);
            close(ends[1]);
            return give("no process for a run");
        }
        if (id == 0) {
            close(ends[0]);
            prctl(PR_SET_PDEATHSIG, SIGKILL); // nobody is left to end it
            // Else a sibling would not notice that nobody listens any more.
            for (auto const& sibling : children_)
                close(sibling.pipe);
            Settings own = settings_;
            own.stop = stop_.flag();
            childRuns(scenario_, compiled_, own, jobs_[job], job == 0, ends[1]);
        }
        close(ends[1]);
        auto progress = job == 0 && settings_.onProgress
                            ? std::function([this](Progress const& was) {
                                  Progress p = was;
                                  p.runs = jobs_.size();
                                  settings_.onProgress(p);
                              })
                            : std::function<void(Progress const&)>();
        children_.push_back({id, ends[0], job,
                             std::make_unique<ParentReport>(job == 0 ? settings_.sink : nullptr,
                                                            std::move(progress))});
    }

    // Waits a while for any child to say something; one that has closed its pipe is done.
    void listen() {
        constexpr int patience = 100; // milliseconds, so that a wish to stop is seen
        std::vector<pollfd> ears;
        for (auto const& child : children_)
            ears.push_back({child.pipe, POLLIN, 0});
        if (poll(ears.data(), ears.size(), patience) <= 0)
            return;
        for (std::size_t i = ears.size(); i-- > 0;)
            if (ears[i].revents != 0)
                hear(i);
    }

    void hear(std::size_t index) {
        std::array<char, 65'536> part;
        ssize_t const n = read(children_[index].pipe, part.data(), part.size());
        if (n < 0 && errno == EINTR)
            return;
        if (n > 0)
            return children_[index].report->feed({part.data(), static_cast<std::size_t>(n)});
        Child const child = std::move(children_[index]);
        children_.erase(children_.begin() + static_cast<std::ptrdiff_t>(index));
        bury(child);
    }

    void bury(Child const& child) {
        close(child.pipe);
        int status = 0;
        while (waitpid(child.id, &status, 0) < 0 && errno == EINTR) {
        }
        auto evidence = child.report->finish();
        if (problem_)
            return;
        if (wereKilled_ && !WIFEXITED(status))
            give("a run did not stop within 5 s when it was asked to, and was ended");
        else if (!evidence)
            problem_ = evidence.errors();
        else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            give("the process of a run did not end well");
        else
            found_[child.job] = std::move(evidence).value();
    }

    void give(std::string why) { problem_ = Diagnostics{runFailed(std::move(why))}; }

    model::Scenario const& scenario_;
    Compiled const& compiled_;
    Settings const& settings_;
    std::vector<Job> const& jobs_;
    std::size_t atOnce_;
    SharedFlag stop_;
    std::chrono::steady_clock::time_point askedAt_;
    bool wereKilled_ = false;
    std::size_t next_ = 0;
    std::vector<Child> children_;
    std::vector<std::optional<verdict::Evidence>> found_;
    std::optional<Diagnostics> problem_;
};

} // namespace

Result<std::vector<verdict::Evidence>> replicateApart(model::Scenario const& scenario,
                                                      Compiled const& compiled,
                                                      Settings const& settings,
                                                      std::vector<Job> const& jobs, int processes) {
    // Loaded once, for all the children.
    if (auto const simgrid = platform::simgridModule(); !simgrid)
        return simgrid.errors();
    return Runs(scenario, compiled, settings, jobs,
                static_cast<std::size_t>(processes < 1 ? 1 : processes))
        .run();
}

} // namespace shakedown::run
