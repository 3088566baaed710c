#pragma once

#include <string>
#include <utility>
#include <vector>

namespace shakedown::storms {

/// A file of tests/data/storms under some changes, and what comes of it.
struct Storm {
    std::string name;
    std::string file;
    std::vector<std::pair<std::string, std::string>> changes; ///< path and value, as `--set` has it
    std::vector<std::string> outcome; ///< conditions that all hold in a seed that "is so"
    int atLeast = 0;                  ///< of `seeds` seeds are so
    int atMost = 0;
    int seeds = 10;
    /// Of the value of one more condition over the seeds, in its unit (shares from 0 to 1).
    struct Mean {
        std::string condition;
        double least = 0;
        double most = 0;
    };
    std::vector<Mean> means = {};
};

std::vector<Storm> metastable(); ///< HotOS 2021 and 2025
std::vector<Storm> retrying();   ///< Brooker
std::vector<Storm> guarded();    ///< breakers, hedges, queues
std::vector<Storm> lessons();    ///< pools, stalls, overload

} // namespace shakedown::storms
