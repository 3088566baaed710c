#pragma once

#include "reports/html/report.hpp"
#include "tests/reports/render/shop_summary.hpp"

/// Runs put together by hand, and what the page needs of them.
namespace shakedown::tests {

inline record::Header shopHeader() {
    record::Header h;
    h.version = "0.1.0";
    h.scenario = "shop";
    h.file = "shop.yaml";
    h.scenarioDigest = "00112233445566aa";
    h.seed = 7;
    h.lasts = Duration::seconds(180);
    h.warmup = Duration::seconds(20);
    h.interval = Duration::milliseconds(100);
    h.names = shopNames();
    h.replicas = {2, 1};
    h.workers = {40, 20};
    h.faults = {1};
    return h;
}

inline SimTime inTenths(std::int64_t tenths) {
    return SimTime::at(Duration::milliseconds(100 * tenths));
}

/// An interval of the shop: between 60 s and 120 s autos hangs and half of the visitors fail.
inline record::Interval shopInterval(bool isBad) {
    record::Interval i;
    i.loads = {isBad
                   ? record::LoadInterval{10, 5, 0, 2, 1, 2, 5, Duration::milliseconds(50),
                                          Duration::seconds(2), Duration::seconds(3)}
                   : record::LoadInterval{10, 10, 0, 0, 0, 0, 10, Duration::milliseconds(40),
                                          Duration::milliseconds(80), Duration::milliseconds(90)}};
    i.services = {isBad ? record::ServiceInterval{80, 80, 10, 5, 1, 1.0}
                        : record::ServiceInterval{0, 8, 10, 10, 0, 0.1},
                  {0, 2, 10, 10, 0, 0.1}};
    i.calls = {{10, 10, 0, 0, isBad ? 5U : 0U, 0},
               isBad ? record::CallInterval{10, 20, 10, 8, 4, 1}
                     : record::CallInterval{10, 10, 0, 0, 0, 0}};
    return i;
}

inline void playShop(record::MomentSink& sink, record::Header const& header) {
    sink.begin(header);
    for (std::int64_t i = 1; i <= 1800; ++i) {
        if (i == 601) {
            sink.take({inTenths(600), record::EventBegan{0}});
            sink.take({inTenths(600), record::BreakerChanged{1, 0, record::BreakerState::Closed,
                                                             record::BreakerState::Open}});
        }
        if (i == 1201) {
            sink.take({inTenths(1200), record::EventEnded{0}});
            sink.take({inTenths(1200), record::BreakerChanged{1, 0, record::BreakerState::Open,
                                                              record::BreakerState::Closed}});
        }
        sink.take({inTenths(i), shopInterval(i > 600 && i <= 1200)});
    }
}

/// The shop's numbers with what a page shows of them.
inline summary::Summary shopPageSummary() {
    summary::Summary s = shopSummary();
    s.about = "A shop.";
    s.command = "shakedown run shop.yaml --seed 7";
    s.loads.at(0).tail = {
        {"whole run", 1000, std::vector<Duration>(31, Duration::milliseconds(50))},
        {"during autos-slow", 100, std::vector<Duration>(21, Duration::seconds(2))}};
    return s;
}

/// The page of the shop, made anew from its beginning.
inline std::string shopPage() {
    html::History history;
    playShop(history, shopHeader());
    return html::reportHtml(
        {shopPageSummary(), history, "shakedown: 1\nservices:\n  site: {}\n", {}});
}

} // namespace shakedown::tests
