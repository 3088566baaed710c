#include "reports/render/series_csv.hpp"

#include <algorithm>
#include <ostream>

#include "reports/record/number_text.hpp"

namespace shakedown::render {

namespace {

using record::append;
using record::milliseconds;

constexpr char const* heading = "at_s,kind,subject,"
                                "offered,ok,degraded,failed,rejected,timed_out,good,"
                                "p50_ms,p95_ms,p99_ms,"
                                "queue,in_service,arrived,finished,utilisation,"
                                "requests,attempts,retries,timeouts,failures,open\n";

// RFC 4180: quoted if needed, quotes doubled. Line breaks and other control characters would be
// legal inside quotes but break most readers; they become '?'.
std::string quoted(std::string const& text) {
    std::string clean = text;
    for (char& c : clean) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            c = '?';
        }
    }
    if (clean.find_first_of(",\"") == std::string::npos) {
        return clean;
    }
    std::string out = "\"";
    for (char const c : clean) {
        out += c;
        if (c == '"') {
            out += '"';
        }
    }
    return out + "\"";
}

template <class... T>
void cells(std::string& out, T... values) {
    ((out += ',', append(out, values)), ...);
}

void emptyCells(std::string& out, std::size_t count) {
    out.append(count, ',');
}

} // namespace

void SeriesWriter::begin(record::Header const& header) {
    names_ = header.names;
    out_ << heading;
}

void SeriesWriter::beginRow(SimTime at, char const* kind, std::string const& subject) {
    append(rows_, record::tidied(at.inSeconds()));
    rows_ += ',';
    rows_ += kind;
    rows_ += ',';
    rows_ += quoted(subject);
}

void SeriesWriter::addRow(record::LoadInterval const& l) {
    cells(rows_, l.offered, l.ok, l.degraded, l.failed, l.rejected, l.timedOut, l.good);
    if (l.ok + l.degraded > 0) {
        cells(rows_, milliseconds(l.p50), milliseconds(l.p95), milliseconds(l.p99));
    } else {
        emptyCells(rows_, 3);
    }
    emptyCells(rows_, 11);
    rows_ += '\n';
}

void SeriesWriter::addRow(record::ServiceInterval const& s) {
    emptyCells(rows_, 4);
    cells(rows_, s.rejected);
    emptyCells(rows_, 5);
    cells(rows_, s.queue, s.inService, s.arrived, s.finished, record::tidied(s.utilisation));
    emptyCells(rows_, 6);
    rows_ += '\n';
}

void SeriesWriter::addRow(record::CallInterval const& c) {
    emptyCells(rows_, 15);
    cells(rows_, c.requests, c.attempts, c.retries, c.timeouts, c.failures, c.open);
    rows_ += '\n';
}

void SeriesWriter::addUtilisation(double share) {
    emptyCells(rows_, 14);
    cells(rows_, record::tidied(share));
    emptyCells(rows_, 6);
    rows_ += '\n';
}

void SeriesWriter::take(record::Moment const& moment) {
    auto const* interval = std::get_if<record::Interval>(&moment.what);
    if (interval == nullptr) {
        return;
    }
    rows_.clear();
    auto const add = [&](char const* kind, auto const& names, auto const& list) {
        for (std::size_t i = 0; i < std::min(names.size(), list.size()); ++i) {
            beginRow(moment.at, kind, names[i]);
            addRow(list[i]);
        }
    };
    add("load", names_.loads, interval->loads);
    add("service", names_.services, interval->services);
    add("call", names_.calls, interval->calls);
    add("host", names_.hosts, interval->hosts);
    add("link", names_.links, interval->links);
    out_ << rows_;
}

} // namespace shakedown::render
