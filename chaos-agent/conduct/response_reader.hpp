#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace shakedown::conduct {

/// Reads the answer to one GET piece by piece, however the bytes are cut (RFC 9112). The body is
/// passed over, never kept.
class ResponseReader {
public:
    enum class State : std::uint8_t { Reading, Done, Broken };

    /// What follows a whole answer breaks it: nobody asked for more.
    State take(std::string_view bytes);
    /// The stream is over: that ends a body without a length.
    State end();

    State state() const { return state_; }
    /// 100 to 599, once the head was read; else 0.
    int status() const { return status_; }
    /// Whether the connection can be used again; meant of a whole answer.
    bool keepsAlive() const { return keepsAlive_ && framing_ != Framing::UntilEnd; }
    bool hasBegun() const { return hasBegun_; }

private:
    enum class Framing : std::uint8_t { Length, Chunked, UntilEnd };
    enum class Part : std::uint8_t { Head, Body, ChunkSize, ChunkData, ChunkEnd, Trailer };

    void takeLine(std::string_view line);
    void takeStatusLine(std::string_view line);
    void takeField(std::string_view line);
    void endHead();
    void takeChunkSize(std::string_view line);
    void breakOff() { state_ = State::Broken; }

    State state_ = State::Reading;
    Part part_ = Part::Head;
    Framing framing_ = Framing::UntilEnd;
    std::string line_; // what has come of it
    std::uint64_t headSize_ = 0;
    std::uint64_t left_ = 0; // of the body or the chunk
    int status_ = 0;
    bool hasLength_ = false;
    bool hasBegun_ = false;
    bool keepsAlive_ = true;
};

} // namespace shakedown::conduct
