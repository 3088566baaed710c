#include "sim/run/replicate.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include "reports/verdict/evidence_bytes.hpp"
#include "sim/run/apart.hpp"
#include "sim/run/child_report.hpp"

namespace shakedown::run {

namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

verdict::Evidence runJob(model::Scenario const& scenario, Compiled const& compiled,
                         Settings settings, Job const& job, bool isFirst) {
    settings.seed = job.seed;
    settings.replication = job.replication;
    if (!isFirst) {
        settings.sink = nullptr;
        settings.level = record::Level::Summary;
    }
    return simulate(scenario, compiled, settings);
}

// A child's share of the jobs: every `step`-th from `first`, each written with its length.
[[noreturn]] void childRuns(model::Scenario const& scenario, Compiled const& compiled,
                            Settings const& settings, std::vector<Job> const& jobs,
                            std::size_t first, std::size_t step, std::FILE* out) {
    bool ok = true;
    Settings quiet = settings;
    quiet.onProgress = {};
    for (std::size_t i = first; i < jobs.size() && ok; i += step) {
        std::string const bytes =
            verdict::serialise(runJob(scenario, compiled, quiet, jobs[i], false));
        std::uint64_t const length = bytes.size();
        ok = std::fwrite(&length, sizeof length, 1, out) == 1
             && std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size();
    }
    ok = std::fflush(out) == 0 && ok;
    _exit(ok ? 0 : 1);
}

std::optional<std::string> readBlob(std::FILE* in) {
    std::uint64_t length = 0;
    if (std::fread(&length, sizeof length, 1, in) != 1 || length > (1ULL << 32))
        return std::nullopt;
    std::string bytes(length, '\0');
    if (std::fread(bytes.data(), 1, bytes.size(), in) != bytes.size())
        return std::nullopt;
    return bytes;
}

} // namespace

Result<std::vector<verdict::Evidence>> replicate(model::Scenario const& scenario,
                                                 Compiled const& compiled, Settings const& settings,
                                                 std::vector<Job> const& jobs, int processes) {
    if (compiled.plan.hosting)
        return replicateApart(scenario, compiled, settings, jobs, processes);
    std::vector<std::optional<verdict::Evidence>> found(jobs.size());
    std::size_t const step =
        std::min(jobs.size(), static_cast<std::size_t>(processes < 1 ? 1 : processes));
    struct Child {
        pid_t id;
        std::size_t first;
        File results;
    };
    std::vector<Child> children;
    for (std::size_t first = 1; first < step; ++first) {
        File results(std::tmpfile(), &std::fclose);
        if (!results)
            return runFailed("no temporary file for a replication");
        std::fflush(nullptr);
        pid_t const id = fork();
        if (id < 0)
            return runFailed("no process for a replication");
        if (id == 0)
            childRuns(scenario, compiled, settings, jobs, first, step, results.get());
        children.push_back({id, first, std::move(results)});
    }
    std::uint64_t eventsBefore = 0;
    for (std::size_t i = 0; i < jobs.size(); i += step) {
        Settings own = settings;
        if (settings.onProgress)
            own.onProgress = [&, i](Progress p) {
                p.events += eventsBefore;
                p.runsDone = i / step;
                p.runs = (jobs.size() + step - 1) / step;
                settings.onProgress(p);
            };
        found[i] = runJob(scenario, compiled, own, jobs[i], i == 0);
        eventsBefore += found[i]->events;
    }

    bool childFailed = false;
    for (auto& child : children) {
        int status = 0;
        while (waitpid(child.id, &status, 0) < 0 && errno == EINTR) {
        }
        childFailed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
        std::rewind(child.results.get());
        for (std::size_t i = child.first; i < jobs.size(); i += step) {
            auto const bytes = readBlob(child.results.get());
            if (!bytes)
                break;
            auto evidence = verdict::deserialise(*bytes);
            if (!evidence)
                return evidence.errors();
            found[i] = std::move(evidence).value();
        }
    }
    std::vector<verdict::Evidence> all;
    for (auto& evidence : found) {
        if (!evidence || childFailed)
            return runFailed("a replication's process died");
        all.push_back(std::move(*evidence));
    }
    return all;
}

} // namespace shakedown::run
