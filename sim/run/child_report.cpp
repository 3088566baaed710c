#include "sim/run/child_report.hpp"

#include <sstream>
#include <variant>

#include "reports/record/line_parsing.hpp"
#include "reports/record/line_writing.hpp"
#include "reports/verdict/evidence_bytes.hpp"

namespace shakedown::run {

namespace {

constexpr char headerLine = 'H';
constexpr char momentLine = 'M';
constexpr char progressLine = 'P';
constexpr char failureLine = 'F';
constexpr char evidenceFollows = 'E';

} // namespace

Diagnostic runFailed(std::string why) {
    return {Severity::Error, "E902", std::move(why), "", {}};
}

void ChildReport::line(char kind, std::string const& text) {
    std::fputc(kind, out_);
    std::fwrite(text.data(), 1, text.size(), out_);
    if (text.empty() || text.back() != '\n')
        std::fputc('\n', out_);
}

void ChildReport::begin(record::Header const& header) {
    std::string text;
    record::appendLine(text, header);
    line(headerLine, text);
}

void ChildReport::take(record::Moment const& moment) {
    std::string text;
    record::appendLine(text, moment);
    line(momentLine, text);
}

void ChildReport::progress(Progress const& p) {
    std::ostringstream text;
    text << p.at.count() << ' ' << p.of.count() << ' ' << p.events << ' ' << p.good;
    line(progressLine, text.str());
    std::fflush(out_);
}

void ChildReport::failure(std::string const& why) {
    std::string text = why;
    for (char& c : text)
        c = c == '\n' ? ' ' : c;
    line(failureLine, text);
}

bool ChildReport::evidence(verdict::Evidence const& evidence) {
    line(evidenceFollows, "");
    std::string const bytes = verdict::serialise(evidence);
    bool const ok = std::fwrite(bytes.data(), 1, bytes.size(), out_) == bytes.size();
    return std::fflush(out_) == 0 && ok && std::ferror(out_) == 0;
}

void ParentReport::feed(std::string_view bytes) {
    pending_ += bytes;
    std::size_t begin = 0;
    while (!inEvidence_) {
        auto const end = pending_.find('\n', begin);
        if (end == std::string::npos)
            break;
        takeLine(std::string_view(pending_).substr(begin, end - begin));
        begin = end + 1;
    }
    pending_.erase(0, begin);
}

void ParentReport::takeLine(std::string_view line) {
    char const kind = line.empty() ? ' ' : line.front();
    std::string_view const text = line.empty() ? line : line.substr(1);
    if (kind == headerLine) {
        auto parsed = record::parseHeader(text);
        if (auto* const header = std::get_if<record::Header>(&parsed)) {
            header_ = std::move(*header);
            if (sink_ != nullptr)
                sink_->begin(*header_);
        }
    } else if (kind == momentLine && header_) {
        auto const parsed = record::parseLine(text, *header_);
        auto const* const content = std::get_if<record::LineContent>(&parsed);
        auto const* const moment =
            content != nullptr ? std::get_if<record::Moment>(content) : nullptr;
        if (moment == nullptr)
            failure_ = "a moment of the run cannot be read";
        else if (sink_ != nullptr)
            sink_->take(*moment);
    } else if (kind == progressLine && onProgress_) {
        std::istringstream in{std::string(text)};
        std::int64_t at = 0;
        std::int64_t of = 0;
        Progress progress;
        in >> at >> of >> progress.events >> progress.good;
        progress.at = SimTime::atNanoseconds(at);
        progress.of = Duration::nanoseconds(of);
        onProgress_(progress);
    } else if (kind == failureLine) {
        failure_ = text;
    } else if (kind == evidenceFollows) {
        inEvidence_ = true;
    }
}

Result<verdict::Evidence> ParentReport::finish() const {
    if (!failure_.empty())
        return runFailed(failure_);
    if (!inEvidence_)
        return runFailed("the process of a run died");
    return verdict::deserialise(pending_);
}

} // namespace shakedown::run
