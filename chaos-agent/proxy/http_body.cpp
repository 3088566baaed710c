#include "chaos-agent/proxy/http_body.hpp"

#include <algorithm>

namespace shakedown::proxy {

namespace {

constexpr std::uint32_t sizeDigitsAtMost = 15;
constexpr std::uint32_t sizeLineAtMost = 256;
constexpr std::uint32_t trailersAtMost = 16 * 1024;

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool isControl(char c) {
    return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f;
}

} // namespace

HttpBody::Step HttpBody::follow(std::string_view bytes) {
    if (framing_ == Framing::End)
        return {bytes.size(), Progress::More};
    std::size_t at = 0;
    while (true) {
        if (part_ == Part::Data) {
            auto const count =
                static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - at));
            at += count;
            left_ -= count;
            if (left_ > 0)
                return {at, Progress::More};
            if (framing_ == Framing::Length)
                return {at, Progress::Done};
            part_ = Part::DataReturn;
        }
        if (at == bytes.size())
            return {at, Progress::More};
        Progress const progress = onFraming(bytes[at]);
        if (progress == Progress::Odd)
            return {at, progress};
        ++at;
        if (progress == Progress::Done)
            return {at, progress};
    }
}

HttpBody::Progress HttpBody::onFraming(char c) {
    switch (part_) {
    case Part::Size:
        return onSize(c);
    case Part::Extension:
        if (c == '\r')
            part_ = Part::SizeEnd;
        return c == '\r' || (!isControl(c) && ++line_ < sizeLineAtMost) ? Progress::More
                                                                        : Progress::Odd;
    case Part::SizeEnd:
        line_ = 0;
        return expect(c, '\n', left_ > 0 ? Part::Data : Part::Trailer);
    case Part::Data:
        break; // is counted, not looked at
    case Part::DataReturn:
        return expect(c, '\r', Part::DataEnd);
    case Part::DataEnd:
        return expect(c, '\n', Part::Size);
    case Part::Trailer:
        return onTrailer(c);
    case Part::TrailerEnd:
        field_ = 0;
        hasColon_ = false;
        return expect(c, '\n', Part::Trailer);
    case Part::LastEnd:
        return c == '\n' ? Progress::Done : Progress::Odd;
    }
    return Progress::Odd;
}

HttpBody::Progress HttpBody::onSize(char c) {
    if (int const digit = hexDigit(c); digit >= 0 && line_ < sizeDigitsAtMost) {
        left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
        ++line_;
        return Progress::More;
    }
    if (line_ == 0 || (c != ';' && c != '\r'))
        return Progress::Odd;
    part_ = c == ';' ? Part::Extension : Part::SizeEnd;
    return Progress::More;
}

HttpBody::Progress HttpBody::onTrailer(char c) {
    if (++line_ > trailersAtMost)
        return Progress::Odd;
    if (c == '\r') {
        if (field_ > 0 && !hasColon_)
            return Progress::Odd;
        part_ = field_ == 0 ? Part::LastEnd : Part::TrailerEnd;
        return Progress::More;
    }
    bool const beginsOddly = field_ == 0 && (c == ' ' || c == '\t' || c == ':');
    if (isControl(c) || beginsOddly)
        return Progress::Odd;
    hasColon_ = hasColon_ || c == ':';
    ++field_;
    return Progress::More;
}

HttpBody::Progress HttpBody::expect(char c, char wanted, Part next) {
    if (c != wanted)
        return Progress::Odd;
    part_ = next;
    return Progress::More;
}

} // namespace shakedown::proxy
