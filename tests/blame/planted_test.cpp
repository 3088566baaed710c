#include <algorithm>
#include <cmath>
#include <map>

#include <catch2/catch.hpp>

#include "reports/measure/intervals.hpp"
#include "reports/why/explanation.hpp"
#include "tests/blame/planted.hpp"
#include "tests/sim/run/simulation.hpp"

using namespace shakedown;

namespace {

why::Explanation explained(std::string const& text, std::uint64_t seed) {
    why::Course course;
    run::Settings settings;
    settings.seed = seed;
    settings.sink = &course;
    settings.level = record::Level::Sampled;
    tests::simulate(text, settings);
    return why::explanationOf(course);
}

double blamedOn(why::Explanation const& e, std::string const& cause) {
    for (auto const& blamed : e.account.causes)
        if (why::nameOf(blamed.cause, e.header) == cause)
            return blamed.requests;
    return 0;
}

std::string inWords(why::Explanation const& e) {
    std::string text;
    for (auto const& blamed : e.account.causes)
        text += why::nameOf(blamed.cause, e.header) + " " + std::to_string(blamed.share) + "\n";
    return text;
}

void sharesAddUp(why::Explanation const& e) {
    double shares = 0;
    double requests = 0;
    for (auto const& blamed : e.account.causes) {
        shares += blamed.share;
        requests += blamed.requests;
    }
    CHECK(shares == Approx(1).epsilon(1e-9));
    CHECK(requests == Approx(e.account.bad).epsilon(1e-9));
}

constexpr std::uint64_t seeds = 5;

// What goes when a cause is taken out is what it was blamed for: the difference over the seeds has
// the blame within its 95 % interval, or misses it by less than 1 % of the blame.
void removalRemoves(std::vector<double> const& differences, std::vector<double> const& blamed) {
    std::vector<double> left;
    double sum = 0;
    for (std::size_t i = 0; i < differences.size(); ++i) {
        left.push_back(differences[i] - blamed[i]);
        sum += blamed[i];
    }
    auto const interval = *measure::meanInterval(left, 0.95);
    double const tolerance = 0.01 * sum / static_cast<double>(blamed.size());
    INFO("removed beyond the blame: " << interval.low << " to " << interval.high << " of "
                                      << sum / static_cast<double>(blamed.size()));
    CHECK(interval.low <= tolerance);
    CHECK(interval.high >= -tolerance);
}

} // namespace

TEST_CASE("the top of why is the one cause that was planted, and it goes with it", "[blame]") {
    for (auto const& planted : blame::single()) {
        DYNAMIC_SECTION(planted.name) {
            std::string const& cause = planted.plants.front().cause;
            std::vector<double> differences;
            std::vector<double> blamed;
            for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
                auto const with = explained(blame::grown(planted, 1), seed);
                auto const without = explained(blame::grown(planted, 0), seed);
                INFO(inWords(with));
                REQUIRE(with.account.bad > 50);
                sharesAddUp(with);
                CHECK(why::nameOf(with.account.causes.front().cause, with.header) == cause);
                differences.push_back(with.account.bad - without.account.bad);
                blamed.push_back(blamedOn(with, cause));
            }
            removalRemoves(differences, blamed);
        }
    }
}

TEST_CASE("of two planted causes each is blamed for what goes with it", "[blame]") {
    for (auto const& planted : blame::twofold()) {
        DYNAMIC_SECTION(planted.name) {
            std::map<std::string, std::vector<double>> differences;
            std::map<std::string, std::vector<double>> blamed;
            for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
                auto const with = explained(blame::grown(planted, 3), seed);
                INFO(inWords(with));
                sharesAddUp(with);
                REQUIRE(with.account.causes.size() >= 2);
                for (unsigned i = 0; i < 2; ++i) {
                    std::string const& cause = planted.plants[i].cause;
                    std::string const first =
                        why::nameOf(with.account.causes[0].cause, with.header);
                    std::string const second =
                        why::nameOf(with.account.causes[1].cause, with.header);
                    CHECK((first == cause || second == cause));
                    auto const without = explained(blame::grown(planted, 3U & ~(1U << i)), seed);
                    differences[cause].push_back(with.account.bad - without.account.bad);
                    blamed[cause].push_back(blamedOn(with, cause));
                }
            }
            for (auto const& plant : planted.plants) {
                INFO(plant.cause);
                removalRemoves(differences[plant.cause], blamed[plant.cause]);
            }
        }
    }
}
