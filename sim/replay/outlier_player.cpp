#include <algorithm>
#include <map>

#include "sim/replay/draws.hpp"
#include "sim/replay/suites.hpp"
#include "sim/resilience/a50_outliers.hpp"
#include "sim/resilience/envoy_outliers.hpp"

namespace shakedown::replay {

using namespace resilience;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

// Hosts by name and by the machine's number.
class HostNames {
public:
    explicit HostNames(Vector const& vector) {
        Arguments const start(vector.start, "start");
        for (auto const& name : start.texts("hosts"))
            names_.push_back(name);
        start.refuseOthers();
    }
    std::vector<std::uint32_t> those(std::string const& name) const {
        std::vector<std::uint32_t> found;
        for (std::uint32_t i = 0; i < names_.size(); ++i)
            if (name == "all" || names_[i] == name)
                found.push_back(i);
        if (found.empty())
            throw Unplayable("no host '" + name + "'");
        return found;
    }
    std::vector<std::string> const& all() const { return names_; }

private:
    std::vector<std::string> names_;
};

class EnvoyPlayer : public Player {
public:
    explicit EnvoyPlayer(Vector const& vector)
        : hosts_(vector), draws_(vector.draws), hasDraws_(!vector.draws.uint64.empty()),
          detector_(settingsOf(vector.config, {})) {
        for (std::uint32_t i = 0; i < hosts_.all().size(); ++i)
            detector_.addHost(i);
        if (hasDraws_)
            random_ = draws_.whole();
    }

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        now_ = args.instant(now_);
        int const before = detector_.counts().enforcedTotal;
        if (step.verb == "response") {
            for (auto const host : hosts_.those(args.text("host")))
                detector_.onResponse(now_, host, args.integer("code"), random_);
        } else if (step.verb == "result") {
            std::optional<int> code;
            if (args.has("code"))
                code = args.integer("code");
            for (auto const host : hosts_.those(args.text("host")))
                detector_.onResult(now_, host, resultOf(args.text("result")), code, random_);
        } else if (step.verb == "sweep") {
            detector_.sweep(now_, random_);
        } else if (step.verb == "health_check_ok") {
            for (auto const host : hosts_.those(args.text("host")))
                detector_.onHealthCheckOk(now_, host);
        } else if (step.verb == "remove_hosts") {
            for (auto const& name : args.texts("hosts"))
                for (auto const host : hosts_.those(name))
                    detector_.removeHost(host);
        } else if (step.verb == "configure" || step.verb == "reconfigure") {
            detector_.configure(settingsOf(args.at("config"), detector_.settings()));
        } else if (step.verb == "success_rate_threshold") {
            return threshold(args);
        } else if (step.verb != "clock" && step.verb != "check") {
            refuseVerb(step);
        }
        args.refuseOthers();
        if (hasDraws_ && detector_.counts().enforcedTotal > before && step.verb != "sweep")
            lastDrawUsed_ = true;
        Value all = seen();
        if (std::exchange(lastDrawUsed_, false))
            nextDraw();
        return all;
    }

    Value seen() const override {
        Value all = Value::object();
        Value ejected = Value::array();
        Value jitter = Value::object();
        Value rates = Value::object();
        for (std::uint32_t i = 0; i < hosts_.all().size(); ++i) {
            if (detector_.isEjected(i))
                ejected.push_back(hosts_.all()[i]);
            jitter[hosts_.all()[i]] = detector_.jitter(i).inMilliseconds();
            rates[hosts_.all()[i]] = detector_.successRate(i);
        }
        all["ejected"] = ejected;
        all["ejected_count"] = ejected.size();
        all["ejections_active"] = detector_.active();
        all["jitter_ms"] = jitter;
        all["success_rate"] = rates;
        all["success_rate_average"] = detector_.bound().mean;
        all["success_rate_threshold"] = detector_.bound().bound;
        all["success_rate_ejection_threshold"] = detector_.bound().bound;
        auto const& counts = detector_.counts();
        all["ejections_enforced_total"] = counts.enforcedTotal;
        all["ejections_total"] = counts.enforcedTotal;
        all["ejections_overflow"] = counts.overflow;
        static constexpr std::array<char const*, outlierKinds> names = {
            "consecutive_5xx",
            "consecutive_gateway_failure",
            "consecutive_local_origin_failure",
            "success_rate",
            "local_origin_success_rate",
            "failure_percentage",
            "local_origin_failure_percentage"};
        int detected = 0;
        for (std::size_t i = 0; i < names.size(); ++i) {
            for (char const* prefix : {"", "ejections_"}) {
                all[std::string(prefix) + "detected_" + names[i]] = counts.detected[i];
                all[std::string(prefix) + "enforced_" + names[i]] = counts.enforced[i];
            }
            detected += counts.detected[i];
        }
        all["ejections_detected_total"] = detected;
        return all;
    }

private:
    void nextDraw() {
        try {
            random_ = draws_.whole();
        } catch (Unplayable const&) {
            hasDraws_ = false; // none is left; the next ejection finds no jitter
            random_ = 0;
        }
    }
    static OriginResult resultOf(std::string const& word) {
        static std::map<std::string_view, OriginResult> const words = {
            {"ext_request_success", OriginResult::ExternalSuccess},
            {"ext_request_failed", OriginResult::ExternalFailure},
            {"ext_origin_request_success", OriginResult::ExternalSuccess},
            {"ext_origin_request_failed", OriginResult::ExternalFailure},
            {"local_connect_success", OriginResult::LocalConnectSuccess},
            {"local_connect_success_final", OriginResult::LocalConnectSuccessFinal},
            {"local_connect_failed", OriginResult::LocalConnectFailure},
            {"local_origin_connect_success", OriginResult::LocalConnectSuccess},
            {"local_origin_connect_success_final", OriginResult::LocalConnectSuccessFinal},
            {"local_origin_connect_failed", OriginResult::LocalConnectFailure},
            {"local_timeout", OriginResult::LocalTimeout},
            {"local_origin_timeout", OriginResult::LocalTimeout}};
        auto const found = words.find(word);
        if (found == words.end())
            throw Unplayable("'" + word + "' is no result of a request");
        return found->second;
    }
    static EnvoyOutlierSettings settingsOf(Value const& map, EnvoyOutlierSettings s) {
        Arguments const c(map, "config");
        auto const take = [&](char const* key, int& value) { value = c.integer(key, value); };
        take("consecutive_5xx", s.consecutive5xx);
        take("enforcing_consecutive_5xx", s.enforcingConsecutive5xx);
        take("consecutive_gateway_failure", s.consecutiveGatewayFailure);
        take("enforcing_consecutive_gateway_failure", s.enforcingConsecutiveGatewayFailure);
        take("consecutive_local_origin_failure", s.consecutiveLocalOriginFailure);
        take("enforcing_consecutive_local_origin_failure",
             s.enforcingConsecutiveLocalOriginFailure);
        s.splitsLocalOrigin = c.flag("split_external_local_origin_errors", s.splitsLocalOrigin);
        s.interval = c.duration("interval", s.interval);
        s.baseEjectionTime = c.duration("base_ejection_time", s.baseEjectionTime);
        if (auto const most = c.duration("max_ejection_time"))
            s.maxEjectionTime = most;
        s.maxJitter = c.duration("max_ejection_time_jitter", s.maxJitter);
        take("max_ejection_percent", s.maxEjectionPercent);
        s.alwaysEjectsOneHost = c.flag("always_eject_one_host", s.alwaysEjectsOneHost);
        take("success_rate_minimum_hosts", s.successRateMinimumHosts);
        take("success_rate_request_volume", s.successRateRequestVolume);
        take("success_rate_stdev_factor", s.successRateStdevFactor);
        take("enforcing_success_rate", s.enforcingSuccessRate);
        take("enforcing_local_origin_success_rate", s.enforcingLocalOriginSuccessRate);
        take("failure_percentage_threshold", s.failurePercentageThreshold);
        take("failure_percentage_minimum_hosts", s.failurePercentageMinimumHosts);
        take("failure_percentage_request_volume", s.failurePercentageRequestVolume);
        take("enforcing_failure_percentage", s.enforcingFailurePercentage);
        take("enforcing_failure_percentage_local_origin", s.enforcingLocalOriginFailurePercentage);
        take("enforcing_local_origin_failure_percentage", s.enforcingLocalOriginFailurePercentage);
        s.healthCheckUnejects =
            c.flag("successful_active_health_check_uneject_host", s.healthCheckUnejects);
        c.refuseOthers();
        return s;
    }
    Value threshold(Arguments const& args) const {
        auto const rates = args.numbers("rates");
        double const factor =
            args.number("stdev_factor", detector_.settings().successRateStdevFactor) / 1000.0;
        args.refuseOthers();
        auto const found = successRateBoundOf(rates, factor);
        return {{"average", found.mean},
                {"mean", found.mean},
                {"success_rate_average", found.mean},
                {"threshold", found.bound},
                {"ejection_threshold", found.bound},
                {"success_rate_threshold", found.bound}};
    }

    HostNames hosts_;
    DrawQueue draws_;
    bool hasDraws_;
    bool lastDrawUsed_ = false;
    std::uint64_t random_ = 0;
    EnvoyOutliers detector_;
    SimTime now_;
};

class GrpcPlayer : public Player {
public:
    explicit GrpcPlayer(Vector const& vector)
        : hosts_(vector), detector_(settingsOf(vector.config)) {
        for (std::uint32_t i = 0; i < hosts_.all().size(); ++i)
            detector_.addHost(i);
    }

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        now_ = args.instant(now_);
        if (step.verb == "calls") {
            for (auto const host : hosts_.those(args.text("host"))) {
                for (int i = 0; i < args.integer("ok", 0); ++i)
                    detector_.onCall(host, true);
                for (int i = 0; i < args.integer("failed", 0); ++i)
                    detector_.onCall(host, false);
            }
        } else if (step.verb == "sweep") {
            detector_.sweep(now_, 0);
        } else if (step.verb == "reconfigure" || step.verb == "configure") {
            detector_.configure(settingsOf(args.at("config")));
        } else if (step.verb == "remove_hosts") {
            for (auto const& name : args.texts("hosts"))
                for (auto const host : hosts_.those(name))
                    detector_.removeHost(host);
        } else if (step.verb == "mean_stdev") {
            return meanAndDeviation(args);
        } else if (step.verb != "clock" && step.verb != "check") {
            refuseVerb(step);
        }
        args.refuseOthers();
        return seen();
    }
    Value seen() const override {
        Value ejected = Value::array();
        for (std::uint32_t i = 0; i < hosts_.all().size(); ++i)
            if (detector_.isEjected(i))
                ejected.push_back(hosts_.all()[i]);
        return {{"ejected", ejected},
                {"ejected_count", ejected.size()},
                {"ejections_active", detector_.active()}};
    }

private:
    static Value meanAndDeviation(Arguments const& args) {
        std::vector<double> values;
        for (char const* key : {"values", "rates"})
            if (args.has(key))
                values = args.numbers(key);
        args.refuseOthers();
        auto const found = successRateBoundOf(values, 1);
        return {{"mean", found.mean}, {"stdev", found.mean - found.bound}};
    }
    static A50OutlierSettings settingsOf(Value const& map) {
        Arguments const c(map, "config");
        A50OutlierSettings s;
        s.interval = c.duration("interval", s.interval);
        s.baseEjectionTime = c.duration("base_ejection_time", s.baseEjectionTime);
        s.maxEjectionTime = c.duration("max_ejection_time", s.maxEjectionTime);
        s.maxEjectionPercent = c.integer("max_ejection_percent", s.maxEjectionPercent);
        if (c.has("success_rate_ejection")) {
            Arguments const r(c.at("success_rate_ejection"), "success_rate_ejection");
            auto& rate = s.successRate.emplace();
            rate.stdevFactor = r.integer("stdev_factor", rate.stdevFactor);
            rate.enforcementPercentage =
                r.integer("enforcement_percentage", rate.enforcementPercentage);
            rate.minimumHosts = r.integer("minimum_hosts", rate.minimumHosts);
            rate.requestVolume = r.integer("request_volume", rate.requestVolume);
            r.refuseOthers();
        }
        if (c.has("failure_percentage_ejection")) {
            Arguments const f(c.at("failure_percentage_ejection"), "failure_percentage_ejection");
            auto& failure = s.failurePercentage.emplace();
            failure.threshold = f.integer("threshold", failure.threshold);
            failure.enforcementPercentage =
                f.integer("enforcement_percentage", failure.enforcementPercentage);
            failure.minimumHosts = f.integer("minimum_hosts", failure.minimumHosts);
            failure.requestVolume = f.integer("request_volume", failure.requestVolume);
            f.refuseOthers();
        }
        c.refuseOthers();
        return s;
    }

    HostNames hosts_;
    A50Outliers detector_;
    SimTime now_;
};

} // namespace

std::unique_ptr<Player> outlierDetectionPlayer(Vector const& vector) {
    if (vector.dialect == "envoy")
        return std::make_unique<EnvoyPlayer>(vector);
    if (vector.dialect == "grpc")
        return std::make_unique<GrpcPlayer>(vector);
    return nullptr;
}

} // namespace shakedown::replay
