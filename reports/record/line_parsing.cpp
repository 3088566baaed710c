#include "reports/record/line_parsing.hpp"

#include "reports/record/header_parsing.hpp"
#include "reports/record/json_fields.hpp"

namespace shakedown::record {

namespace {

constexpr std::size_t anyLength = std::numeric_limits<std::size_t>::max();
constexpr std::size_t mostSpansRead = 5'000; // of a request; no run records more

std::uint64_t hexOf(Json const& object, char const* name) {
    std::string const text = textOf(object, name);
    bool const isHex =
        text.size() == 16 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!isHex) {
        throw BadLine{std::string(name) + " is not 16 hex digits"};
    }
    return std::stoull(text, nullptr, 16);
}

class LineReader {
public:
    LineReader(Json const& json, Header const& header)
        : json_(json), names_(header.names), at_(asInstant(field(json, "t"), "t")) {}

    LineContent read() const {
        std::string const kind = textOf(json_, "k");
        if (kind == "interval") {
            return moment(interval());
        }
        if (kind == "request") {
            return moment(request());
        }
        if (kind == "state") {
            return state();
        }
        if (kind == "event_began") {
            return moment(eventBegan());
        }
        if (kind == "event_ended") {
            return moment(EventEnded{index("event", names_.events.size())});
        }
        if (kind == "replica") {
            return moment(ReplicaChanged{service(), count("replica"), word<ReplicaState>("to")});
        }
        if (kind == "breaker") {
            return moment(BreakerChanged{index("call", names_.calls.size()), count("caller"),
                                         word<BreakerState>("from"), word<BreakerState>("to")});
        }
        if (kind == "pressure_began") {
            return moment(PressureBegan{
                service(), count("replica"), word<Pressure>("what"),
                asIndex(field(json_, "held_by"), names_.calls.size(), "held_by", nobody),
                count("held"), json_.contains("host") ? host() : nobody,
                json_.contains("since") ? asInstant(field(json_, "since"), "since")
                                        : SimTime::never()});
        }
        if (kind == "pressure_ended") {
            return moment(PressureEnded{service(), count("replica"), word<Pressure>("what")});
        }
        if (kind == "host_crowded") {
            return moment(crowded());
        }
        if (kind == "host_relieved") {
            return moment(HostRelieved{host()});
        }
        if (kind == "end") {
            return moment(
                RunEnded{word<EndReason>("reason"), large("events"), hexOf(json_, "digest")});
        }
        if (kind == "left_out") {
            return LeftOut{at_, large("requests")};
        }
        throw BadLine{"a kind of moment that is not known: " + kind.substr(0, 40)};
    }

private:
    Moment moment(MomentKind what) const { return Moment{at_, std::move(what)}; }
    std::uint32_t index(char const* name, std::size_t count) const {
        return asIndex(field(json_, name), count, name);
    }
    std::uint32_t service() const { return index("service", names_.services.size()); }
    std::uint32_t host() const { return index("host", names_.hosts.size()); }
    std::uint32_t count(char const* name) const { return asCount(field(json_, name), name); }
    std::uint64_t large(char const* name) const {
        return asUnsigned(field(json_, name), std::numeric_limits<std::uint64_t>::max(), name);
    }
    template <class T>
    T word(char const* name) const {
        return asWord<T>(field(json_, name), name);
    }
    Json const& list(char const* name) const {
        return asList(field(json_, name), 0, anyLength, name);
    }

    // The rows of one kind, put where their index says.
    template <class T, class F>
    std::vector<T> rows(char const* name, std::size_t count, std::size_t least, std::size_t most,
                        F const& read) const {
        std::vector<T> all(count);
        for (Json const& row : list(name)) {
            asList(row, least, most, name);
            all[asIndex(row[0], count, name)] = read(row);
        }
        return all;
    }

    EventBegan eventBegan() const {
        EventBegan m{index("event", names_.events.size())};
        if (json_.contains("replicas")) {
            for (Json const& row : list("replicas")) {
                asList(row, 2, 2, "replicas");
                m.replicas.push_back({asIndex(row[0], names_.services.size(), "service"),
                                      asCount(row[1], "replica")});
            }
        }
        auto const indices = [&](char const* name, std::size_t count) {
            std::vector<std::uint32_t> all;
            if (json_.contains(name)) {
                for (Json const& item : list(name)) {
                    all.push_back(asIndex(item, count, name));
                }
            }
            return all;
        };
        m.calls = indices("calls", names_.calls.size());
        m.loads = indices("loads", names_.loads.size());
        return m;
    }

    HostCrowded crowded() const {
        auto const pair = [&](char const* name) -> Json const& {
            return asList(field(json_, name), 2, 2, name);
        };
        std::size_t const services = names_.services.size();
        Json const& user = pair("user");
        Json const& waiting = pair("waiting");
        return {host(), asIndex(user[0], services, "user"), asNumber(user[1], "share"),
                asIndex(waiting[0], services, "waiting"), asNumber(waiting[1], "share")};
    }

    Interval interval() const {
        auto const n = [](Json const& row, std::size_t i) { return asCount(row[i], "a count"); };
        auto const d = [](Json const& row, std::size_t i) { return spanOf(row[i], "a quantile"); };
        // Columns that were added later are 0 in records from before.
        auto const last = [&](Json const& row, std::size_t i) {
            return i < row.size() ? n(row, i) : 0;
        };
        Interval m;
        m.loads = rows<LoadInterval>("loads", names_.loads.size(), 11, 12, [&](Json const& r) {
            return LoadInterval{n(r, 1), n(r, 2), n(r, 3), n(r, 4),  n(r, 5),    n(r, 6),
                                n(r, 7), d(r, 8), d(r, 9), d(r, 10), last(r, 11)};
        });
        m.services =
            rows<ServiceInterval>("services", names_.services.size(), 7, 7, [&](Json const& r) {
                return ServiceInterval{n(r, 1), n(r, 2), n(r, 3),
                                       n(r, 4), n(r, 5), asNumber(r[6], "utilisation")};
            });
        m.calls = rows<CallInterval>("calls", names_.calls.size(), 7, 8, [&](Json const& r) {
            return CallInterval{n(r, 1), n(r, 2), n(r, 3), n(r, 4), n(r, 5), n(r, 6), last(r, 7)};
        });
        if (json_.contains("hosts")) {
            m.hosts = rows<HostInterval>("hosts", names_.hosts.size(), 3, 3, [&](Json const& r) {
                return HostInterval{asNumber(r[1], "utilisation"), asNumber(r[2], "wanted")};
            });
            m.links = rows<LinkInterval>("links", names_.links.size(), 2, 2, [&](Json const& r) {
                return LinkInterval{asNumber(r[1], "utilisation")};
            });
        }
        return m;
    }

    Request request() const {
        Request m;
        m.load = index("load", names_.loads.size());
        m.number = large("n");
        m.intended = asInstant(field(json_, "intended"), "intended");
        m.ended = asTime(field(json_, "ended"), SimTime(), "ended");
        m.outcome = word<measure::Outcome>("outcome");
        m.cause = json_.contains("cause") ? word<Cause>("cause") : Cause::None;
        Json const& spans = asList(field(json_, "spans"), 0, mostSpansRead, "spans");
        m.spans.reserve(spans.size());
        for (Json const& row : spans) {
            m.spans.push_back(span(row, m.spans.size(), m.intended));
        }
        return m;
    }

    // A parent stands before its children, so no reader can be led in a circle.
    Span span(Json const& row, std::size_t before, SimTime intended) const {
        asList(row, 10, 11, "a span");
        Span s;
        s.parent = asIndex(row[0], before, "parent", nobody);
        s.call = asIndex(row[1], names_.calls.size(), "call");
        s.endpoint = asIndex(row[2], names_.endpoints.size(), "endpoint");
        s.replica = row[3].is_null() ? nobody : asCount(row[3], "replica");
        s.attempt = asCount(row[4], "attempt");
        s.sent = asTime(row[5], intended, "sent");
        s.arrived = asTime(row[6], intended, "arrived");
        s.started = asTime(row[7], intended, "started");
        s.ended = asTime(row[8], intended, "ended");
        s.answered = asTime(row[9], intended, "answered");
        s.cause = row.size() > 10 ? asWord<Cause>(row[10], "cause") : Cause::None;
        return s;
    }

    StateFrame state() const {
        StateFrame frame;
        frame.at = at_;
        for (Json const& row : list("replicas")) {
            asList(row, 3, 3, "replicas");
            frame.replicas[{asIndex(row[0], names_.services.size(), "service"),
                            asCount(row[1], "replica")}] = asWord<ReplicaState>(row[2], "state");
        }
        for (Json const& row : list("breakers")) {
            asList(row, 3, 3, "breakers");
            frame.breakers[{asIndex(row[0], names_.calls.size(), "call"),
                            asCount(row[1], "caller")}] = asWord<BreakerState>(row[2], "state");
        }
        for (Json const& item : list("events")) {
            frame.events.insert(asIndex(item, names_.events.size(), "event"));
        }
        for (Json const& row : list("services")) {
            asList(row, 3, 3, "services");
            frame.services[asIndex(row[0], names_.services.size(), "service")] = {
                asCount(row[1], "queue"), asCount(row[2], "in service")};
        }
        return frame;
    }

    Json const& json_;
    Names const& names_;
    SimTime at_;
};

template <class T, class F>
std::variant<T, LineFault> caught(F const& parse) {
    try {
        return parse();
    } catch (BadLine const& bad) {
        return LineFault{bad.why};
    }
}

} // namespace

std::variant<Header, LineFault> parseHeader(std::string_view line) {
    return caught<Header>([&] { return headerOf(parseBounded(line)); });
}

std::variant<LineContent, LineFault> parseLine(std::string_view line, Header const& header) {
    return caught<LineContent>([&] {
        Json const json = parseBounded(line);
        return LineReader(json, header).read();
    });
}

} // namespace shakedown::record
