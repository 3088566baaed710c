#include <catch2/catch.hpp>

#include <sstream>

#include "chaos-agent/conduct/ledger.hpp"
#include "chaos-agent/conduct/live_header.hpp"
#include "chaos-agent/conduct/live_judgement.hpp"
#include "reports/record/record_writer.hpp"
#include "reports/verdict/conservation.hpp"
#include "tests/chaos-agent/conduct/document.hpp"

using namespace shakedown;
using conduct::Ledger;
using conduct::RequestEnd;
using measure::Outcome;
using record::Cause;

namespace {

SimTime at(double seconds) {
    return SimTime::at(Duration::fromSeconds(seconds));
}

// A ledger of a run of 60 s with a load and a probe, whose first fault is `stop`.
class Book {
public:
    explicit Book(std::string const& more = "")
        : scenario_(tests::document(tests::twoServices(
            "faults:\n  - { at: 10s, for: 5s, name: stop, hang: { service: orders } }\n" + more,
            "  load: { visitors: \"http://127.0.0.1:1/p\" }\n"))),
          programme_(conduct::programmeOf(scenario_, {}).value()),
          roster_(conduct::rosterOf(scenario_)), demand_(verdict::demandOf(scenario_)),
          writer_(text_),
          ledger_(scenario_, demand_, roster_,
                  conduct::liveHeader(scenario_, programme_, roster_, record::Level::Full, "test"),
                  writer_) {}

    void request(double intended, double took, Outcome outcome = Outcome::Ok,
                 Cause cause = Cause::None) {
        auto const ticket = ledger_.offered(0, at(intended));
        ledger_.ended(ticket, {outcome, cause, at(intended), at(intended + took)});
    }
    Ledger& ledger() { return ledger_; }
    conduct::Roster const& roster() const { return roster_; }
    std::vector<verdict::Judgement> judge(verdict::Evidence const& evidence) const {
        return conduct::judgeLive(scenario_, roster_, demand_, evidence);
    }
    std::string record() {
        writer_.flush();
        return text_.str();
    }

private:
    model::Scenario scenario_;
    conduct::Programme programme_;
    conduct::Roster roster_;
    verdict::Demand demand_;
    std::ostringstream text_;
    record::RecordWriter writer_;
    Ledger ledger_;
};

} // namespace

TEST_CASE("the books of a live run balance", "[agent][conduct][ledger]") {
    Book book;
    book.request(1, 0.1);
    book.request(2, 0.1, Outcome::Failed, Cause::ErrorReply);
    book.request(3, 0.1, Outcome::TimedOut, Cause::Timeout);
    book.ledger().offered(0, at(4));
    book.ledger().offered(1, at(4));
    auto const evidence = book.ledger().finish(at(5), record::EndReason::Finished);
    CHECK(verdict::conservationFaults(evidence, book.roster().names).empty());
    CHECK(evidence.whole.at(0).offered == 4);
    CHECK(evidence.whole.at(0).of(Outcome::Failed) == 1);
    CHECK(evidence.liveAtEnd == std::vector<std::uint64_t>{1, 1});
    CHECK(evidence.calls.at(0).pending == 1);
}

TEST_CASE("a request belongs to the windows of its intended arrival", "[agent][conduct][ledger]") {
    Book book("expect:\n"
              "  - errors(visitors) > 90% during stop\n"
              "  - errors(visitors) < 1% after stop\n"
              "  - errors(visitors) < 1% from 0s to 9s\n"
              "  - p99(visitors) < 300ms\n");
    book.request(1, 0.1);
    book.ledger().eventComes(at(9.5), 0);
    book.request(9.8, 0.1); // it is coming: neither before nor during
    book.ledger().eventBegan(at(10), {0, {}, {}, {}});
    book.request(11, 1, Outcome::TimedOut, Cause::Timeout);
    // Sent while it lasts, ended when it is over.
    auto const late = book.ledger().offered(0, at(14));
    book.ledger().eventGoes(at(15), 0);
    book.request(15.1, 0.1); // it is going: neither during nor after
    book.ledger().eventEnded(at(15.5), 0);
    book.ledger().ended(late, {Outcome::Failed, Cause::Reset, at(14), at(16)});
    book.request(17, 0.2);
    auto const evidence = book.ledger().finish(at(20), record::EndReason::Finished);
    for (auto const& judgement : book.judge(evidence)) {
        INFO(judgement.text << ": " << judgement.note);
        CHECK(judgement.held == verdict::Held::Yes);
    }
    auto const during = evidence.loads.at(0).windows.at(1);
    CHECK(during.offered == 2);
    CHECK(evidence.windows.at(1).length == Duration::seconds(5));
}

TEST_CASE("who must act soon sees the last ten seconds", "[agent][conduct][ledger]") {
    Book book("expect:\n  - errors(visitors) < 20%\n");
    for (int i = 0; i < 1000; ++i) {
        book.request(i * 0.03, 0.001);
    }
    for (int i = 0; i < 90; ++i) {
        book.request(40 + i * 0.1, 0.001, Outcome::Failed, Cause::ErrorReply);
    }
    CHECK(book.judge(book.ledger().soFar(at(49))).at(0).held == verdict::Held::Yes);
    CHECK(book.judge(book.ledger().recent(at(49))).at(0).held == verdict::Held::No);
    CHECK(book.judge(book.ledger().recent(at(49))).at(0).value == 1);
}

TEST_CASE("what a live run cannot see is unknown", "[agent][conduct][ledger]") {
    Book book("expect:\n"
              "  - utilisation(orders) < 80%\n"
              "  - errors(orders) < 1%\n"
              "  - errors(front) < 1%\n"
              "  - p99(visitors -> front) < 1s\n"
              "  - recovers(visitors) within 10s of stop\n");
    book.request(1, 0.1);
    auto const judged = book.judge(book.ledger().finish(at(5), record::EndReason::Finished));
    CHECK(judged.at(0).held == verdict::Held::Unknown);
    CHECK(judged.at(1).held == verdict::Held::Unknown);
    CHECK(judged.at(1).note.find("not measured in a live run") == 0);
    CHECK(judged.at(2).held == verdict::Held::Yes);
    CHECK(judged.at(3).held == verdict::Held::Yes);
    CHECK(judged.at(4).note == "stop did not happen");
}

TEST_CASE("the record of a live run is in order of time and reads again",
          "[agent][conduct][ledger]") {
    Book book;
    book.request(1, 0.5);
    book.ledger().eventBegan(at(10), {0, {{1, 0}}, {0}, {}});
    book.ledger().replicaChanged(at(10), {1, 0, record::ReplicaState::Hung});
    auto const ticket = book.ledger().offered(0, at(11));
    book.ledger().tick(at(12));
    // Told late: it is put down as the newest instant.
    book.ledger().ended(ticket, {Outcome::Ok, Cause::None, at(11), at(11.5)});
    book.ledger().eventEnded(at(15), 0);
    book.ledger().finish(at(20), record::EndReason::Finished);
    auto const moments = tests::momentsOf(book.record());
    CHECK(moments.size() == 7);
    SimTime last;
    for (auto const& moment : moments) {
        CHECK(moment.at >= last);
        last = moment.at;
    }
}
