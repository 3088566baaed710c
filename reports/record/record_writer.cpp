#include "reports/record/record_writer.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <ostream>
#include <system_error>

#include "reports/record/line_writing.hpp"
#include "reports/record/live.hpp"

namespace shakedown::record {

namespace {

constexpr std::size_t bufferSize = std::size_t{1} << 16;
constexpr int linesAFrame = 64;

std::uint64_t notNegative(Bytes b) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(b.count(), 0));
}

} // namespace

RecordWriter::RecordWriter(int descriptor, Bytes limit)
    : out_(descriptor), limit_(notNegative(limit)) {}

RecordWriter::RecordWriter(std::ostream& stream, Bytes limit)
    : out_(&stream), limit_(notNegative(limit)) {}

RecordWriter::~RecordWriter() {
    try {
        if (leftOut_ > 0 && !ended_) {
            appendLeftOut(buffer_, state_.at, leftOut_);
        }
        flush();
    } catch (std::exception const&) {
        // Out of memory, or a stream set to throw: what was handed over before stays readable.
    }
}

void RecordWriter::begin(Header const& header) {
    header_ = header;
    appendLine(buffer_, header);
    if (isLive(header_.platform)) {
        flush();
    }
}

bool RecordWriter::isWanted(Moment const& moment) const {
    if (std::holds_alternative<Request>(moment.what)) {
        return holdsRequests(header_.level);
    }
    return holdsIntervals(header_.level) || !std::holds_alternative<Interval>(moment.what);
}

bool RecordWriter::isBeyondLimit() const {
    return size() >= limit_;
}

void RecordWriter::take(Moment const& moment) {
    state_.follow(moment, header_);
    if (!isWanted(moment)) {
        return;
    }
    if (std::holds_alternative<Request>(moment.what)) {
        if (isBeyondLimit()) {
            ++leftOut_;
            return;
        }
        std::size_t const before = buffer_.size();
        appendLine(buffer_, moment);
        if (size() > limit_) {
            buffer_.resize(before);
            limit_ = size(); // from here on none, so that what was kept is the beginning
            ++leftOut_;
            return;
        }
    } else {
        bool const isEnd = std::holds_alternative<RunEnded>(moment.what);
        if (isEnd && leftOut_ > 0) {
            appendLeftOut(buffer_, moment.at, leftOut_);
        }
        appendLine(buffer_, moment);
        if (isEnd) {
            ended_ = true;
            flush();
            return;
        }
    }
    // Whoever follows a live run sees it as it goes, not 64 KiB later.
    bool const isNews = !std::holds_alternative<Request>(moment.what);
    endLine(isNews && isLive(header_.platform) ? Hand::Now : Hand::WhenFull);
}

void RecordWriter::endLine(Hand when) {
    if (++linesSinceFrame_ == linesAFrame && holdsIntervals(header_.level)) {
        appendLine(buffer_, state_);
        linesSinceFrame_ = 0;
    }
    if (buffer_.size() >= bufferSize || when == Hand::Now) {
        flush();
    }
}

void RecordWriter::flush() {
    if (!failure_ && !buffer_.empty()) {
        hand(buffer_);
    }
    handedOver_ += buffer_.size();
    buffer_.clear();
    if (auto* const* stream = std::get_if<std::ostream*>(&out_); stream != nullptr && !failure_) {
        (*stream)->flush();
        if (!**stream) {
            fail("the stream refused it");
        }
    }
}

void RecordWriter::hand(std::string const& bytes) {
    if (auto* const* stream = std::get_if<std::ostream*>(&out_)) {
        (*stream)->write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return;
    }
    int const descriptor = std::get<int>(out_);
    std::size_t done = 0;
    while (done < bytes.size()) {
        ssize_t const n = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (n > 0) {
            done += static_cast<std::size_t>(n);
        } else if (n < 0 && errno != EINTR) {
            fail(std::generic_category().message(errno));
            return;
        }
    }
}

void RecordWriter::fail(std::string why) {
    failure_ = Diagnostic{Severity::Error,
                          "R201",
                          "cannot write the record: " + std::move(why),
                          "what was written before is readable",
                          {}};
}

} // namespace shakedown::record
