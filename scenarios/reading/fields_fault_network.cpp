#include "scenarios/reading/fault_tables.hpp"
#include "scenarios/reading/scalar_kinds.hpp"

namespace shakedown::reading {

using namespace model;

namespace {

template <class F>
Alternative callFault(std::string sentence, std::vector<Field> rows = {}) {
    return fault<F>(std::move(sentence), joined(callTarget<&F::target>(), std::move(rows)),
                    needsOneOf(callTargets()));
}

Of<Ratio> someShare() {
    return share();
}

template <class F>
Field directionRow() {
    return field<&F::direction>("direction", word<Direction>(),
                                "Which messages: requests, replies or both.");
}

} // namespace

std::vector<Alternative> networkFaults() {
    auto const sides = [] {
        return listOf(nameOf("service, load or zone"), "names", Single::Allowed);
    };
    return {
        callFault<Latency>(
            "Messages take longer.",
            {field<&Latency::add>("add", varying(), "How much longer.", Presence::Required),
             directionRow<Latency>()}),
        callFault<JitterFault>(
            "Messages take longer by chance.",
            {field<&JitterFault::add>("add", varying(), "How much longer, drawn for each message.",
                                      Presence::Required),
             directionRow<JitterFault>()}),
        callFault<Loss>("Messages are lost.",
                        {field<&Loss::share>("share", someShare(), "Share of messages lost.",
                                             Presence::Required),
                         directionRow<Loss>()}),
        callFault<Duplicate>("Messages arrive twice.",
                             {field<&Duplicate::share>("share", someShare(), "Share of messages.",
                                                       Presence::Required)}),
        callFault<Reorder>(
            "Messages overtake each other.",
            {field<&Reorder::share>("share", someShare(), "Share of messages held back.",
                                    Presence::Required),
             field<&Reorder::by>("by", duration(), "How long they are held back.")}),
        callFault<Corrupt>("Messages arrive damaged.",
                           {field<&Corrupt::share>("share", someShare(), "Share of messages.",
                                                   Presence::Required)}),
        callFault<BandwidthFault>(
            "The way carries less.",
            {field<&BandwidthFault::limit>("limit", bandwidth(), "What it carries.",
                                           Presence::Required)}),
        fault<Partition>(
            "Two sides cannot reach each other.",
            {field<&Partition::between>("between", sides(), "One side: services, loads or zones.",
                                        Presence::Required),
             field<&Partition::andSide>("and", sides(), "The other side.", Presence::Required),
             field<&Partition::hold>("hold", flag(),
                                     "true: what is sent meanwhile is delivered together at the "
                                     "end. false: it is lost.")}),
        callFault<Reject>("Connections are refused at once."),
        callFault<Reset>("Connections are cut.",
                         {field<&Reset::share>("share", someShare(), "Share of connections.")}),
        callFault<BlackHole>("Messages vanish; nobody is told."),
        callFault<SlowClose>("Connections close late.",
                             {field<&SlowClose::by>("by", duration(), "How late.")}),
        callFault<Slice>(
            "Data comes in small pieces.",
            {field<&Slice::size>("size", bytes(), "Size of a piece.", Presence::Required),
             field<&Slice::pause>("pause", duration(), "Pause between two pieces.")}),
        callFault<LimitData>(
            "Connections are cut after so much data.",
            {field<&LimitData::limit>("limit", bytes(), "How much.", Presence::Required)}),
        callFault<Dns>("Names are answered wrongly.",
                       {field<&Dns::answer>("answer", text(),
                                            "What is answered instead; nothing if not said.")}),
    };
}

} // namespace shakedown::reading
