#include "scenarios/checking/dangling_names.hpp"

#include <algorithm>

namespace shakedown::checking {

namespace {

template <class... F> struct Visitor : F... {
    using F::operator()...;
};
template <class... F> Visitor(F...) -> Visitor<F...>;

class NameCheck {
  public:
    explicit NameCheck(model::Scenario const& scenario) : scenario_(scenario) {
        for (auto const& s : scenario.services) services_.push_back(s.name);
        for (auto const& l : scenario.loads) loads_.push_back(l.name);
        for (auto const& f : scenario.faults) events_.push_back(f.name);
        for (auto const& o : scenario.operations) events_.push_back(o.name);
    }

    Diagnostics run() {
        for (auto const& s : scenario_.services)
            for (auto const& e : s.endpoints) steps(e.steps);
        for (auto const& l : scenario_.loads) {
            for (auto const& m : l.mix) endpoint(m.to, m.place);
            if (!l.rate && !l.users)
                report("E310", "load '" + l.name + "' has neither rate nor users",
                       "give it `rate: 100/s` or `users: 50`", l.place);
        }
        for (auto const& c : scenario_.calls) callRule(c);
        for (auto const& f : scenario_.faults)
            std::visit([&](auto const& what) { target(what, f.place); }, f.what);
        for (auto const& o : scenario_.operations)
            std::visit([&](auto const& what) { operationTarget(what, o.place); }, o.what);
        for (auto const& c : scenario_.expect) condition(c);
        for (auto const& c : scenario_.abort) condition(c);
        return findings_;
    }

  private:
    void report(char const* code, std::string message, std::string hint, Place const& place) {
        findings_.push_back({Severity::Error, code, std::move(message), std::move(hint), place});
    }
    std::string didYouMean(std::string const& word, std::vector<std::string> const& known) {
        auto const near = nearestWord(word, known);
        return near ? "did you mean '" + *near + "'?" : "";
    }

    void service(std::string const& name, Place const& place) {
        if (name.empty() || name == "*" || model::findService(scenario_, name) != nullptr) return;
        report("E301", "no service '" + name + "'", didYouMean(name, services_), place);
    }
    void endpoint(model::EndpointName const& name, Place const& place) {
        auto const* s = model::findService(scenario_, name.service);
        if (s == nullptr) return service(name.service, place);
        if (model::findEndpoint(scenario_, name) != nullptr) return;
        std::vector<std::string> known;
        for (auto const& e : s->endpoints) known.push_back(e.name);
        if (name.endpoint.empty()) {
            report("E303", "service '" + s->name + "' has " + std::to_string(known.size()) +
                               " endpoints, so one must be named",
                   known.empty() ? "" : "write '" + s->name + "/" + known.front() + "'", place);
            return;
        }
        report("E302", "service '" + s->name + "' has no endpoint '" + name.endpoint + "'",
               didYouMean(name.endpoint, known), place);
    }
    void callRule(model::CallRule const& rule) {
        auto const& name = rule.name;
        bool const isLoad = model::findLoad(scenario_, name.caller) != nullptr;
        if (name.caller != "*" && !isLoad) service(name.caller, rule.place);
        if (name.callee.service == "*") return;
        if (name.callee.endpoint.empty()) service(name.callee.service, rule.place);
        else endpoint(name.callee, rule.place);
    }
    void steps(model::Steps const& list) {
        for (auto const& step : list)
            std::visit(Visitor{[&](model::Call const& c) { endpoint(c.target, step.place); },
                               [&](model::Parallel const& p) {
                                   for (auto const& b : p.branches) steps(b);
                                   bool const tooMany =
                                       p.need && (*p.need < 0 ||
                                                  *p.need > static_cast<int>(p.branches.size()));
                                   if (tooMany)
                                       report("E311", "need is larger than the number of branches",
                                              "", step.place);
                               },
                               [&](model::Choose const& c) {
                                   double sum = 0;
                                   for (auto const& o : c.options) {
                                       sum += o.p.value();
                                       steps(o.steps);
                                   }
                                   if (sum > 1 + 1e-9)
                                       report("E312", "the shares of choose add up to more than 100 %",
                                              "", step.place);
                               },
                               [&](model::Repeat const& r) { steps(r.steps); },
                               [&](model::Cache const& c) { steps(c.miss); },
                               [&](model::Optional const& o) { steps(o.steps); },
                               [](auto const&) {}},
                       step.what);
    }
    void targetOf(model::Target const& t, Place const& place) {
        service(t.service, place);
        if (!t.endpoint.empty() && model::findService(scenario_, t.service) != nullptr)
            endpoint({t.service, t.endpoint}, place);
        if (!t.load.empty() && model::findLoad(scenario_, t.load) == nullptr)
            report("E304", "no load '" + t.load + "'", didYouMean(t.load, loads_), place);
        if (t.call) callRule({*t.call, {}, place});
    }
    void target(model::Partition const& p, Place const& place) {
        for (auto const& side : {p.between, p.andSide})
            for (auto const& name : side)
                if (model::findLoad(scenario_, name) == nullptr) service(name, place);
    }
    template <class F> void target(F const& fault, Place const& place) {
        targetOf(fault.target, place);
    }
    void operationTarget(model::FlipBreaker const& f, Place const& place) {
        callRule({f.call, {}, place});
    }
    void operationTarget(model::Set const&, Place const&) {}
    void operationTarget(model::ReplayEvents const&, Place const&) {}
    template <class O> void operationTarget(O const& o, Place const& place) {
        targetOf(o.target, place);
    }
    void event(std::string const& name, Place const& place) {
        if (std::find(events_.begin(), events_.end(), name) != events_.end()) return;
        report("E305", "no fault or operation is named '" + name + "'", didYouMean(name, events_),
               place);
    }
    void condition(model::Condition const& c) {
        if (auto const* r = std::get_if<model::RecoveryCondition>(&c.what))
            return event(r->event, c.place);
        auto const& window = std::get<model::MetricCondition>(c.what).window;
        if (auto const* during = std::get_if<model::DuringEvent>(&window))
            event(during->name, c.place);
        if (auto const* after = std::get_if<model::AfterEvent>(&window)) event(after->name, c.place);
    }

    model::Scenario const& scenario_;
    std::vector<std::string> services_, loads_, events_;
    Diagnostics findings_;
};

} // namespace

Diagnostics danglingNames(model::Scenario const& scenario) { return NameCheck(scenario).run(); }

} // namespace shakedown::checking
