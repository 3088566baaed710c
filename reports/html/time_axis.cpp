#include "reports/html/time_axis.hpp"

#include <algorithm>
#include <map>

#include "reports/html/scale.hpp"
#include "reports/record/event_kind.hpp"
#include "reports/record/number_text.hpp"
#include "reports/render/quantity.hpp"

namespace shakedown::html {

namespace {

// A ... Z, then 27 and on.
std::string letterOf(std::size_t i) {
    return i < 26 ? std::string(1, static_cast<char>('A' + i)) : std::to_string(i + 1);
}

std::string spanText(Band const& band) {
    return record::fixed(band.from, 1) + " to " + record::fixed(band.to, 1) + " s";
}

class Marker {
public:
    explicit Marker(record::Header const& header) : header_(header) {}

    Band mark(verdict::EventSpan const& span, double end, std::vector<Mark>& marks) {
        auto const [found, isNew] = of_.try_emplace(span.event, marks.size());
        if (isNew) {
            auto const& names = header_.names.events;
            marks.push_back({letterOf(marks.size()),
                             span.event < names.size() ? names[span.event] : std::string("event"),
                             record::isFault(span.event, header_),
                             {}});
        }
        Mark& mark = marks[found->second];
        double const to = span.end == SimTime::never() ? end : span.end.inSeconds();
        Band const band{span.begin.inSeconds(), to, mark.letter, mark.isFault};
        std::size_t const before = times_[span.event]++;
        if (before == 0) {
            mark.when = firsts_[span.event] = spanText(band);
        } else {
            mark.when = firsts_[span.event] + ", and " + render::countText(before)
                        + (before == 1 ? " more time" : " more times");
        }
        return band;
    }

private:
    record::Header const& header_;
    std::map<std::uint32_t, std::size_t> of_;
    std::map<std::uint32_t, std::size_t> times_;
    std::map<std::uint32_t, std::string> firsts_;
};

} // namespace

std::string instantText(double seconds) {
    return record::fixed(seconds, 1) + " s";
}

TimeAxis timeAxisOf(History const& history) {
    TimeAxis axis;
    axis.step = history.step().inSeconds();
    axis.steps = history.steps();
    axis.length =
        std::min(history.header().lasts.inSeconds(), axis.step * static_cast<double>(axis.steps));
    axis.warmup = std::min(history.header().warmup.inSeconds(), axis.length);
    Marker marker(history.header());
    for (auto const& span : history.events()) {
        axis.bands.push_back(marker.mark(span, axis.length, axis.marks));
    }
    return axis;
}

void drawBands(Drawing& drawing, TimeAxis const& axis, Plot const& plot) {
    if (axis.warmup > 0) {
        double const end = plot.x(axis.warmup / axis.length);
        drawing.rect(plot.left, plot.top, end - plot.left, plot.bottom - plot.top, "warmup");
    }
    constexpr double letterWidth = 9;
    double free = plot.left - letterWidth; // from here on there is room for a letter
    std::string last;
    for (Band const& band : axis.bands) {
        if (band.from >= axis.length) {
            continue;
        }
        double const x = plot.x(band.from / axis.length);
        double const end = plot.x(std::min(band.to, axis.length) / axis.length);
        std::string const cls = band.isFault ? "fault" : "operation";
        drawing.rect(x, plot.top, std::max(1.0, end - x), plot.bottom - plot.top, cls);
        drawing.line(x, plot.top - 3, x, plot.bottom, cls + "-edge");
        if (x >= free || (band.mark != last && x + letterWidth >= free && !last.empty())) {
            double const at = std::max(x, free);
            drawing.text(at + 1, plot.top - 4, Drawing::Anchor::Start, band.mark, "mark");
            free = at + letterWidth;
        }
        last = band.mark;
    }
}

void drawTimes(Drawing& drawing, TimeAxis const& axis, Plot const& plot) {
    drawing.line(plot.left, plot.bottom, plot.right, plot.bottom, "axis");
    auto const pieces = static_cast<int>(std::max(2.0, (plot.right - plot.left) / 62));
    double const every = roundStep(axis.length, pieces);
    for (int i = 0; every * i <= axis.length * (1 + 1e-9); ++i) {
        double const x = plot.x(every * i / axis.length);
        bool const isEdge = x > plot.right - 14;
        drawing.line(x, plot.bottom, x, plot.bottom + 3, "axis");
        drawing.text(isEdge ? plot.right : x, plot.bottom + 14,
                     isEdge ? Drawing::Anchor::End : Drawing::Anchor::Middle,
                     roundText(every * i, model::ValueUnit::Seconds));
    }
}

std::string axisData(TimeAxis const& axis, Plot const& plot) {
    return coordinate(axis.length) + " " + coordinate(plot.left) + " " + coordinate(plot.right)
           + " " + coordinate(plot.top) + " " + coordinate(plot.bottom);
}

std::string marksLegend(TimeAxis const& axis) {
    constexpr std::size_t most = 30;
    if (axis.marks.empty() && axis.warmup <= 0) {
        return "";
    }
    std::string out = "<ul class=\"marks\">\n";
    for (std::size_t i = 0; i < std::min(most, axis.marks.size()); ++i) {
        Mark const& mark = axis.marks[i];
        out += std::string("<li><span class=\"key ") + (mark.isFault ? "fault" : "operation")
               + "-key\">" + escaped(mark.letter) + "</span> " + escaped(mark.name) + " ("
               + (mark.isFault ? "fault" : "operation") + ", " + escaped(mark.when) + ")</li>\n";
    }
    if (axis.marks.size() > most) {
        out += element("li", "", "and " + render::countText(axis.marks.size() - most) + " more");
    }
    if (axis.warmup > 0) {
        out += "<li><span class=\"key warmup-key\">\xc2\xa0</span> warm-up until "
               + escaped(instantText(axis.warmup)) + ", not counted</li>\n";
    }
    return out + "</ul>\n";
}

} // namespace shakedown::html
