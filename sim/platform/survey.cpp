#include "sim/platform/survey.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/platform/simgrid_module.hpp"

namespace shakedown::platform {

namespace {

Diagnostic refused(std::string message, std::string hint = {}) {
    return {Severity::Error, "E903", std::move(message), std::move(hint), {}};
}

// --- Before SimGrid sees it.

// How many hosts a radical such as "0-99,200" asks for; its numbers are capped, not believed.
std::size_t hostsIn(std::string const& radical) {
    std::size_t sum = 0;
    std::istringstream ranges(radical);
    for (std::string range; std::getline(ranges, range, ',');) {
        auto const dash = range.find('-');
        auto const number = [](std::string const& text) {
            return std::min<unsigned long long>(std::strtoull(text.c_str(), nullptr, 10),
                                                1'000'000'000'000);
        };
        auto const first = number(range.substr(0, dash));
        auto const last = dash == std::string::npos ? first : number(range.substr(dash + 1));
        sum += last >= first ? last - first + 1 : 0;
    }
    return sum;
}

// The values of an attribute, wherever it stands.
std::vector<std::string> valuesOf(std::string const& text, std::string const& attribute) {
    std::vector<std::string> values;
    for (auto at = text.find(attribute); at != std::string::npos;
         at = text.find(attribute, at + 1)) {
        auto const open = text.find_first_not_of(" \t\r\n=", at + attribute.size());
        bool const isQuoted =
            open != std::string::npos && (text[open] == '"' || text[open] == '\'');
        if (!isQuoted)
            continue;
        auto const close = text.find(text[open], open + 1);
        values.push_back(
            text.substr(open + 1, close == std::string::npos ? close : close - open - 1));
    }
    return values;
}

std::optional<Diagnostic> problemIn(std::string const& text) {
    std::size_t hosts = 0;
    for (auto const& radical : valuesOf(text, "radical"))
        hosts += hostsIn(radical);
    if (hosts > mostMachines)
        return refused("its 'radical' asks for " + std::to_string(hosts) + " hosts",
                       "at most " + std::to_string(mostMachines) + " machines are simulated");
    for (char const* word : {"state_file", "availability_file", "bandwidth_file", "latency_file",
                             "<trace", "<include", "<config", "<actor", "<process"})
        if (text.find(word) != std::string::npos)
            return refused("'" + std::string(word) + "' in it is not simulated",
                           "a platform file tells hosts, links and routes; what happens to them "
                           "are faults of the scenario");
    return std::nullopt;
}

// --- With SimGrid, in the child.

void limitChild() {
    rlimit const seconds{20, 20};
    setrlimit(RLIMIT_CPU, &seconds);
#ifndef __SANITIZE_ADDRESS__
    rlimit const bytes{4ULL << 30, 4ULL << 30};
    setrlimit(RLIMIT_AS, &bytes);
#endif
    int const nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
}

[[noreturn]] void childLists(SimgridModule const& simgrid, std::string const& file,
                             std::FILE* out) {
    limitChild();
    try {
        simgrid.list(file, out);
    } catch (std::exception const& problem) {
        std::fprintf(out, "error\t%s\n", problem.what());
    }
    std::fflush(out);
    _exit(0);
}

// --- What the child found.

std::vector<std::string> fieldsOf(std::string const& line) {
    std::vector<std::string> fields;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, '\t');)
        fields.push_back(field);
    return fields;
}

// Where the file lies is nobody's business.
std::string withoutFolder(std::string message, std::string const& file) {
    auto const at = message.find(file);
    auto const name = file.substr(file.rfind('/') + 1);
    return at == std::string::npos ? message : message.replace(at, file.size(), name);
}

Result<Blueprint> blueprintFrom(std::string const& file, std::istream& lines) {
    Blueprint blueprint;
    blueprint.file = file;
    bool isWhole = false;
    for (std::string line; std::getline(lines, line);) {
        auto const fields = fieldsOf(line);
        if (fields.size() == 5 && fields[0] == "host")
            blueprint.machines.push_back({fields[1], fields[2],
                                          std::strtod(fields[3].c_str(), nullptr),
                                          std::atoi(fields[4].c_str())});
        else if (fields.size() == 4 && fields[0] == "link")
            blueprint.links.push_back(
                {fields[1],
                 {},
                 Bandwidth::bitsPerSecond(std::strtod(fields[2].c_str(), nullptr)),
                 Duration::fromSeconds(std::strtod(fields[3].c_str(), nullptr))});
        else if (!fields.empty() && fields[0] == "error")
            return refused("SimGrid refuses it: " + withoutFolder(line.substr(6), file));
        isWhole = line == "end";
    }
    if (!isWhole)
        return refused("SimGrid gives up on it");
    if (blueprint.machines.empty() || blueprint.machines.size() > mostMachines)
        return refused("it has " + std::to_string(blueprint.machines.size()) + " hosts",
                       "between 1 and " + std::to_string(mostMachines) + " machines are simulated");
    auto const byName = [](auto const& a, auto const& b) { return a.name < b.name; };
    std::sort(blueprint.machines.begin(), blueprint.machines.end(), byName);
    std::sort(blueprint.links.begin(), blueprint.links.end(), byName);
    return blueprint;
}

std::string contentOf(std::FILE* file) {
    std::rewind(file);
    std::string text;
    char part[4096];
    for (std::size_t n = 0; (n = std::fread(part, 1, sizeof part, file)) > 0;)
        text.append(part, n);
    return text;
}

} // namespace

Result<Blueprint> survey(std::string const& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text(mostFileBytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, stream.gcount())));
    if (text.empty())
        return refused("it is empty or cannot be read");
    if (text.size() > mostFileBytes)
        return refused("it has more than " + std::to_string(mostFileBytes) + " bytes");
    if (auto const problem = problemIn(text))
        return *problem;
    auto const simgrid = simgridModule();
    if (!simgrid)
        return simgrid.errors();

    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const found(std::tmpfile(), &std::fclose);
    std::fflush(nullptr);
    pid_t const child = found ? fork() : -1;
    if (child < 0)
        return refused("there is no process to read it in");
    if (child == 0)
        childLists(*simgrid.value(), file, found.get());
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    std::istringstream lines(contentOf(found.get()));
    return blueprintFrom(file, lines);
}

} // namespace shakedown::platform
