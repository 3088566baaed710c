#include "chaos-agent/proxy/http_fault.hpp"

#include <algorithm>

namespace shakedown::proxy {

namespace {

constexpr std::size_t textAtMost = 4096;

bool matches(HttpFault const& fault, std::string_view method, std::string_view path) {
    if (!fault.method.empty() && fault.method != method)
        return false;
    std::string_view wanted = fault.path;
    if (wanted.empty())
        return true;
    if (!wanted.ends_with('*'))
        return path == wanted;
    wanted.remove_suffix(1);
    return path.starts_with(wanted);
}

// Empty if the fault can be.
std::string flawOf(HttpFault const& fault) {
    if (fault.name.empty() || fault.name.size() > textAtMost)
        return "an HTTP fault needs a name";
    if (!fault.abort && !fault.delay && fault.change.empty())
        return "an HTTP fault needs a status to abort with, a delay, a header or a body";
    if (fault.change.body && fault.change.body->size() > changedBodyAtMost)
        return "body must have at most " + std::to_string(changedBodyAtMost) + " bytes";
    for (auto const& [name, value] : fault.change.fields)
        if (auto flaw = flawOfField(name, value); !flaw.empty())
            return flaw;
    if (fault.abort && (*fault.abort < 200 || *fault.abort > 599))
        return "abort must be a status from 200 to 599, not " + std::to_string(*fault.abort);
    if (fault.delay && *fault.delay < Duration())
        return "delay must be at least 0";
    if (!(fault.share >= 0 && fault.share <= 1))
        return "share must be from 0 to 1";
    if (fault.first && *fault.first < 1)
        return "first must be at least 1";
    bool const isUpper = std::all_of(fault.method.begin(), fault.method.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
    if (!isUpper || fault.method.size() > textAtMost)
        return "method must be upper case, such as GET, not '" + fault.method + "'";
    if (!fault.path.empty() && fault.path[0] != '/' && fault.path != "*")
        return "path must begin with '/', not '" + fault.path + "'";
    return fault.path.size() > textAtMost ? "path is too long" : "";
}

Refusal bad(std::string const& flaw) {
    return {Refusal::Reason::BadHttpFault, flaw};
}

Refusal noFault() {
    return {Refusal::Reason::HttpFaultNotFound, "http fault not found"};
}

} // namespace

HttpFaults::Counted* HttpFaults::find(std::string const& name) {
    for (Counted& counted : faults_)
        if (counted.fault.name == name)
            return &counted;
    return nullptr;
}

HttpFaults::Counted const* HttpFaults::find(std::string const& name) const {
    for (Counted const& counted : faults_)
        if (counted.fault.name == name)
            return &counted;
    return nullptr;
}

Refused HttpFaults::add(HttpFault fault) {
    if (auto const flaw = flawOf(fault); !flaw.empty())
        return bad(flaw);
    if (find(fault.name) != nullptr)
        return Refusal{Refusal::Reason::HttpFaultExists, "http fault already exists"};
    if (faults_.size() >= httpFaultsAtMost)
        return Refusal{Refusal::Reason::TooMany, "a proxy takes at most "
                                                     + std::to_string(httpFaultsAtMost)
                                                     + " http faults"};
    faults_.push_back({std::move(fault)});
    return {};
}

Refused HttpFaults::update(HttpFault fault) {
    if (auto const flaw = flawOf(fault); !flaw.empty())
        return bad(flaw);
    Counted* const found = find(fault.name);
    if (found == nullptr)
        return noFault();
    found->fault = std::move(fault);
    return {};
}

Refused HttpFaults::remove(std::string const& name) {
    auto const found = std::find_if(faults_.begin(), faults_.end(), [&](Counted const& counted) {
        return counted.fault.name == name;
    });
    if (found == faults_.end())
        return noFault();
    faults_.erase(found);
    return {};
}

std::vector<HttpFault> HttpFaults::list() const {
    std::vector<HttpFault> faults;
    for (Counted const& counted : faults_)
        faults.push_back(counted.fault);
    return faults;
}

std::int64_t HttpFaults::befallen(std::string const& name) const {
    Counted const* const found = find(name);
    return found == nullptr ? 0 : found->befallen;
}

std::vector<std::string> HttpFaults::befall(std::string_view method, std::string_view path,
                                            chance::Stream const& luck, chance::Key request) {
    std::vector<std::string> names;
    for (Counted& counted : faults_) {
        HttpFault const& fault = counted.fault;
        if (!matches(fault, method, path) || (fault.first && counted.befallen >= *fault.first))
            continue;
        if (luck.uniform(chance::mixKey(request, chance::hashName(fault.name)), 0) >= fault.share)
            continue;
        ++counted.befallen;
        names.push_back(fault.name);
        if (fault.abort)
            break;
    }
    return names;
}

HttpOutcome HttpFaults::outcomeOf(std::vector<std::string> const& names) const {
    HttpOutcome outcome;
    for (std::string const& name : names) {
        Counted const* const found = find(name);
        if (found == nullptr)
            continue;
        Duration const delay = found->fault.delay.value_or(Duration());
        bool const fits = delay <= Duration::none() - outcome.delay;
        outcome.delay = fits ? outcome.delay + delay : Duration::none();
        HttpChange const& change = found->fault.change;
        outcome.change.fields.insert(outcome.change.fields.end(), change.fields.begin(),
                                     change.fields.end());
        if (change.body)
            outcome.change.body = change.body;
        if (found->fault.abort) {
            outcome.abort = found->fault.abort;
            break;
        }
    }
    return outcome;
}

} // namespace shakedown::proxy
