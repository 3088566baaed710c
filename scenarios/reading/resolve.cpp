#include "scenarios/reading/resolve.hpp"

#include <algorithm>
#include <unordered_map>

#include "scenarios/reading/codes.hpp"

namespace shakedown::reading {

namespace {

using namespace model;

class Names {
public:
    Names(Scenario const& scenario, Findings& findings) : findings_(findings) {
        for (auto const& service : scenario.services) {
            add(service.name, SubjectKind::Service, service.place);
            for (auto const& endpoint : service.endpoints) {
                endpoints_.push_back(service.name + "/" + endpoint.name);
            }
        }
        for (auto const& load : scenario.loads) {
            add(load.name, SubjectKind::Load, load.place);
        }
        for (auto const& topic : scenario.topics) {
            add(topic.name, SubjectKind::Topic, topic.place);
        }
        for (auto const& fault : scenario.faults) {
            events_.push_back(fault.name);
        }
        for (auto const& operation : scenario.operations) {
            events_.push_back(operation.name);
        }
        std::sort(events_.begin(), events_.end());
        std::sort(endpoints_.begin(), endpoints_.end());
    }

    void resolve(Subject& subject, Condition const& condition) {
        switch (subject.kind) {
        case SubjectKind::Fault:
            require(events_, subject, "fault", condition);
            return;
        case SubjectKind::Endpoint:
            require(endpoints_, subject, "endpoint", condition);
            return;
        case SubjectKind::Call: // its ends are looked up when the document is checked
            return;
        case SubjectKind::Load:
        case SubjectKind::Service:
        case SubjectKind::Topic:
            break;
        }
        auto const found = kinds_.find(subject.name);
        if (found == kinds_.end()) {
            report(subject, "load, service or topic", names_, condition);
            return;
        }
        subject.kind = found->second;
    }

private:
    void add(std::string const& name, SubjectKind kind, Place const& place) {
        if (name.empty()) {
            return; // reported where it was read
        }
        names_.push_back(name);
        if (!kinds_.emplace(name, kind).second) {
            findings_.error(codes::nameTwice, place, "the name '" + name + "' is taken",
                            "services, loads and topics need names of their own, because "
                            "conditions speak of them");
        }
    }

    void require(std::vector<std::string> const& sorted, Subject const& subject, char const* what,
                 Condition const& condition) {
        if (!std::binary_search(sorted.begin(), sorted.end(), subject.name)) {
            report(subject, what, sorted, condition);
        }
    }

    void report(Subject const& subject, std::string const& what,
                std::vector<std::string> const& known, Condition const& condition) {
        Place place = condition.place;
        auto const offset = condition.text.find(subject.name);
        place.column += offset == std::string::npos ? 0 : static_cast<int>(offset);
        findings_.error(codes::unknownSubject, place,
                        "there is no " + what + " '" + subject.name + "'",
                        didYouMean(subject.name, known));
    }

    Findings& findings_;
    std::unordered_map<std::string, SubjectKind> kinds_;
    std::vector<std::string> names_;
    std::vector<std::string> endpoints_;
    std::vector<std::string> events_;
};

} // namespace

void resolveSubjects(Scenario& scenario, Findings& findings) {
    Names names(scenario, findings);
    for (auto* const list : {&scenario.expect, &scenario.abort}) {
        for (auto& condition : *list) {
            if (condition.text.empty()) {
                continue; // reported where it was read
            }
            std::visit([&](auto& what) { names.resolve(what.subject, condition); }, condition.what);
        }
    }
}

} // namespace shakedown::reading
