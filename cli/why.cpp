#include <iostream>
#include <memory>
#include <string>
#include <tuple>

#include <unistd.h>

#include "cli/command.hpp"
#include "cli/findings.hpp"
#include "cli/past_run.hpp"
#include "reports/record/moment_words.hpp"
#include "reports/render/plain_text.hpp"
#include "reports/render/why_text.hpp"
#include "scenarios/reading/quantity_grammar.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::cli {

namespace {

struct Request {
    std::string run;
    std::string subject;
    std::string from;
    std::string to;
};

std::string unknownSubject(std::string const& subject, record::Names const& names) {
    std::vector<std::string> known = names.loads;
    known.insert(known.end(), names.services.begin(), names.services.end());
    known.insert(known.end(), names.calls.begin(), names.calls.end());
    auto const near = nearestWord(subject, known);
    return render::cleaned("shakedown: this run has no load, service or call '" + subject + "'"
                           + (near ? "; did you mean '" + *near + "'?" : ""))
           + "\n";
}

// Reads --from and --to into the subject; what is wrong with them otherwise.
std::string stretchInto(why::Subject& subject, Request const& request) {
    for (auto const& [flag, text, at] : {std::tuple("--from", &request.from, &subject.from),
                                         std::tuple("--to", &request.to, &subject.to)}) {
        if (text->empty())
            continue;
        auto const parsed = reading::parseDuration(*text);
        if (!parsed)
            return std::string(flag) + ": " + parsed.errors().front().message
                   + "; write 60s or 1m30s";
        *at = SimTime::at(parsed.value());
    }
    return subject.from < subject.to ? "" : "--from is not before --to";
}

Exit why(Request const& request, Common const& common) {
    auto const file = recordOfRun(request.run);
    if (!file) {
        std::cerr << showFindings(file.errors(), colours(common, STDERR_FILENO));
        return Exit::Usage;
    }
    why::Course course;
    auto const findings = readRecord(file.value(), course).findings;
    std::cerr << showFindings(findings, colours(common, STDERR_FILENO));
    if (hasErrors(findings))
        return Exit::Usage;
    if (!course.isWhole())
        std::cerr
            << "shakedown: the record is larger than what is read at once; what is said is of "
               "its beginning\n";
    auto subject = why::subjectNamed(request.subject, course.header().names);
    if (!subject) {
        std::cerr << unknownSubject(request.subject, course.header().names);
        return Exit::Usage;
    }
    if (auto const wrong = stretchInto(*subject, request); !wrong.empty()) {
        std::cerr << "shakedown: " << wrong << "\n";
        return Exit::Usage;
    }
    auto const explanation = why::explanationOf(course, *subject);
    if (!explanation.isFounded) {
        auto const level = course.header().level;
        if (record::holdsRequests(level))
            std::cerr << "shakedown: this record ends before its first interval: there is nothing "
                         "to explain yet\n";
        else
            std::cerr << "shakedown: this record holds no requests (level " << record::wordOf(level)
                      << "); run it again with --record sampled\n";
        return Exit::Usage;
    }
    if (common.json)
        std::cout << render::whyJson(explanation);
    else
        std::cout << render::whyText(explanation, colours(common, STDOUT_FILENO)
                                                      ? render::Colour::Always
                                                      : render::Colour::Never);
    return Exit::Ok;
}

} // namespace

void addWhy(CLI::App& app, Common& common, Exit& exit) {
    auto* command = app.add_subcommand(
        "why", "say why requests went wrong in a run: first causes, the way there, the story");
    auto request = std::make_shared<Request>();
    command->add_option("RUN", request->run, "the folder of a run, or its record.ndjson")
        ->required();
    command->add_option("SUBJECT", request->subject,
                        "a load, a service or a call (\"site -> autos\"); left out: all loads");
    command->add_option("--from", request->from,
                        "only requests that ended at this simulated time (60s) or later");
    command->add_option("--to", request->to, "only requests that ended at this time or before");
    command->footer(
        "Shares of blame are of requests that failed, came late or degraded, and add up to "
        "100 %.\nOf several replications the recorded one is explained.");
    command->callback([&common, &exit, request] { exit = why(*request, common); });
}

} // namespace shakedown::cli
