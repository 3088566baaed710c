#include "reports/verdict/conservation.hpp"

namespace shakedown::verdict {

namespace {

std::string sentence(std::string const& subject, std::uint64_t left, std::string const& what,
                     std::uint64_t right, std::string const& ends) {
    return subject + ": " + std::to_string(left) + " " + what + ", but " + std::to_string(right)
           + " " + ends;
}

std::string nameOr(std::vector<std::string> const& names, std::size_t i, char const* kind) {
    return i < names.size() ? names[i] : kind + std::to_string(i);
}

} // namespace

std::vector<std::string> conservationFaults(Evidence const& evidence, record::Names const& names) {
    std::vector<std::string> faults;
    if (evidence.liveAtEnd.size() != evidence.whole.size()) {
        faults.push_back("the requests held at the end were not counted for every load");
        return faults;
    }
    for (std::size_t i = 0; i < evidence.whole.size(); ++i) {
        auto const& load = evidence.whole[i];
        std::uint64_t const seen = load.ended() + evidence.liveAtEnd[i];
        if (load.offered != seen) {
            faults.push_back(sentence(nameOr(names.loads, i, "load "), load.offered, "offered",
                                      seen, "ended or are in flight"));
        }
        std::uint64_t const answered =
            load.of(measure::Outcome::Ok) + load.of(measure::Outcome::Degraded);
        if (load.good > answered) {
            faults.push_back(sentence(nameOr(names.loads, i, "load "), answered, "answered",
                                      load.good, "in time"));
        }
    }
    for (std::size_t i = 0; i < evidence.calls.size(); ++i) {
        auto const& c = evidence.calls[i];
        std::uint64_t const seen =
            c.succeeded + c.timeouts + c.errors + c.refused + c.cancelled + c.pending;
        if (c.attempts != seen) {
            faults.push_back(sentence(nameOr(names.calls, i, "call "), c.attempts, "attempts", seen,
                                      "ended or are pending"));
        }
    }
    return faults;
}

} // namespace shakedown::verdict
