#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chaos-agent/system/failure.hpp"
#include "chaos-agent/system/network_namespace.hpp"
#include "chaos-agent/system/process.hpp"
#include "scenarios/vocabulary/time.hpp"

namespace shakedown::system {

/// A program and its arguments; the first word is an absolute path. No shell reads any of it.
using Words = std::vector<std::string>;

/// Nothing if it is an absolute path of a file that may be executed, without a NUL in any word.
Failed checkWords(Words const& words);

struct Finished {
    int status = 0; // the exit code, or 128 plus the signal that ended it
    std::string output;
    std::string errors;
};

/// Runs a program to its end, with `input` as its standard input, inside of a network namespace if
/// one is given. At most 1 MiB of each stream is kept. After `within` it is killed, which is a
/// failure; so it is when the calling thread ends. Its environment is PATH and LC_ALL=C.
Got<Finished> run(Words const& words, std::string const& input, Duration within,
                  NetworkNamespace const* place = nullptr);

/// Starts a program and lets it go: in a session of its own, with none of our descriptors and its
/// streams at /dev/null; nobody has to wait for it. The environment is as with run.
Failed launch(Words const& words);

} // namespace shakedown::system
