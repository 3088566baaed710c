#include "reports/why/span_tree.hpp"

#include <algorithm>

namespace shakedown::why {

using record::Cause;

SpanTree::SpanTree(record::Request const& request) : request_(&request) {
    below_.resize(request.spans.size());
    for (std::uint32_t i = 0; i < request.spans.size(); ++i) {
        std::uint32_t const parent = request.spans[i].parent;
        (parent == record::nobody ? roots_ : below_[parent]).push_back(i);
    }
}

std::vector<std::uint32_t> const& SpanTree::beside(std::uint32_t span) const {
    std::uint32_t const parent = request_->spans[span].parent;
    return parent == record::nobody ? roots_ : below_[parent];
}

std::optional<std::uint32_t> SpanTree::failedBelow(std::uint32_t span) const {
    auto const& above = request_->spans[span];
    SimTime const until = std::min({above.ended, above.answered, request_->ended});
    std::optional<std::uint32_t> last;
    for (std::uint32_t const i : below_[span]) {
        auto const& s = request_->spans[i];
        bool const failed =
            s.cause != Cause::None && s.cause != Cause::Cancelled && s.answered <= until;
        if (failed && (!last || s.answered >= request_->spans[*last].answered)) {
            last = i;
        }
    }
    return last;
}

std::vector<std::uint32_t> SpanTree::wayDown() const {
    std::vector<std::uint32_t> way;
    if (!roots_.empty()) {
        way.push_back(roots_.back());
    }
    while (!way.empty()) {
        auto const& s = request_->spans[way.back()];
        auto const below = failedBelow(way.back());
        // The status of an error is handed on by who called.
        bool const isHandedOn =
            s.cause == Cause::ErrorReply || s.cause == Cause::None
            || (s.cause == Cause::Injected && below && request_->spans[*below].answered == s.ended);
        if (!below || !isHandedOn) {
            break;
        }
        way.push_back(*below);
    }
    return way;
}

} // namespace shakedown::why
