#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "reports/record/moments.hpp"
#include "reports/verdict/evidence.hpp"
#include "sim/run/simulate.hpp"

/// What a run in a child process tells its parent: lines, each with a letter for its kind, and the
/// evidence as a block of bytes at the end.
namespace shakedown::run {

/// What to say of a run in a process of its own that came to nothing.
Diagnostic runFailed(std::string why);

/// The child's end: takes the moments of its run.
class ChildReport final : public record::MomentSink {
public:
    explicit ChildReport(std::FILE* out) : out_(out) {}
    void begin(record::Header const& header) override;
    void take(record::Moment const& moment) override;
    void progress(Progress const& progress);
    void failure(std::string const& why);
    /// The last word; false if something could not be written.
    bool evidence(verdict::Evidence const& evidence);

private:
    void line(char kind, std::string const& text);
    std::FILE* out_;
};

/// The parent's end: fed with bytes as they come.
class ParentReport {
public:
    /// `sink` and `onProgress` may be empty.
    ParentReport(record::MomentSink* sink, std::function<void(Progress const&)> onProgress)
        : sink_(sink), onProgress_(std::move(onProgress)) {}
    void feed(std::string_view bytes);
    /// After all bytes: the evidence, or why there is none.
    Result<verdict::Evidence> finish() const;

private:
    void takeLine(std::string_view line);

    record::MomentSink* sink_;
    std::function<void(Progress const&)> onProgress_;
    std::string pending_; // of a line not complete yet, or the evidence
    bool inEvidence_ = false;
    std::optional<record::Header> header_;
    std::string failure_;
};

} // namespace shakedown::run
