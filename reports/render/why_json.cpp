#include <nlohmann/json.hpp>

#include "reports/record/moment_words.hpp"
#include "reports/record/number_text.hpp"
#include "reports/render/why_text.hpp"

namespace shakedown::render {

namespace {

using Json = nlohmann::ordered_json;

Json secondsOf(std::optional<Duration> const& d) {
    return d ? Json(record::tidied(d->inSeconds())) : Json(nullptr);
}

Json struckJson(std::vector<why::Struck> const& list) {
    Json out = Json::array();
    for (auto const& s : list) {
        out.push_back({{"name", s.name},
                       {"asked", record::tidied(s.asked)},
                       {"bad", record::tidied(s.bad)},
                       {"share", record::tidied(s.share())}});
    }
    return out;
}

Json ownersJson(why::Blast const& blast) {
    Json out = Json::array();
    for (auto const& o : blast.owners) {
        out.push_back({{"name", o.all.name},
                       {"share", record::tidied(o.all.share())},
                       {"services", o.services}});
    }
    return out;
}

Json storyJson(why::Tale const& tale) {
    Json out = Json::array();
    for (auto const& line : tale.lines) {
        out.push_back({{"at_s", record::tidied(line.at.inSeconds())}, {"text", line.text}});
    }
    return out;
}

} // namespace

std::string whyJson(why::Explanation const& e) {
    Json causes = Json::array();
    for (auto const& blamed : e.account.causes) {
        causes.push_back({{"cause", why::nameOf(blamed.cause, e.header)},
                          {"nature", why::wordOf(why::natureOf(blamed.cause, e.header))},
                          {"share", record::tidied(blamed.share)},
                          {"requests", record::tidied(blamed.requests)}});
    }
    Json endings = Json::array();
    for (auto const& ending : e.account.endings) {
        endings.push_back({{"what", why::endingText(ending.what, e.header)},
                           {"cause", record::wordOf(ending.what.cause)},
                           {"call", e.header.names.calls[ending.what.call]},
                           {"requests", record::tidied(ending.requests)}});
    }
    Json amplifiers = Json::array();
    for (auto const& a : e.account.amplifiers) {
        amplifiers.push_back({{"call", e.header.names.calls[a.call]},
                              {"by", a.kind == why::AmplifierKind::Retries ? "retries" : "hedges"},
                              {"factor", record::tidied(a.factor)},
                              {"extra_attempts", record::tidied(a.extra)}});
    }
    Json chain = Json::array();
    for (auto const& link : e.account.chain) {
        chain.push_back({{"at_s", record::tidied(link.at.inSeconds())},
                         {"subject", link.subject},
                         {"what", link.what}});
    }
    Json out = {{"shakedown_why", 1},
                {"scenario", e.header.scenario},
                {"seed", e.header.seed},
                {"replication", e.header.replication},
                {"subject", subjectText(e)},
                {"offered", record::tidied(e.account.offered)},
                {"bad", record::tidied(e.account.bad)},
                {"examined", e.account.examined},
                {"causes", causes},
                {"endings", endings},
                {"amplifiers", amplifiers},
                {"chain", chain},
                {"story", storyJson(e.tale)},
                {"times",
                 {{"detect_s", secondsOf(e.tale.toDetect)},
                  {"spread_s", secondsOf(e.tale.toSpread)},
                  {"recover_s", secondsOf(e.tale.toRecover)},
                  {"healed", e.tale.healed},
                  {"metastable", e.tale.isMetastable}}},
                {"blast_radius",
                 {{"loads", struckJson(e.blast.loads)},
                  {"services", struckJson(e.blast.services)},
                  {"owners", ownersJson(e.blast)}}}};
    if (e.subject.from > SimTime())
        out["from_s"] = record::tidied(e.subject.from.inSeconds());
    if (e.subject.to < SimTime::never())
        out["to_s"] = record::tidied(e.subject.to.inSeconds());
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace shakedown::render
