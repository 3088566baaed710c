#include "scenarios/reading/fault_tables.hpp"
#include "scenarios/reading/scalar_kinds.hpp"

namespace shakedown::reading {

using namespace model;

namespace {

template <class F>
Alternative processFault(std::string sentence, std::vector<Field> rows = {}) {
    return fault<F>(std::move(sentence), joined(processTarget<&F::target>(), std::move(rows)),
                    needsOneOf(processTargets()));
}

// `slow` without a number would do nothing.
void checkSlow(void* value, Node const& map, Reading& reading) {
    needsOneOf(processTargets())(value, map, reading);
    if (map.find("add") == nullptr && map.find("factor") == nullptr) {
        reading.findings.error(codes::missingKey, map.place(), "'slow' needs 'add:' or 'factor:'",
                               "add: 3s");
    }
}

} // namespace

std::vector<Alternative> processFaults() {
    return {
        processFault<Crash>("The process dies and comes back after `for`."),
        processFault<Kill>("The process dies and stays dead, unless `for` is given."),
        processFault<Hang>("The process holds everything and answers nothing."),
        processFault<Restart>("The process drains, stops and starts again."),
        fault<Slow>("Requests take longer.",
                    joined(endpointTarget<&Slow::target>(),
                           {field<&Slow::add>("add", varying(),
                                              "A wait, once for each request that starts service."),
                            field<&Slow::factor>("factor", number(), "Scales work that starts.")}),
                    checkSlow),
        fault<Errors>(
            "Requests fail.",
            joined(endpointTarget<&Errors::target>(),
                   {field<&Errors::share>("share", share(), "Share of requests that fail."),
                    field<&Errors::status>(
                        "status", count({100, 599}),
                        "The HTTP status they fail with. To outlier detection 502 to "
                        "504 are gateway errors and those below 500 none; 429 "
                        "spares the run of failures of Linkerd's breaker.")}),
            needsOneOf(processTargets())),
        processFault<Leak>(
            "Memory leaks until the process dies.",
            {field<&Leak::crashAfter>("crash_after", duration(), "Time until it dies.")}),
        processFault<Cpu>(
            "Something else takes processor time.",
            {field<&Cpu::steal>("steal", share(), "Share of the processor taken away.")}),
        processFault<Memory>(
            "Something else takes memory.",
            {field<&Memory::amount>("amount", bytes(), "How much.", Presence::Required)}),
        processFault<Io>(
            "Something else takes disk bandwidth.",
            {field<&Io::steal>("steal", share(), "Share of the bandwidth taken away.")}),
        processFault<Disk>(
            "The disk is slow or full.",
            {field<&Disk::full>("full", flag(), "Whether writes fail."),
             field<&Disk::factor>("factor", number(), "Scales the time of reads and writes.")}),
        processFault<Cold>("Caches are empty again.",
                           {field<&Cold::cache>("cache", nameOf("cache"), "Only this one.")}),
        processFault<FileDescriptors>(
            "File descriptors run out.",
            {field<&FileDescriptors::leave>("leave", count(), "How many are left.")}),
    };
}

} // namespace shakedown::reading
