#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <variant>

#include "reports/record/moments.hpp"
#include "reports/record/state_frame.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"
#include "scenarios/vocabulary/quantities.hpp"

namespace shakedown::record {

inline constexpr Bytes defaultRecordLimit = Bytes::of(std::int64_t{1} << 30);

/// Writes a record as NDJSON, whole lines at a time. At Level::Summary only the header, changes of
/// state and the end are written. Beyond the limit, request moments are left out, and a line
/// before the end says how many; everything else is few and always written. A live run is handed
/// over with every moment that is no request, for whoever follows it.
class RecordWriter final : public MomentSink {
public:
    /// Writes to an open file descriptor or a stream, neither of which it owns.
    explicit RecordWriter(int descriptor, Bytes limit = defaultRecordLimit);
    explicit RecordWriter(std::ostream& stream, Bytes limit = defaultRecordLimit);
    /// Flushes.
    ~RecordWriter() override;

    void begin(Header const& header) override;
    void take(Moment const& moment) override;
    /// Hands over what is buffered, so that the file holds every moment taken so far.
    void flush();

    std::uint64_t requestsLeftOut() const { return leftOut_; }
    /// Bytes written or buffered.
    std::uint64_t size() const { return handedOver_ + buffer_.size(); }
    /// Why writing failed, if it did (a full disk); from then on nothing is written.
    std::optional<Diagnostic> const& failure() const { return failure_; }

private:
    bool isWanted(Moment const& moment) const;
    bool isBeyondLimit() const;
    enum class Hand : std::uint8_t { WhenFull, Now };
    void endLine(Hand when);
    void hand(std::string const& bytes);
    void fail(std::string why);

    std::variant<int, std::ostream*> out_;
    std::uint64_t limit_;
    std::string buffer_;
    std::uint64_t handedOver_ = 0;
    Header header_;
    StateFrame state_;
    int linesSinceFrame_ = 0;
    std::uint64_t leftOut_ = 0;
    bool ended_ = false;
    std::optional<Diagnostic> failure_;
};

} // namespace shakedown::record
