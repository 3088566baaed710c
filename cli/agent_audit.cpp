#include "cli/agent_audit.hpp"

#include <iostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "chaos-agent/safety/audit_log.hpp"
#include "chaos-agent/safety/tenure.hpp"
#include "reports/render/plain_text.hpp"

namespace shakedown::cli {

namespace {

// What the journal knows of the log's end; nothing where there is no journal.
safety::AuditTail knownTail(std::string const& path, std::string& note) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        note = "there is no journal beside it, so a cut end would not be seen";
        return {};
    }
    auto const journal = safety::Journal::open(path);
    if (auto const* failure = std::get_if<system::Failure>(&journal)) {
        note = failure->why + "; a cut end would not be seen";
        return {};
    }
    auto const tail = std::get<safety::Journal>(journal).auditTail();
    auto const* known = std::get_if<safety::AuditTail>(&tail);
    return known == nullptr ? safety::AuditTail{} : *known;
}

} // namespace

Exit verifyAudit(std::string const& stateDirectory, Common const& common) {
    auto const files = safety::filesIn(stateDirectory);
    std::string note;
    auto const checked = safety::checkAudit(files.audit, knownTail(files.journal, note));
    if (auto const* failure = std::get_if<system::Failure>(&checked)) {
        std::cerr << "shakedown: " << failure->why
                  << "; name the agent's state directory with --state-directory\n";
        return Exit::Usage;
    }
    auto const& check = std::get<safety::AuditCheck>(checked);
    bool const holds = check.broken.empty();
    if (common.json)
        std::cout << nlohmann::json{{"file", files.audit},  {"holds", holds},
                                    {"lines", check.lines}, {"broken", check.broken},
                                    {"torn", check.isTorn}, {"tail", check.tail.hash},
                                    {"note", note}}
                         .dump(2)
                  << "\n";
    else if (holds)
        std::cout << fmt::format("{}: the chain of {} lines holds; newest hash {}\n{}{}",
                                 files.audit, check.lines, check.tail.hash,
                                 check.isTorn ? "The last line was cut short by a crash; the agent"
                                                " mends that when it starts.\n"
                                              : "",
                                 note.empty() ? "" : "Note: " + note + "\n");
    else
        std::cout << fmt::format("{}: {}\n", files.audit, render::cleaned(check.broken));
    return holds ? Exit::Ok : Exit::ExpectationFailed;
}

} // namespace shakedown::cli
