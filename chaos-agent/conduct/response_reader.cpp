#include "chaos-agent/conduct/response_reader.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace shakedown::conduct {

namespace {

constexpr std::uint64_t headAtMost = 64UL * 1024;

std::string lowered(std::string_view text) {
    std::string low(text);
    std::transform(low.begin(), low.end(), low.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return low;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::optional<std::uint64_t> numberOf(std::string_view text, int base) {
    std::uint64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    bool const isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole ? std::optional(number) : std::nullopt;
}

} // namespace

ResponseReader::State ResponseReader::take(std::string_view bytes) {
    hasBegun_ = hasBegun_ || !bytes.empty();
    while (!bytes.empty() && state_ == State::Reading) {
        if (part_ == Part::Body || part_ == Part::ChunkData) {
            bool const isEndless = part_ == Part::Body && framing_ == Framing::UntilEnd;
            auto const some =
                isEndless ? bytes.size() : std::min<std::uint64_t>(left_, bytes.size());
            bytes.remove_prefix(some);
            if (isEndless)
                continue;
            left_ -= some;
            if (left_ == 0 && part_ == Part::Body)
                state_ = State::Done;
            else if (left_ == 0)
                part_ = Part::ChunkEnd;
            continue;
        }
        auto const end = bytes.find('\n');
        line_.append(bytes.substr(0, end));
        if (line_.size() + headSize_ > headAtMost) {
            breakOff();
            break;
        }
        if (end == std::string_view::npos)
            break;
        bytes.remove_prefix(end + 1);
        headSize_ += part_ == Part::Head ? line_.size() + 1 : 0;
        if (line_.ends_with('\r'))
            line_.pop_back();
        takeLine(line_);
        line_.clear();
    }
    if (state_ == State::Done && !bytes.empty())
        breakOff();
    return state_;
}

ResponseReader::State ResponseReader::end() {
    if (state_ == State::Reading) {
        bool const isWhole = part_ == Part::Body && framing_ == Framing::UntilEnd;
        state_ = isWhole ? State::Done : State::Broken;
    }
    return state_;
}

void ResponseReader::takeLine(std::string_view line) {
    switch (part_) {
    case Part::Head:
        if (status_ == 0)
            takeStatusLine(line);
        else if (line.empty())
            endHead();
        else
            takeField(line);
        return;
    case Part::ChunkSize:
        return takeChunkSize(line);
    case Part::ChunkEnd:
        part_ = Part::ChunkSize;
        if (!line.empty())
            breakOff();
        return;
    case Part::Trailer:
        if (line.empty())
            state_ = State::Done;
        return;
    case Part::Body:
    case Part::ChunkData:
        break; // not by lines
    }
}

void ResponseReader::takeStatusLine(std::string_view line) {
    bool const isHttp = line.starts_with("HTTP/1.") && line.size() >= 12 && line[8] == ' '
                        && (line.size() == 12 || line[12] == ' ');
    auto const status = isHttp ? numberOf(line.substr(9, 3), 10) : std::nullopt;
    if (!status || *status < 100 || *status > 599)
        return breakOff();
    status_ = static_cast<int>(*status);
    keepsAlive_ = line[7] != '0';
}

void ResponseReader::takeField(std::string_view line) {
    auto const colon = line.find(':');
    if (colon == std::string_view::npos)
        return breakOff();
    std::string const name = lowered(line.substr(0, colon));
    std::string const value = lowered(trimmed(line.substr(colon + 1)));
    if (name == "content-length") {
        auto const length = numberOf(value, 10);
        if (!length || (hasLength_ && *length != left_))
            return breakOff();
        hasLength_ = true;
        left_ = *length;
    } else if (name == "transfer-encoding") {
        framing_ = value.ends_with("chunked") ? Framing::Chunked : Framing::UntilEnd;
    } else if (name == "connection") {
        if (value.find("close") != std::string::npos)
            keepsAlive_ = false;
        else if (value.find("keep-alive") != std::string::npos)
            keepsAlive_ = true;
    }
}

void ResponseReader::endHead() {
    if (status_ < 200) { // the answer itself is still to come
        status_ = 0;
        hasLength_ = false;
        left_ = 0;
        return;
    }
    bool const hasNoBody = status_ == 204 || status_ == 304;
    if (framing_ != Framing::Chunked && hasLength_)
        framing_ = Framing::Length;
    if (hasNoBody || (framing_ == Framing::Length && left_ == 0)) {
        framing_ = Framing::Length;
        state_ = State::Done;
    }
    part_ = framing_ == Framing::Chunked ? Part::ChunkSize : Part::Body;
}

void ResponseReader::takeChunkSize(std::string_view line) {
    auto const size = numberOf(trimmed(line.substr(0, line.find(';'))), 16);
    if (!size)
        return breakOff();
    left_ = *size;
    part_ = left_ == 0 ? Part::Trailer : Part::ChunkData;
}

} // namespace shakedown::conduct
