#include <catch2/catch.hpp>

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "chaos-agent/protocol/fault.hpp"
#include "chaos-agent/safety/journal.hpp"
#include "chaos-agent/safety/tenure.hpp"
#include "chaos-agent/system/packet_filter.hpp"
#include "tests/chaos-agent/faults/service_process.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/chaos-agent/system/test_network.hpp"
#include "tests/environment.hpp"

// The promise itself: wherever the agent is killed, its watchdog takes back what it did. The agent
// is killed at every write of the journal and of the audit log, and before and after each step of
// applying and taking back, for every kind of fault.
using namespace shakedown;
using tests::soon;

namespace {

class SweepStand {
public:
    SweepStand() : state_(tests::freshPath("sweep")), network_(tests::TestNetwork::make()) {
        if (!network_) {
            return;
        }
        std::filesystem::create_directory(state_);
        auto const place = network_->service();
        service_ = std::make_unique<tests::ServiceProcess>(
            std::string(tests::TestNetwork::serviceAddress) + ":8080", &place);
    }
    ~SweepStand() {
        std::error_code ignored;
        std::filesystem::remove_all(state_, ignored);
    }
    bool canRun() const { return network_ != nullptr; }

    // The lines it prints; how it ended.
    struct Life {
        std::vector<std::string> points;
        int status = 0;
    };
    Life live(std::string const& kind, long diesAt) const {
        auto const got = system::run(words(kind, diesAt), "", Duration::seconds(60));
        if (auto const* failure = std::get_if<system::Failure>(&got)) {
            FAIL(failure->why);
        }
        auto const& finished = std::get<system::Finished>(got);
        INFO(finished.errors);
        CHECK(finished.errors.empty());
        Life life{{}, finished.status};
        std::istringstream lines(finished.output);
        for (std::string line; std::getline(lines, line);) {
            if (line.find(' ') != std::string::npos && line[0] >= '0' && line[0] <= '9') {
                life.points.push_back(line.substr(line.find(' ') + 1));
            }
        }
        return life;
    }
    system::Words words(std::string const& kind, long diesAt) const {
        auto const target = service_->target("orders");
        system::Words inside{"/usr/sbin/ip", "netns", "exec", network_->serviceName()};
        for (auto const& word : service_->words()) {
            inside.push_back(word);
        }
        // A restart ends the old one first.
        system::Words restart{"/usr/bin/perl", "-e",
                              "open F, shift; kill 9, <F>; select undef, undef, undef, 0.05;"
                              " exec @ARGV",
                              target.pidFile};
        restart.insert(restart.end(), inside.begin(), inside.end());
        nlohmann::json const value{{"address", target.address->text()},
                                   {"pid_file", target.pidFile},
                                   {"network_namespace", network_->serviceName()},
                                   {"start", inside},
                                   {"restart", restart}};
        return {(tests::binary().parent_path() / "tests" / "test-dying-agent").string(),
                (tests::binary().parent_path() / "shakedown-agent").string(),
                state_.string(),
                kind,
                value.dump(),
                std::to_string(diesAt)};
    }
    // Rules of the namespace to the letter, and how the process is.
    std::string state() const {
        auto const rules = system::run({system::packetFilterProgram(), "-s", "list", "ruleset"}, "",
                                       Duration::seconds(5), &place());
        auto const process = service_->process();
        return std::get<system::Finished>(rules).output
               + (!process               ? "gone"
                  : process->isStopped() ? "stopped"
                                         : "running");
    }
    bool isCalm() const {
        auto const journal = safety::Journal::open(safety::filesIn(state_.string()).journal);
        auto const live = std::get<safety::Journal>(journal).live();
        return std::get<std::vector<safety::JournalEntry>>(live).empty();
    }
    bool answers() const { return service_->answers(); }
    std::filesystem::path const& folder() const { return state_; }
    system::NetworkNamespace const& place() const {
        static thread_local std::optional<system::NetworkNamespace> kept;
        kept = network_->service();
        return *kept;
    }

private:
    std::filesystem::path state_;
    std::unique_ptr<tests::TestNetwork> network_;
    std::unique_ptr<tests::ServiceProcess> service_;
};

} // namespace

TEST_CASE("wherever the agent is killed, its watchdog takes back what it did", "[agent][crash]") {
    SweepStand stand;
    if (!stand.canRun()) {
        return;
    }
    std::string table = "kind             points  recovered\n";
    for (auto const& kind : protocol::faultNames()) {
        std::string const before = stand.state();
        auto const whole = stand.live(kind, 0);
        INFO(kind);
        REQUIRE(whole.status == 0);
        REQUIRE(whole.points.size() >= 16);
        REQUIRE(soon([&] { return stand.state() == before && stand.answers(); }));
        std::size_t recovered = 0;
        for (std::size_t point = 1; point <= whole.points.size(); ++point) {
            auto const life = stand.live(kind, static_cast<long>(point));
            INFO("killed at " << point << ", " << whole.points[point - 1]);
            CHECK(life.status == 128 + SIGKILL);
            bool const isBack =
                soon([&] { return stand.isCalm() && stand.state() == before && stand.answers(); });
            CHECK(isBack);
            recovered += isBack ? 1 : 0;
        }
        std::array<char, 64> line{};
        std::snprintf(line.data(), line.size(), "%-16s %6zu  %9zu\n", kind.c_str(),
                      whole.points.size(), recovered);
        table += line.data();
    }
    std::fputs(table.c_str(), stdout);
}
