#pragma once

#include <array>
#include <string>
#include <vector>

#include "chaos-agent/system/program.hpp"

/// What a child that becomes a program needs, made before the fork: after it nothing may allocate.
namespace shakedown::system {

/// Of a child that could not become the program.
inline constexpr int cannotExecute = 127;

class PreparedProgram {
public:
    explicit PreparedProgram(Words const& words);
    PreparedProgram(PreparedProgram const&) = delete;
    PreparedProgram& operator=(PreparedProgram const&) = delete;

    /// Returns only if it cannot. Its environment is PATH and LC_ALL=C.
    void execute();

private:
    Words words_;
    std::string path_ = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
    std::string locale_ = "LC_ALL=C";
    std::vector<char*> arguments_;
    std::array<char*, 3> environment_{path_.data(), locale_.data(), nullptr};
};

/// Every signal does what it does unless told, and none is blocked.
void resetSignals();

} // namespace shakedown::system
