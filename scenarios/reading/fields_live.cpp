#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/scalar_kinds.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

Of<LiveAgent> agentKind() {
    return record<LiveAgent>(
        {"live agent",
         "A shakedown-agent. A bare text is its address.",
         {field<&LiveAgent::address>("address", text(), "Where it listens.", Presence::Required)},
         "address",
         {},
         nullptr});
}

Of<LiveTarget> targetKind() {
    return record<LiveTarget>(
        {"live service",
         "Where a service is found.",
         {field<&LiveTarget::agent>("agent", nameOf("agent"), "The agent on its host."),
          field<&LiveTarget::address>("address", text(), "Where it listens, host:port."),
          field<&LiveTarget::unit>("unit", text(), "Its process as a systemd unit."),
          field<&LiveTarget::pidFile>("pid_file", text(), "Its process by a file with its number."),
          field<&LiveTarget::container>("container", text(), "Its process as a container."),
          field<&LiveTarget::networkNamespace>("network_namespace", text(),
                                               "Its network namespace."),
          field<&LiveTarget::proxy>("proxy", text(),
                                    "Where the agent's proxy in front of it listens.")},
         "",
         {},
         nullptr});
}

Of<LiveProbe> probeKind() {
    return record<LiveProbe>(
        {"live probe",
         "A request that shows the steady state.",
         {field<&LiveProbe::url>("url", text(), "What is asked.", Presence::Required),
          field<&LiveProbe::every>("every", duration(), "How often."),
          field<&LiveProbe::timeout>("timeout", duration(), "A later answer is a failure."),
          field<&LiveProbe::expect>("expect", count({100, 599}), "The status it must have.")},
         "",
         {},
         nullptr});
}

Of<LiveLoad> liveLoadKind() {
    return record<LiveLoad>(
        {"live load",
         "A load of this document, done for real.",
         {field<&LiveLoad::url>("url", text(), "What is asked.", Presence::Required),
          field<&LiveLoad::rate>("rate", rate(), "How often; as simulated if not said.")},
         "url",
         {},
         nullptr});
}

Of<BlastLimits> limitsKind() {
    return record<BlastLimits>(
        {"blast limits",
         "What a live run may touch at most.",
         {field<&BlastLimits::maxTargets>("max_targets", count(), "Targets at once."),
          field<&BlastLimits::maxDuration>("max_duration", duration(), "Length of a fault."),
          field<&BlastLimits::maxFaults>("max_faults", count(), "Faults at once.")},
         "",
         {},
         nullptr});
}

Of<LessonStep> lessonStepKind() {
    return record<LessonStep>({"lesson step",
                               "One step of a lesson.",
                               {field<&LessonStep::change>("change", text(), "What to change."),
                                field<&LessonStep::watch>("watch", text(), "What to watch."),
                                field<&LessonStep::notice>("notice", text(), "What to notice.")},
                               "",
                               {},
                               nullptr});
}

Of<LessonNumber> lessonNumberKind() {
    return record<LessonNumber>(
        {"lesson number",
         "The number to remember.",
         {field<&LessonNumber::what>("what", text(), "METRIC(SUBJECT) [WINDOW].",
                                     Presence::Required),
          field<&LessonNumber::value>(
              "value", number(anyNumber()),
              "Its value in seconds, per second, as a share (0.01 is 1 %) or a count.",
              Presence::Required),
          field<&LessonNumber::tolerance>("tolerance", share(10), "How far a test lets it go.")},
         "",
         {},
         nullptr});
}

} // namespace

Of<Live> liveKind() {
    static Of<Live> const kind = record<Live>(
        {"live",
         "What only the agent needs.",
         {field<&Live::agents>("agents",
                               namedMap<&LiveAgent::name>(nameOf("agent"), agentKind(), "agents"),
                               "The agents, by name."),
          field<&Live::services>(
              "services",
              namedMap<&LiveTarget::service>(nameOf("service"), targetKind(), "services"),
              "Where each service is found."),
          field<&Live::probes>("probes",
                               namedMap<&LiveProbe::name>(nameOf("probe"), probeKind(), "probes"),
                               "What shows the steady state."),
          field<&Live::load>("load",
                             namedMap<&LiveLoad::load>(nameOf("load"), liveLoadKind(), "loads"),
                             "Loads that are done for real."),
          field<&Live::limits>("limits", limitsKind(), "What may be touched at most.")},
         "",
         {},
         nullptr});
    return kind;
}

Of<Lesson> lessonKind() {
    static Of<Lesson> const kind = record<Lesson>(
        {"lesson",
         "Text for teaching.",
         {field<&Lesson::order>("order", count(), "Its place among the lessons."),
          field<&Lesson::title>("title", text(), "What it is called."),
          field<&Lesson::story>("story", text(), "What happened."),
          field<&Lesson::question>("question", text(), "What to predict before running it."),
          field<&Lesson::steps>("steps", listOf(lessonStepKind(), "lesson steps"),
                                "What to do, one after another."),
          field<&Lesson::number>("number", lessonNumberKind(),
                                 "The number to remember, pinned by a test.")},
         "",
         {},
         nullptr});
    return kind;
}

} // namespace shakedown::reading
