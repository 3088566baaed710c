#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <thread>

#include "tests/chaos-agent/faults/queue_stand.hpp"
#include "tests/chaos-agent/system/child.hpp"

// Packets of a target that are disturbed one by one, measured on both ends of a wire.
using namespace shakedown;
using tests::Arrival;
using tests::DatagramStream;
using tests::QueueStand;
using Checksum = DatagramStream::Checksum;
using protocol::Way;

namespace {

double inMs(Duration time) {
    return time.inSeconds() * 1000;
}

// Four standard deviations of the binomial law: one run in 16,000 is beyond.
double spread(int count, double share) {
    return 4 * std::sqrt(count * share * (1 - share));
}

// How many arrived after a later one.
int overtaken(std::vector<Arrival> const& arrivals) {
    int behind = 0;
    std::uint32_t furthest = 0;
    for (auto const& one : arrivals) {
        behind += one.number < furthest ? 1 : 0;
        furthest = std::max(furthest, one.number);
    }
    return behind;
}

// Measured anew, four times at most, while somebody else has the processors: what a packet waits
// for one is not of the queue's making.
template <class Measure>
std::vector<Arrival> undisturbed(Measure const& measure, double atMostMs) {
    auto arrivals = measure();
    for (int again = 0; again < 4 && inMs(quantileOf(arrivals, 0.99)) >= atMostMs; ++again) {
        arrivals = measure();
    }
    return arrivals;
}

} // namespace

TEST_CASE("packets are late by 100 ms, give or take 10 ms, while it lasts", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const before = stand.state();
    auto const delay = stand.planned(protocol::Delay{Duration::milliseconds(100), Duration(), 0});
    CHECK(stand.state() == before);
    DatagramStream const stream{500, Duration::milliseconds(2)};
    stand.apply(delay);
    for (auto const& arrivals : {undisturbed([&] { return stand.in(stream); }, 110),
                                 undisturbed([&] { return stand.out(stream); }, 110)}) {
        CHECK(arrivals.size() == 500);
        CHECK(inMs(quantileOf(arrivals, 0)) >= 100);
        CHECK(inMs(quantileOf(arrivals, 0.5)) < 110);
        CHECK(inMs(quantileOf(arrivals, 0.99)) < 110);
        CHECK(overtaken(arrivals) == 0);
    }
    CHECK(stand.countsOf(delay).late >= 1000);
    stand.revert(delay);
    CHECK(stand.state() == before);
    auto const after = undisturbed([&] { return stand.in(stream); }, 10);
    CHECK(inMs(quantileOf(after, 0.99)) < 10);
}

TEST_CASE("jitter stays within its bounds, and is spread over them", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const delay = stand.planned(
        protocol::Delay{Duration::milliseconds(50), Duration::milliseconds(30), 0}, Way::In);
    stand.apply(delay);
    auto const arrivals = stand.in({1000, Duration::milliseconds(1)});
    CHECK(arrivals.size() == 1000);
    CHECK(inMs(quantileOf(arrivals, 0)) >= 20);
    CHECK(inMs(quantileOf(arrivals, 0.99)) < 90);
    for (double const q : {0.1, 0.25, 0.5, 0.75, 0.9}) {
        CHECK(inMs(quantileOf(arrivals, q)) == Approx(20 + 60 * q).margin(6));
    }
    CHECK(overtaken(arrivals) > 100);
}

TEST_CASE("jitter that is correlated changes seldom", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const delay = stand.planned(
        protocol::Delay{Duration::milliseconds(50), Duration::milliseconds(30), 0.9}, Way::In);
    stand.apply(delay);
    auto arrivals = stand.in({1000, Duration::milliseconds(1)});
    REQUIRE(arrivals.size() == 1000);
    std::sort(arrivals.begin(), arrivals.end(),
              [](Arrival const& a, Arrival const& b) { return a.number < b.number; });
    double sum = 0;
    double squares = 0;
    double products = 0;
    for (std::size_t i = 0; i + 1 < arrivals.size(); ++i) {
        double const one = inMs(arrivals[i].took) - 50;
        double const next = inMs(arrivals[i + 1].took) - 50;
        sum += one;
        squares += one * one;
        products += one * next;
    }
    double const n = static_cast<double>(arrivals.size() - 1);
    double const mean = sum / n;
    double const correlation = (products / n - mean * mean) / (squares / n - mean * mean);
    CHECK(correlation == Approx(0.9).margin(0.07));
}

TEST_CASE("5 % of the packets come twice, in and out", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const before = stand.state();
    auto const duplicate = stand.planned(protocol::Duplicate{0.05});
    constexpr int count = 2000;
    DatagramStream const stream{count, Duration::microseconds(200)};
    stand.apply(duplicate);
    for (auto const& arrivals : {stand.in(stream), stand.out(stream)}) {
        std::map<std::uint32_t, int> times;
        for (auto const& one : arrivals) {
            ++times[one.number];
            CHECK(one.turnedBits == 0);
        }
        CHECK(times.size() == count);
        double const twice = static_cast<double>(arrivals.size()) - count;
        CHECK(std::abs(twice - count * 0.05) <= spread(count, 0.05));
        for (auto const& [number, often] : times) {
            CHECK(often <= 2);
        }
    }
    stand.revert(duplicate);
    CHECK(stand.state() == before);
    CHECK(stand.in(stream).size() == count);
}

TEST_CASE("5 % of the packets have one bit turned", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const way = GENERATE(Way::In, Way::Out);
    auto const corrupt = stand.planned(protocol::Corrupt{0.05}, way);
    constexpr int count = 2000;
    DatagramStream stream{count, Duration::microseconds(200), 1000, Checksum::None};
    auto const sent = [&] { return way == Way::In ? stand.in(stream) : stand.out(stream); };
    stand.apply(corrupt);
    // Without checksums all arrive but those whose UDP header is hit, 8 bytes of 1008.
    auto const arrivals = sent();
    auto const turned = std::count_if(arrivals.begin(), arrivals.end(),
                                      [](Arrival const& one) { return one.turnedBits == 1; });
    auto const intact = std::count_if(arrivals.begin(), arrivals.end(),
                                      [](Arrival const& one) { return one.turnedBits == 0; });
    CHECK(turned + intact == static_cast<long>(arrivals.size()));
    CHECK(std::abs(static_cast<double>(count - intact) - count * 0.05) <= spread(count, 0.05));
    CHECK(turned >= 0.9 * static_cast<double>(count - intact));
    // Checksums are not mended: with them, the receiver drops what was hit.
    stream.checksum = Checksum::Sent;
    auto const checked = sent();
    double const dropped = count - static_cast<double>(checked.size());
    CHECK(std::abs(dropped - count * 0.05) <= spread(count, 0.05));
    for (auto const& one : checked) {
        CHECK(one.turnedBits == 0);
    }
}

TEST_CASE("packets of IPv6 are disturbed as those of IPv4", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    if (!stand.network().addIpv6()) {
        WARN("skipped: no IPv6 on this host");
        return;
    }
    tests::DatagramEnd const client{stand.network().client(), tests::TestNetwork::clientAddress6,
                                    9000};
    tests::DatagramEnd const service{stand.network().service(), tests::TestNetwork::serviceAddress6,
                                     8080};
    constexpr int count = 400;
    DatagramStream const stream{count, Duration::microseconds(500)};
    auto const both = [&] {
        return std::array{arrivalsOf(client, service, stream), arrivalsOf(service, client, stream)};
    };
    auto const delay = stand.planned(protocol::Delay{Duration::milliseconds(50), Duration(), 0});
    stand.apply(delay);
    for (auto const& arrivals : both()) {
        CHECK(arrivals.size() == count);
        CHECK(inMs(quantileOf(arrivals, 0)) >= 50);
        CHECK(inMs(quantileOf(arrivals, 0.5)) < 60);
    }
    stand.revert(delay);
    auto const duplicate = stand.planned(protocol::Duplicate{1});
    stand.apply(duplicate);
    for (auto const& arrivals : both()) {
        CHECK(arrivals.size() == 2 * count);
    }
    stand.revert(duplicate);
    stand.apply(stand.planned(protocol::Corrupt{1}));
    for (auto const& arrivals : both()) {
        CHECK(arrivals.empty()); // IPv6 has no datagrams without checksums
    }
}

TEST_CASE("a flood that goes out arrives as it was sent", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const delay =
        stand.planned(protocol::Delay{Duration::milliseconds(20), Duration(), 0}, Way::Out);
    stand.apply(delay);
    constexpr int count = 10'000;
    auto const arrivals = stand.out({count, Duration::microseconds(20), 1400, Checksum::None});
    CHECK(arrivals.size() == count);
    CHECK(overtaken(arrivals) == 0);
    CHECK(std::all_of(arrivals.begin(), arrivals.end(),
                      [](Arrival const& one) { return one.turnedBits == 0; }));
    auto const counts = stand.countsOf(delay);
    CHECK(counts.undisturbed + counts.missed == 0);
}

TEST_CASE("a share of the packets overtakes the others", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const reorder =
        stand.planned(protocol::Reorder{0.25, Duration::milliseconds(20)}, Way::Out);
    stand.apply(reorder);
    constexpr int count = 1000;
    auto const arrivals = stand.out({count, Duration::milliseconds(1)});
    CHECK(arrivals.size() == count);
    auto const early = std::count_if(arrivals.begin(), arrivals.end(), [](Arrival const& one) {
        return one.took < Duration::milliseconds(15);
    });
    CHECK(std::abs(static_cast<double>(early) - count * 0.25) <= spread(count, 0.25));
    CHECK(inMs(quantileOf(arrivals, 0.5)) == Approx(20).margin(3));
    CHECK(overtaken(arrivals) > count / 2);
    CHECK(stand.in({100, Duration::milliseconds(1)}).size() == 100); // the other way is not meant
}

TEST_CASE("packets pass at the rate, within 5 %", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    constexpr int perSecond = 500'000;
    auto const rate = stand.planned(protocol::PacketRate{Bytes::of(perSecond)}, Way::In);
    stand.apply(rate);
    constexpr std::size_t bytes = 972; // and 28 of headers
    // Four times as many as pass.
    auto const arrivals = stand.in({4000, Duration::microseconds(500), bytes});
    REQUIRE(arrivals.size() > 500);
    double const took =
        std::chrono::duration<double>(arrivals.back().at - arrivals.front().at).count();
    double const passed = static_cast<double>(arrivals.size() - 1) * (bytes + 28);
    CHECK(passed / took == Approx(perSecond).epsilon(0.05));
    CHECK(inMs(quantileOf(arrivals, 1)) < 520); // more is lost
    CHECK(stand.countsOf(rate).lost == 4000 - arrivals.size());
}

TEST_CASE("SSH and other peers are in no queue", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    stand.apply(stand.planned(protocol::Delay{Duration::milliseconds(200), Duration(), 0},
                              Way::Both, {"site"}));
    auto const tookToConnect = [&](int port, std::string const& from) {
        tests::TestSocket listener(stand.network().service(), tests::TestSocket::Kind::Tcp);
        listener.bindTo(tests::TestNetwork::serviceAddress, port);
        listener.listen();
        tests::TestSocket caller(stand.network().client(), tests::TestSocket::Kind::Tcp);
        caller.bindTo(from, 0);
        auto const begin = std::chrono::steady_clock::now();
        (void)caller.connectTo(tests::TestNetwork::serviceAddress, port);
        return std::chrono::steady_clock::now() - begin;
    };
    constexpr std::chrono::milliseconds one(200);
    CHECK(tookToConnect(8080, tests::TestNetwork::clientAddress) >= one);
    CHECK(tookToConnect(8080, tests::TestNetwork::strangerAddress) < one);
    CHECK(tookToConnect(22, tests::TestNetwork::clientAddress) < one);
}

TEST_CASE("who sends much is not stopped by what is held of it", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    stand.apply(
        stand.planned(protocol::Delay{Duration::milliseconds(100), Duration(), 0}, Way::Out));
    tests::TestSocket listener(stand.network().service(), tests::TestSocket::Kind::Tcp);
    listener.bindTo(tests::TestNetwork::serviceAddress, 8080);
    listener.listen();
    tests::TestSocket caller(stand.network().client(), tests::TestSocket::Kind::Tcp);
    REQUIRE(caller.connectTo(tests::TestNetwork::serviceAddress, 8080) == 0);
    auto service = listener.accept();
    constexpr std::size_t size = 100'000;
    auto const begin = std::chrono::steady_clock::now();
    std::thread answer([&] { service.send(std::string(size, 'x')); });
    std::size_t got = 0;
    for (std::string bytes; got < size && caller.receive(bytes) == 0;) {
        got += bytes.size();
    }
    answer.join();
    CHECK(got == size);
    // Four round trips with a window that doubles; each packet by itself would take seconds.
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(1000));
}

TEST_CASE("a fault that ends lets go of what it holds", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const delay = stand.planned(protocol::Delay{Duration::seconds(30), Duration(), 0});
    stand.apply(delay);
    std::vector<Arrival> arrivals;
    std::thread traffic([&] { arrivals = stand.in({300, Duration::milliseconds(1)}); });
    CHECK(tests::soon([&] { return stand.countsOf(delay).late >= 300; }));
    stand.revert(delay);
    traffic.join();
    CHECK(arrivals.size() == 300);
    CHECK(overtaken(arrivals) == 0);
}

TEST_CASE("the kernel sends no more packets to a queue when the lease is over", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const delay = stand.planned(protocol::Delay{Duration::milliseconds(300), Duration(), 0});
    stand.apply(delay, Duration::milliseconds(800));
    DatagramStream const few{5, Duration::milliseconds(1)};
    CHECK(inMs(quantileOf(stand.in(few), 0)) >= 300);
    CHECK(tests::soon([&] { return inMs(quantileOf(stand.in(few), 1)) < 100; }));
    REQUIRE_FALSE(injectors::renew(delay.steps.front(), Duration::seconds(30), {}));
    CHECK(inMs(quantileOf(stand.in(few), 0)) >= 300);
}

TEST_CASE("with nobody to read the queue packets pass at once", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const before = stand.state();
    auto const delay = stand.planned(protocol::Delay{Duration::milliseconds(300), Duration(), 0});
    stand.apply(delay);
    stand.loseQueues();
    CHECK(stand.state() != before);
    auto const arrivals = stand.in({100, Duration::milliseconds(1)});
    CHECK(arrivals.size() == 100);
    CHECK(inMs(quantileOf(arrivals, 0.99)) < 50);
    stand.revert(delay);
    CHECK(stand.state() == before);
}

TEST_CASE("a queue that somebody reads is not ours", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const delay = stand.planned(protocol::Delay{Duration::milliseconds(300), Duration(), 0});
    packets::QueueThread stranger(1);
    auto const& open = std::get<injectors::OpenQueue>(delay.steps.at(1));
    packets::QueueSettings strangers;
    strangers.number = open.number;
    REQUIRE_FALSE(stranger.open(stand.network().service(), strangers));
    injectors::ThreadedQueues queues(1);
    injectors::Tools tools;
    tools.queues = &queues;
    auto const failed = injectors::apply(open, Duration::seconds(1), tools);
    REQUIRE(failed);
    CHECK(failed->why.find("queue " + std::to_string(open.number)) != std::string::npos);
    CHECK_FALSE(injectors::revert(open, tools));
}

TEST_CASE("what finds no room in a queue passes, and is counted", "[faults][queue]") {
    QueueStand stand;
    if (!stand.canRun()) {
        return;
    }
    auto const delay =
        stand.planned(protocol::Delay{Duration::seconds(30), Duration(), 0}, Way::In);
    stand.apply(delay);
    constexpr int count = 18'000;
    auto const arrivals = stand.in({count, Duration::microseconds(20), 64});
    auto const counts = stand.countsOf(delay);
    CHECK(counts.late == packets::HeldAtMost().packets);
    CHECK(counts.undisturbed + counts.missed == arrivals.size());
    CHECK(arrivals.size() == count - counts.late);
}
