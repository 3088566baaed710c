#include "scenarios/reading/sources.hpp"

#include <algorithm>
#include <fstream>

#include "scenarios/reading/codes.hpp"
#include "scenarios/reading/limits.hpp"
#include "scenarios/reading/quantity_grammar.hpp"

namespace shakedown::reading {

namespace fs = std::filesystem;

namespace {

Diagnostic badFile(char const* code, std::string message, std::string hint = {}) {
    return {Severity::Error, code, std::move(message), std::move(hint), {}};
}

fs::path folderOf(fs::path const& file) {
    fs::path const parent = file.parent_path();
    std::error_code ignored;
    fs::path const real = fs::weakly_canonical(parent.empty() ? fs::path(".") : parent, ignored);
    return real.empty() ? fs::path(".") : real;
}

bool isBelow(fs::path const& file, fs::path const& folder) {
    auto const ends = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
    return ends.first == folder.end();
}

std::string_view withoutCommentAndSpaces(std::string_view line) {
    line = line.substr(0, line.find('#'));
    auto const isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!line.empty() && isSpace(line.back())) {
        line.remove_suffix(1);
    }
    while (!line.empty() && isSpace(line.front())) {
        line.remove_prefix(1);
    }
    return line;
}

Result<std::vector<double>> parseDurations(std::string_view text, std::string const& file) {
    std::vector<double> values;
    for (int number = 1; !text.empty(); ++number) {
        auto const end = text.find('\n');
        std::string_view const line = withoutCommentAndSpaces(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (line.empty()) {
            continue;
        }
        auto const seconds = parseSeconds(line);
        bool const isNegative = seconds.ok() && seconds.value() < 0;
        if (!seconds || isNegative) {
            return badFile(
                codes::badDataFile,
                file + ", line " + std::to_string(number) + ": "
                    + (isNegative ? "a negative duration" : seconds.errors().front().message),
                "one duration a line, such as 12ms");
        }
        if (values.size() >= limits::dataFileValues) {
            return badFile(codes::badDataFile, file + " holds too many values");
        }
        values.push_back(seconds.value());
    }
    if (values.empty()) {
        return badFile(codes::badDataFile, file + " holds no durations",
                       "one duration a line, such as 12ms");
    }
    return values;
}

} // namespace

Result<std::string> readBounded(fs::path const& file, std::size_t limit) {
    std::error_code problem;
    if (!fs::is_regular_file(file, problem)) {
        return badFile(codes::unreadableFile, fs::exists(file, problem)
                                                  ? "'" + file.string() + "' is not a file"
                                                  : "there is no file '" + file.string() + "'");
    }
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return badFile(codes::unreadableFile, "the file '" + file.string() + "' cannot be opened");
    }
    // The size is not asked for first: a file may grow while it is read.
    std::string bytes(limit + 1, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    if (bytes.size() > limit) {
        return badFile(codes::tooLarge,
                       "the file has more than " + std::to_string(limit) + " bytes");
    }
    return bytes;
}

Sources::Sources(fs::path const& scenarioFile) : folder_(folderOf(scenarioFile)) {}

Result<fs::path> Sources::resolve(std::string const& name, std::string const& from) const {
    fs::path const written(name);
    if (name.empty() || written.is_absolute()) {
        return badFile(codes::badInclude, "'" + name + "' is not a path relative to this file",
                       "files stand below the scenario's folder");
    }
    std::error_code problem;
    // Absolute, because a relative path that does not exist would stay relative.
    fs::path const base =
        yamlFiles_.contains(from) ? fs::absolute(from, problem).parent_path() : folder_;
    fs::path const wanted = base / written;
    fs::path const lexical = fs::weakly_canonical(wanted, problem);
    if (problem || !isBelow(lexical, folder_)) {
        return badFile(codes::badInclude, "'" + name + "' leads out of the scenario's folder",
                       "files stand below the scenario's folder, symbolic links followed");
    }
    if (!fs::is_regular_file(lexical, problem)) {
        return badFile(codes::badInclude, "there is no file '" + name + "' here",
                       "paths are relative to the file that names them");
    }
    return lexical;
}

std::string Sources::nameFromFolder(fs::path const& real) const {
    return real.lexically_relative(folder_).generic_string();
}

Result<Sources::Values> Sources::durations(fs::path const& real) {
    if (auto const found = loaded_.find(real); found != loaded_.end()) {
        return found->second;
    }
    auto const bytes = readBounded(real, limits::dataFileBytes);
    if (!bytes) {
        return bytes.errors();
    }
    auto values = parseDurations(bytes.value(), nameFromFolder(real));
    if (!values) {
        return values.errors();
    }
    loadedValues_ += values.value().size();
    if (loadedValues_ > 4 * limits::dataFileValues) {
        return badFile(codes::badDataFile, "the data files hold too many values together");
    }
    auto shared = std::make_shared<std::vector<double> const>(std::move(values).value());
    loaded_.emplace(real, shared);
    return shared;
}

} // namespace shakedown::reading
