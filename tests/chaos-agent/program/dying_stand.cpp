#include "tests/chaos-agent/program/dying_stand.hpp"

#include <catch2/catch.hpp>

#include <sstream>

#include <nlohmann/json.hpp>

#include "chaos-agent/safety/journal.hpp"
#include "chaos-agent/safety/tenure.hpp"
#include "chaos-agent/system/packet_filter.hpp"
#include "tests/chaos-agent/system/child.hpp"
#include "tests/environment.hpp"

namespace shakedown::tests {

AgentLife lifeOf(system::Words const& words) {
    auto const got = system::run(words, "", Duration::seconds(60));
    if (auto const* failure = std::get_if<system::Failure>(&got)) {
        FAIL(failure->why);
    }
    auto const& finished = std::get<system::Finished>(got);
    INFO(finished.errors);
    CHECK(finished.errors.empty());
    AgentLife life{{}, finished.status};
    std::istringstream lines(finished.output);
    for (std::string line; std::getline(lines, line);) {
        if (line.find(' ') != std::string::npos && line[0] >= '0' && line[0] <= '9') {
            life.points.push_back(line.substr(line.find(' ') + 1));
        }
    }
    return life;
}

system::Words dyingAgent(std::filesystem::path const& folder, std::string const& kind,
                         std::string const& target, long diesAt) {
    auto const programs = binary().parent_path();
    return {(programs / "tests" / "test-dying-agent").string(),
            (programs / "shakedown-agent").string(),
            folder.string(),
            kind,
            target,
            std::to_string(diesAt)};
}

bool isCalmIn(std::filesystem::path const& folder) {
    auto const journal = safety::Journal::open(safety::filesIn(folder.string()).journal);
    auto const live = std::get<safety::Journal>(journal).live();
    return std::get<std::vector<safety::JournalEntry>>(live).empty();
}

DyingStand::DyingStand(Proxies proxies)
    : proxies_(proxies), folder_(freshPath("dying")), network_(TestNetwork::make()),
      disk_(SmallDisk::make()) {
    if (!canRun()) {
        return;
    }
    std::filesystem::create_directory(folder_);
    auto const place = network_->service();
    service_ = std::make_unique<ServiceProcess>(std::string(TestNetwork::serviceAddress) + ":8080",
                                                &place);
}

DyingStand::~DyingStand() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

system::Words DyingStand::words(std::string const& kind, long diesAt) const {
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
    nlohmann::json value{{"address", target.address->text()},
                         {"pid_file", target.pidFile},
                         {"network_namespace", network_->serviceName()},
                         {"start", inside},
                         {"restart", restart},
                         {"disk", disk_->room().directory}};
    if (proxies_ == Proxies::Addressed) {
        value["proxy"] = freeAddress();
    }
    return dyingAgent(folder_, kind, value.dump(), diesAt);
}

std::string DyingStand::state() const {
    auto const place = network_->service();
    auto const rules = system::run({system::packetFilterProgram(), "-s", "list", "ruleset"}, "",
                                   Duration::seconds(5), &place);
    auto const process = service_->process();
    return std::get<system::Finished>(rules).output
           + (!process               ? "gone"
              : process->isStopped() ? "stopped"
                                     : "running")
           + " " + disk_->state();
}

bool DyingStand::isReached() const {
    TestSocket socket(network_->client(), TestSocket::Kind::Tcp);
    return socket.connectTo(TestNetwork::serviceAddress, 8080) == 0;
}

int DyingStand::status() const {
    TestSocket socket(network_->client(), TestSocket::Kind::Tcp);
    std::string answer;
    constexpr std::size_t before = 9; // "HTTP/1.1 "
    bool const answers = socket.connectTo(TestNetwork::serviceAddress, 8080) == 0
                         && socket.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                         && socket.receive(answer) == 0 && answer.size() > before;
    return answers ? std::atoi(answer.c_str() + before) : 0;
}

} // namespace shakedown::tests
