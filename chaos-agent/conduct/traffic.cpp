#include "chaos-agent/conduct/traffic.hpp"

#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "chaos-agent/conduct/arrivals.hpp"
#include "chaos-agent/conduct/asker.hpp"

namespace shakedown::conduct {

namespace {
namespace asio = boost::asio;
using boost::system::error_code;
} // namespace

// Asks at the instants of an open load.
class LoadPlayer {
public:
    LoadPlayer(asio::io_context& io, Clock const& clock, Ledger& ledger, ProgrammeLoad const& load,
               std::uint64_t seed)
        : clock_(clock), name_(load.load.name), arrivals_(load.load, load.rate, seed),
          asker_(io, clock, ledger, {load.rosterLoad, load.url, load.patience, endOfRequest}),
          timer_(io) {
        wait();
    }

    std::string const& name() const { return name_; }
    void surge(double factor, double more) {
        arrivals_.surge(clock_.now(), factor, more);
        wait();
    }
    void close() {
        isClosed_ = true;
        timer_.cancel();
        asker_.close();
    }

private:
    void wait() {
        if (isClosed_ || arrivals_.next() == SimTime::never())
            return;
        timer_.expires_at(clock_.instantOf(arrivals_.next()));
        timer_.async_wait([this](error_code error) {
            if (!error)
                askDue();
        });
    }
    void askDue() {
        // Whatever is due is asked, also when this thread came late.
        while (!isClosed_ && arrivals_.next() <= clock_.now()) {
            for (int i = 0; i < arrivals_.together(); ++i)
                asker_.ask(arrivals_.next());
            arrivals_.pass();
        }
        wait();
    }

    Clock const& clock_;
    std::string name_;
    Arrivals arrivals_;
    Asker asker_;
    asio::steady_timer timer_;
    bool isClosed_ = false;
};

// Calls something at every multiple of a span, never to catch up with those it missed.
class Beat {
public:
    Beat(asio::io_context& io, Clock const& clock, Duration every,
         std::function<void(SimTime)> what)
        : clock_(clock), every_(every), what_(std::move(what)), timer_(io) {
        wait();
    }
    void close() {
        isClosed_ = true;
        timer_.cancel();
    }

private:
    void wait() {
        timer_.expires_at(clock_.instantOf(next_));
        timer_.async_wait([this](error_code error) {
            if (error || isClosed_)
                return;
            what_(next_);
            std::int64_t const passed = (clock_.now() - next_).count() / every_.count();
            next_ = next_ + every_ * (passed < 0 ? 1 : passed + 1);
            wait();
        });
    }

    Clock const& clock_;
    Duration every_;
    std::function<void(SimTime)> what_;
    SimTime next_ = SimTime::at(every_);
    asio::steady_timer timer_;
    bool isClosed_ = false;
};

struct ProbePlayer {
    ProbePlayer(asio::io_context& io, Clock const& clock, Ledger& ledger,
                ProgrammeProbe const& probe)
        : name(probe.name),
          asker(
              io, clock, ledger,
              {probe.rosterLoad, probe.url, probe.timeout,
               [wanted = probe.expect](Reply const& reply) { return endOfProbe(reply, wanted); }}),
          beat(io, clock, probe.every, [this](SimTime intended) {
              asker.ask(intended);
              badInARow.store(asker.badInARow());
          }) {}

    std::string name;
    std::atomic<int> badInARow{0};
    Asker asker;
    Beat beat;
};

struct Traffic::Loop {
    Loop(Programme const& programme, Clock const& clock, Ledger& ledger, Duration interval)
        : pulse(io, clock, interval, [&ledger](SimTime now) { ledger.tick(now); }) {
        for (auto const& load : programme.loads)
            loads.push_back(std::make_unique<LoadPlayer>(io, clock, ledger, load, programme.seed));
        for (auto const& probe : programme.probes)
            probes.push_back(std::make_unique<ProbePlayer>(io, clock, ledger, probe));
    }

    asio::io_context io{1};
    Beat pulse;
    std::vector<std::unique_ptr<LoadPlayer>> loads;
    std::vector<std::unique_ptr<ProbePlayer>> probes;
};

Traffic::Traffic(Programme const& programme, Clock const& clock, Ledger& ledger, Duration interval)
    : loop_(std::make_unique<Loop>(programme, clock, ledger, interval)),
      thread_([this] { loop_->io.run(); }) {}

Traffic::~Traffic() {
    stop();
}

void Traffic::surge(std::string const& load, double factor, double morePerSecond) {
    asio::post(loop_->io, [this, load, factor, morePerSecond] {
        for (auto const& player : loop_->loads)
            if (load.empty() || player->name() == load)
                player->surge(factor, morePerSecond);
    });
}

std::vector<std::string> Traffic::failing(int inARow) const {
    std::vector<std::string> names;
    for (auto const& probe : loop_->probes)
        if (probe->badInARow.load() >= inARow)
            names.push_back(probe->name);
    return names;
}

void Traffic::stop() {
    if (!thread_.joinable())
        return;
    asio::post(loop_->io, [this] {
        loop_->pulse.close();
        for (auto const& load : loop_->loads)
            load->close();
        for (auto const& probe : loop_->probes) {
            probe->beat.close();
            probe->asker.close();
        }
    });
    thread_.join();
}

} // namespace shakedown::conduct
