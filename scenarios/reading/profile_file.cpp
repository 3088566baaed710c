#include "scenarios/reading/profile_file.hpp"

#include <sstream>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/quantity_grammar.hpp"
#include "scenarios/reading/sources.hpp"

namespace shakedown::reading {

namespace {

using Steps = std::vector<model::Profile::Step>;

// As of the speed of a host.
constexpr double leastFactor = 1e-6;
constexpr double mostFactor = 1e6;

constexpr auto example = "'SECONDS VALUE' a line, such as '60 0.5'";

std::vector<std::string> wordsOf(std::string line) {
    line.resize(std::min(line.size(), line.find('#')));
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;) {
        words.push_back(word);
    }
    return words;
}

class ProfileReader {
public:
    explicit ProfileReader(std::string const& name) : name_(name) {}

    Result<model::Profile> read(std::string const& text) {
        std::istringstream in(text);
        for (std::string line; std::getline(in, line) && problem_.empty();) {
            ++line_;
            if (auto const words = wordsOf(line); !words.empty()) {
                take(words);
            }
        }
        if (problem_.empty() && steps_.empty()) {
            problem_ = "no steps";
        }
        if (!problem_.empty()) {
            return Diagnostic{Severity::Error,
                              codes::badDataFile,
                              name_ + ", line " + std::to_string(line_) + ": " + problem_,
                              example,
                              {}};
        }
        model::Profile profile{name_, std::make_shared<Steps const>(steps_), Duration::none()};
        if (!loopAfter_.isNone()) {
            profile.period = steps_.back().at + loopAfter_;
        } else if (!periodicity_.isNone()) {
            profile.period = periodicity_;
        }
        if (profile.period <= Duration() || profile.period < steps_.back().at) {
            return Diagnostic{Severity::Error,
                              codes::badDataFile,
                              name_ + ": it is played again before it is over",
                              example,
                              {}};
        }
        return profile;
    }

private:
    void take(std::vector<std::string> const& words) {
        if (words.size() != 2) {
            problem_ = "two words are expected";
            return;
        }
        bool const loops = words[0] == "LOOPAFTER";
        bool const repeats = words[0] == "PERIODICITY";
        auto const first = parseNumber(loops || repeats ? words[1] : words[0]);
        auto const second = parseNumber(words[1]);
        if (!first || !second || first.value() < 0 || second.value() < 0) {
            problem_ = "two numbers are expected, neither below 0";
            return;
        }
        Duration const at = Duration::fromSeconds(first.value());
        if (loops || repeats) {
            (loops ? loopAfter_ : periodicity_) = at;
            return;
        }
        bool const isInRange =
            second.value() == 0 || (second.value() >= leastFactor && second.value() <= mostFactor);
        if (!steps_.empty() && at <= steps_.back().at) {
            problem_ = "the steps stand in order of time";
        } else if (!isInRange) {
            problem_ = "a value is 0, or between 0.000001 and 1000000";
        } else if (steps_.size() >= limits::profileSteps) {
            problem_ = "more than " + std::to_string(limits::profileSteps) + " steps";
        }
        steps_.push_back({at, second.value()});
    }

    std::string const& name_;
    int line_ = 0;
    std::string problem_;
    Steps steps_;
    Duration loopAfter_ = Duration::none();
    Duration periodicity_ = Duration::none();
};

} // namespace

Result<model::Profile> readProfile(std::filesystem::path const& file, std::string const& name) {
    auto const text = readBounded(file, limits::dataFileBytes);
    if (!text) {
        return text.errors();
    }
    return ProfileReader(name).read(text.value());
}

} // namespace shakedown::reading
