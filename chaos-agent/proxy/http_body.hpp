#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace shakedown::proxy {

/// Where the body of an HTTP message ends: a machine that is shown the bytes of the connection one
/// after the other and keeps none of them. Chunks, their extensions and trailers are checked for
/// their form (RFC 9112, 7.1), strictly, and not read.
class HttpBody {
public:
    static HttpBody ofLength(std::uint64_t bytes) { return {Part::Data, bytes, Framing::Length}; }
    static HttpBody chunked() { return {Part::Size, 0, Framing::Chunked}; }
    /// Lasts until the stream ends.
    static HttpBody toTheEnd() { return {Part::Data, 0, Framing::End}; }

    enum class Progress : std::uint8_t { More, Done, Odd };
    struct Step {
        std::size_t bytes; // of those shown that belong to the body; of an odd one up to the flaw
        Progress progress;
    };
    /// Odd where bytes are not in the form of chunks: where the body ends cannot be known then.
    Step follow(std::string_view bytes);

    bool isEmpty() const { return framing_ == Framing::Length && left_ == 0; }

private:
    enum class Framing : std::uint8_t { Length, Chunked, End };
    // Where in a chunk, or behind the last one, the next byte belongs.
    enum class Part : std::uint8_t {
        Size,
        Extension,
        SizeEnd,
        Data,
        DataReturn,
        DataEnd,
        Trailer,
        TrailerEnd,
        LastEnd
    };

    HttpBody(Part part, std::uint64_t left, Framing framing)
        : left_(left), part_(part), framing_(framing) {}

    Progress onFraming(char c);
    Progress onSize(char c);
    Progress onTrailer(char c);
    // Takes the byte if it is that one; the next belongs to `next`.
    Progress expect(char c, char wanted, Part next);

    std::uint64_t left_;      // bytes of data
    std::uint32_t line_ = 0;  // bytes of this line, or of all trailers
    std::uint32_t field_ = 0; // bytes of this trailer
    Part part_;
    Framing framing_;
    bool hasColon_ = false; // this trailer
};

} // namespace shakedown::proxy
