// Which replicas the attempts of a run go to, from its record.
#include <map>

#include "tests/sim/run/simulation.hpp"

using namespace shakedown;

namespace {

struct Attempt {
    SimTime sent;
    std::uint32_t replica = 0;
    std::uint32_t callers = 0; // replica of the caller, where it is a service
};

struct Attempts {
    std::vector<Attempt> all;

    /// How many went to each replica in [from, to).
    std::map<std::uint32_t, int> shares(Duration from, Duration to) const {
        std::map<std::uint32_t, int> counts;
        for (auto const& attempt : all)
            if (attempt.sent >= SimTime::at(from) && attempt.sent < SimTime::at(to))
                ++counts[attempt.replica];
        return counts;
    }
};

// The attempts of one call, of all requests.
class AttemptsOf : public record::MomentSink {
public:
    explicit AttemptsOf(std::string name) : name_(std::move(name)) {}
    void begin(record::Header const& header) override {
        auto const& calls = header.names.calls;
        for (std::uint32_t i = 0; i < calls.size(); ++i)
            call_ = calls[i] == name_ ? i : call_;
    }
    void take(record::Moment const& moment) override {
        auto const* const request = std::get_if<record::Request>(&moment.what);
        if (request == nullptr)
            return;
        for (auto const& span : request->spans) {
            if (span.call != call_)
                continue;
            bool const isOfLoad = span.parent == record::nobody;
            seen.all.push_back(
                {span.sent, span.replica, isOfLoad ? 0 : request->spans[span.parent].replica});
        }
    }
    Attempts seen;

private:
    std::string name_;
    std::uint32_t call_ = 0;
};

Attempts attemptsIn(std::string const& scenario, std::string const& call) {
    AttemptsOf attempts(call);
    run::Settings settings;
    settings.level = record::Level::Full;
    settings.sink = &attempts;
    tests::simulate("shakedown: 1\nrun: { for: 100s, seed: 3 }\n" + scenario, settings);
    return std::move(attempts.seen);
}

std::string shop(std::string const& policy, std::string const& service, std::string const& load,
                 std::string const& faults = "") {
    return "services:\n  stock: { workers: 100, endpoints: { take: [ work: constant(1ms) ] }"
           + service + " }\ncalls: { \"shop -> stock\": " + policy
           + " }\nload: { shop: { to: stock, rate: 20/s, arrivals: constant" + load + " } }\n"
           + faults + "\n";
}

} // namespace

TEST_CASE("hashing sends one key to one replica", "[run][balance]") {
    auto const replicas = [](std::string const& policy, std::string const& keys) {
        auto const attempts =
            attemptsIn(shop("{ balance: " + policy + " }", ", replicas: 4", ", key: " + keys),
                       "shop -> stock");
        return attempts.shares(Duration(), Duration::seconds(100)).size();
    };
    CHECK(replicas("ring_hash", "1") == 1);
    CHECK(replicas("maglev", "1") == 1);
    CHECK(replicas("ring_hash", "1000") == 4);
    CHECK(replicas("maglev", "1000") == 4);
    CHECK(replicas("random", "1") == 4);
}

TEST_CASE("zone aware routing keeps calls in their zone", "[run][balance]") {
    auto const away = [](std::string const& policy) {
        auto const attempts = attemptsIn(
            "services:\n  site: { replicas: 6, zones: [ a, b ], endpoints: { page: [ call: stock ] "
            "} }\n  stock: { replicas: 6, zones: [ a, b ], endpoints: { take: [ work: "
            "constant(1ms) ] } }\ncalls: { \"site -> stock\": { balance: "
                + policy + " } }\nload: { shop: { to: site, rate: 20/s } }\n",
            "site -> stock");
        int crossing = 0;
        for (auto const& attempt : attempts.all)
            crossing += attempt.replica % 2 == attempt.callers % 2 ? 0 : 1;
        return crossing / static_cast<double>(attempts.all.size());
    };
    CHECK(away("zone_aware") == 0);
    CHECK(away("random") == Approx(.5).margin(.05));
}

TEST_CASE("a replica that has just started gets its share slowly", "[run][balance]") {
    auto const shareOfNew = [](std::string const& policy) {
        auto const attempts = attemptsIn(
            shop(policy, ", replicas: 2", "",
                 "faults: [ { at: 20s, for: 1s, kill: { service: stock, replicas: [1] } } ]"),
            "shop -> stock");
        auto shares = attempts.shares(Duration::seconds(25), Duration::seconds(30));
        return shares[1] / static_cast<double>(shares[0] + shares[1]);
    };
    CHECK(shareOfNew("{}") == Approx(.5).margin(.01));
    // 4 to 9 s of a window of 60: a weight of at least a tenth, about .11 of 1.11.
    CHECK(shareOfNew("{ slow_start: { window: 60s } }") == Approx(.1).margin(.03));
}

TEST_CASE("a breaker of each replica leaves out the one that fails", "[run][breaker]") {
    std::string const failing =
        "faults: [ { at: 0s, for: 1h, errors: { service: stock, replicas: [1], share: 100% } } ]";
    auto const sentTo = [&](std::string const& per, std::string const& service) {
        auto const attempts = attemptsIn(
            shop("{ circuit_breaker: { window: { calls: 10 }, minimum_calls: 10, failure_rate: "
                 "100%, open_for: 1h, per: "
                     + per + " } }",
                 service, ", key: 1000", failing),
            "shop -> stock");
        return attempts.shares(Duration(), Duration::seconds(100));
    };
    auto const byReplica = sentTo("replica", ", replicas: 2");
    CHECK(byReplica.at(1) == 10);
    CHECK(byReplica.at(0) == 1999 - 10);
    auto const byCaller = sentTo("caller_replica", ", replicas: 2");
    CHECK(byCaller.at(1) == Approx(1000).margin(1)); // never all of ten fail
}
