#include "gui/session/record_stream.hpp"

#include <utility>
#include <variant>

#include "reports/record/line_parsing.hpp"

namespace shakedown::gui {

bool RecordStream::feed(std::string_view bytes) {
    while (error_.empty() && !bytes.empty()) {
        auto const end = bytes.find('\n');
        if (end == std::string_view::npos) {
            line_.append(bytes);
            if (line_.size() > longestLine)
                fail("is longer than 16 MiB");
            break;
        }
        if (line_.empty()) {
            takeLine(bytes.substr(0, end));
        } else {
            line_.append(bytes.substr(0, end));
            takeLine(std::exchange(line_, {}));
        }
        bytes.remove_prefix(end + 1);
    }
    return error_.empty();
}

void RecordStream::takeLine(std::string_view line) {
    ++number_;
    if (!header_) {
        auto header = record::parseHeader(line);
        if (auto const* fault = std::get_if<record::LineFault>(&header))
            return fail("is no header of a record: " + fault->why);
        header_ = std::get<record::Header>(std::move(header));
        sink_.begin(*header_);
        return;
    }
    auto content = record::parseLine(line, *header_);
    if (auto const* fault = std::get_if<record::LineFault>(&content))
        return fail("cannot be read: " + fault->why);
    auto const& told = std::get<record::LineContent>(content);
    if (auto const* moment = std::get_if<record::Moment>(&told))
        sink_.take(*moment);
    else if (auto const* left = std::get_if<record::LeftOut>(&told))
        leftOut_ += left->requests;
}

void RecordStream::fail(std::string why) {
    error_ = "line " + std::to_string(number_ == 0 ? 1 : number_) + " " + std::move(why);
    line_.clear();
}

} // namespace shakedown::gui
