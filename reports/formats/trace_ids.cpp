#include "reports/formats/trace_ids.hpp"

#include <initializer_list>

#include "reports/record/digest.hpp"

namespace shakedown::formats {

namespace {

// An id of zeros alone means that there is none (W3C Trace Context, sections 3.2.2.3 and 3.2.2.4).
std::uint64_t mixed(std::initializer_list<std::uint64_t> words) {
    record::Digest digest;
    for (auto const word : words) {
        digest.mix(word);
    }
    return digest.value() == 0 ? 1 : digest.value();
}

std::uint64_t half(record::Header const& h, record::Request const& r, std::uint64_t which) {
    return mixed({which, h.seed, h.replication, r.load, r.number});
}

} // namespace

TraceIds::TraceIds(record::Header const& header, record::Request const& request)
    : first_(half(header, request, 0)),
      trace_(record::digestText(first_) + record::digestText(half(header, request, 1))) {}

std::string TraceIds::span(Side side, std::size_t span) const {
    return record::digestText(mixed({first_, static_cast<std::uint64_t>(side), span}));
}

} // namespace shakedown::formats
