#include <algorithm>
#include <map>
#include <set>

#include "sim/replay/breaker_players.hpp"
#include "sim/replay/suites.hpp"
#include "sim/resilience/passive_health.hpp"
#include "sim/resilience/priority_levels.hpp"

namespace shakedown::replay {

using resilience::UpstreamServer;
using resilience::UpstreamServers;
using vectors::Step;
using vectors::Value;
using vectors::Vector;

namespace {

class NginxPlayer : public Player {
public:
    explicit NginxPlayer(Vector const& vector) : servers_(serversOf(vector.config)) {}

    Value play(Step const& step) override {
        Arguments const args(step.args, "step '" + step.verb + "'");
        Value all = Value::object();
        if (step.verb == "request") {
            args.refuseOthers();
            return requests(step.times);
        }
        if (step.verb == "start") {
            args.refuseOthers();
            std::string served;
            for (int i = 0; i < step.times; ++i) {
                int const server =
                    servers_.pick(seconds(), std::vector<bool>(names_.size(), false));
                served += server < 0 ? "-" : names_[static_cast<std::size_t>(server)];
            }
            return {{"served_by", served}};
        }
        if (step.verb == "set_host") {
            std::string const host = args.text("host");
            known(host);
            behaviours_[host] = args.text("behaviour");
        } else if (step.verb == "advance") {
            now_ = now_ + elapsedOf(args);
        } else if (step.verb != "check") {
            refuseVerb(step);
        }
        args.refuseOthers();
        return all;
    }
    bool repeats(std::string_view) const override { return true; }

private:
    std::int64_t seconds() const { return 1'000'000 + now_.count() / 1'000'000'000; }
    void known(std::string const& host) const {
        if (std::find(names_.begin(), names_.end(), host) == names_.end())
            throw Unplayable("no host '" + host + "'");
    }
    UpstreamServers serversOf(Value const& map) {
        Arguments const c(map, "config");
        std::string const policy = c.text("policy", "round_robin");
        if (policy != "round_robin" && policy != "least_conn")
            throw Unplayable("the policy '" + policy + "' is not offered");
        std::vector<UpstreamServer> list;
        for (auto const& one : c.at("hosts")) {
            Arguments const h(one, "a host");
            names_.push_back(h.text("name"));
            UpstreamServer s;
            s.weight = h.integer("weight", 1);
            s.maxFails = h.integer("max_fails", 1);
            s.failTimeout =
                h.duration("fail_timeout", Duration::seconds(10)).count() / 1'000'000'000;
            s.isBackup = h.flag("backup", false);
            s.isDown = h.flag("down", false);
            s.maxConns = h.integer("max_conns", 0);
            h.refuseOthers();
            list.push_back(s);
        }
        next_ = {"error", "timeout"};
        if (c.has("proxy_next_upstream")) {
            auto const words = c.texts("proxy_next_upstream");
            next_ = {words.begin(), words.end()};
        }
        tries_ = c.integer("proxy_next_upstream_tries", 0);
        c.refuseOthers();
        return {list, policy == "least_conn" ? UpstreamServers::Method::LeastConn
                                             : UpstreamServers::Method::RoundRobin};
    }
    // What of proxy_next_upstream a behaviour is; empty for a good answer.
    static std::string conditionOf(std::string const& behaviour) {
        if (behaviour == "ok")
            return "";
        if (behaviour == "connection_closed" || behaviour == "refused"
            || behaviour == "connection_refused" || behaviour == "reset")
            return "error";
        if (behaviour == "timeout" || behaviour == "hang")
            return "timeout";
        if (behaviour.starts_with("http_"))
            return behaviour;
        throw Unplayable("'" + behaviour + "' is no behaviour of a host");
    }
    static int statusOf(std::string const& condition) {
        if (condition.empty())
            return 200;
        if (condition == "error")
            return 502;
        if (condition == "timeout")
            return 504;
        return std::stoi(condition.substr(5));
    }

    Value requests(int n) {
        std::string served;
        Value tried = Value::array();
        Value statuses = Value::array();
        int status = 200;
        for (int i = 0; i < n; ++i) {
            std::string names;
            status = request(served, names);
            tried.push_back(names);
            statuses.push_back(status);
        }
        bool const isOne = n == 1;
        return {{"served_by", served},
                {"tried", tried},
                {"status", status},
                {"statuses", isOne ? Value::array({status}) : statuses}};
    }
    int request(std::string& served, std::string& names) {
        std::vector<bool> tried(names_.size(), false);
        int status = 502;
        for (int tries = 1;; ++tries) {
            int const server = servers_.pick(seconds(), tried);
            if (server < 0) {
                served += "-";
                return status;
            }
            auto const at = static_cast<std::size_t>(server);
            tried[at] = true;
            names += names_[at];
            auto const found = behaviours_.find(names_[at]);
            std::string const condition =
                found == behaviours_.end() ? "" : conditionOf(found->second);
            bool const goesOn = !condition.empty() && next_.contains(condition);
            servers_.finish(server, seconds(), goesOn);
            status = statusOf(condition);
            bool const isLast = tries_ > 0 && tries >= tries_;
            if (!goesOn || isLast) {
                served += condition == "error" || condition == "timeout" ? "-" : names_[at];
                return status;
            }
        }
    }

    std::vector<std::string> names_;
    std::map<std::string, std::string> behaviours_;
    std::set<std::string> next_;
    int tries_ = 0;
    UpstreamServers servers_;
    SimTime now_;
};

class EnvoyPlayer : public Player {
public:
    explicit EnvoyPlayer(Vector const& vector) {
        Arguments const c(vector.config, "config");
        factor_ = c.number("overprovisioning_factor", 140);
        threshold_ = c.number("healthy_panic_threshold_percent", 50);
        c.refuseOthers();
    }
    Value play(Step const& step) override {
        if (step.verb != "priority_load")
            refuseVerb(step);
        Arguments const args(step.args, "step 'priority_load'");
        auto const healthy = args.numbers("healthy_percent");
        args.refuseOthers();
        auto const load = resilience::priorityLoadOf(healthy, factor_, threshold_);
        Value panic = Value::array();
        for (bool const p : load.panics)
            panic.push_back(p);
        return {{"load_percent", load.percent},
                {"panic", panic},
                {"normalized_total_health", load.totalHealth}};
    }

private:
    double factor_ = 140;
    double threshold_ = 50;
};

} // namespace

std::unique_ptr<Player> loadBalancingPlayer(Vector const& vector) {
    if (vector.dialect == "nginx")
        return std::make_unique<NginxPlayer>(vector);
    if (vector.dialect == "envoy")
        return std::make_unique<EnvoyPlayer>(vector);
    return nullptr;
}

} // namespace shakedown::replay
