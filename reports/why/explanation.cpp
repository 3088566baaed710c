#include "reports/why/explanation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "reports/record/number_text.hpp"

namespace shakedown::why {

Explanation explanationOf(Course const& course, Subject subject) {
    Explanation explanation;
    explanation.header = course.header();
    explanation.subject = subject;
    explanation.isFounded =
        record::holdsRequests(course.header().level) && !course.stretches().empty();
    if (!explanation.isFounded) {
        return explanation;
    }
    Pools const pools(course);
    explanation.account = explain(course, pools, subject);
    explanation.tale = tell(course);
    explanation.blast = blastOf(course, explanation.tale);
    return explanation;
}

// By largest remainders (Hamilton's method of apportionment).
std::vector<int> inTenthsOfPercent(std::vector<Blamed> const& causes) {
    std::vector<int> tenths;
    std::vector<std::pair<double, std::size_t>> rests;
    int sum = 0;
    for (std::size_t i = 0; i < causes.size(); ++i) {
        double const exact = causes[i].share * 1000;
        tenths.push_back(static_cast<int>(std::floor(exact)));
        rests.emplace_back(-(exact - std::floor(exact)), i);
        sum += tenths.back();
    }
    std::sort(rests.begin(), rests.end());
    for (std::size_t i = 0; i < rests.size() && sum < 1000; ++i, ++sum) {
        ++tenths[rests[i].second];
    }
    return tenths;
}

std::string amplifierText(Amplifier const& amplifier, record::Header const& header) {
    return (amplifier.kind == AmplifierKind::Retries ? "retries of " : "hedges of ")
           + header.names.calls[amplifier.call] + ": " + record::significant(amplifier.factor, 3)
           + " attempts a request";
}

} // namespace shakedown::why
