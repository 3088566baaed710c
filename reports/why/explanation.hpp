#pragma once

#include <memory>

#include "reports/why/account.hpp"
#include "reports/why/blast.hpp"
#include "reports/why/course.hpp"
#include "reports/why/tale.hpp"

namespace shakedown::why {

/// Everything that is said of why a run went as it did. Equal records give equal explanations.
struct Explanation {
    record::Header header;
    Subject subject;
    Account account;
    Tale tale;
    Blast blast;
    /// False if the record holds no intervals and requests (level summary): then all is empty.
    bool isFounded = false;

    bool hurts() const { return account.bad > 0; }
};

Explanation explanationOf(Course const& course, Subject subject = {});

/// Shares of causes in tenths of a percent, rounded so that they add up to 1000.
std::vector<int> inTenthsOfPercent(std::vector<Blamed> const& causes);

/// "retries of stock -> database: 2.7 attempts a request".
std::string amplifierText(Amplifier const& amplifier, record::Header const& header);
} // namespace shakedown::why
