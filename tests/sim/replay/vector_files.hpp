#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "scenarios/vectors/vectors.hpp"

namespace shakedown::tests {

inline Result<vectors::Suite> readVectorFile(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return vectors::readVectors(text.str(), file.string());
}

} // namespace shakedown::tests
