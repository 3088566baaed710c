#include "reports/record/header_parsing.hpp"

#include "reports/record/line_writing.hpp"

namespace shakedown::record {

namespace {

constexpr std::size_t mostNames = 100'000; // of a kind

std::vector<std::string> textsOf(Json const& object, char const* name) {
    std::vector<std::string> texts;
    for (Json const& item : asList(field(object, name), 0, mostNames, name)) {
        auto const* text = item.get_ptr<std::string const*>();
        if (text == nullptr) {
            throw BadLine{std::string(name) + " holds something that is not a text"};
        }
        texts.push_back(*text);
    }
    return texts;
}

std::vector<std::uint32_t> countsOf(Json const& object, char const* name, std::size_t most) {
    std::vector<std::uint32_t> counts;
    for (Json const& item : asList(field(object, name), 0, most, name)) {
        counts.push_back(asCount(item, name));
    }
    return counts;
}

// One for each, or the run does not say.
Json const& allOrNone(Json const& json, std::size_t count, char const* name) {
    asList(json, 0, count, name);
    return json.empty() ? json : asList(json, count, count, name);
}

// Null is `nobody`.
std::vector<std::uint32_t> indicesOf(Json const& object, char const* name, std::size_t count) {
    std::vector<std::uint32_t> indices;
    for (Json const& item : allOrNone(field(object, name), count, name)) {
        indices.push_back(item.is_null() ? nobody : asCount(item, name));
    }
    return indices;
}

// Nanoseconds; null is none.
std::vector<Duration> spansOf(Json const& object, char const* name, std::size_t count) {
    std::vector<Duration> spans;
    for (Json const& item : allOrNone(field(object, name), count, name)) {
        spans.push_back(item.is_null() ? Duration::none()
                                       : Duration::nanoseconds(asInteger(item, name)));
    }
    return spans;
}

} // namespace

Header headerOf(Json const& json) {
    if (!json.contains("shakedown_record")) {
        throw BadLine{"not a record of Shakedown"};
    }
    Header h;
    std::int64_t const format = asInteger(json["shakedown_record"], "shakedown_record");
    if (format != recordFormat) {
        throw BadLine{"a record of format " + std::to_string(format)
                      + "; this program reads format " + std::to_string(recordFormat)};
    }
    h.format = recordFormat;
    h.version = textOf(json, "version");
    h.scenario = textOf(json, "scenario");
    h.file = textOf(json, "file");
    h.scenarioDigest = textOf(json, "scenario_digest");
    h.platform = textOf(json, "platform");
    h.seed = asUnsigned(field(json, "seed"), std::numeric_limits<std::uint64_t>::max(), "seed");
    h.replication = asCount(field(json, "replication"), "replication");
    h.level = asWord<Level>(field(json, "level"), "level");
    h.lasts = spanOf(field(json, "lasts"), "lasts");
    h.warmup = spanOf(field(json, "warmup"), "warmup");
    h.interval = spanOf(field(json, "interval"), "interval");
    h.sampleEvery = asCount(field(json, "sample_every"), "sample_every");
    h.names = {textsOf(json, "loads"),
               textsOf(json, "services"),
               textsOf(json, "endpoints"),
               textsOf(json, "calls"),
               textsOf(json, "events"),
               {},
               {}};
    if (json.contains("hosts")) {
        h.names.hosts = textsOf(json, "hosts");
        h.names.links = textsOf(json, "links");
    }
    std::size_t const services = h.names.services.size();
    h.replicas = countsOf(json, "replicas", services);
    h.workers = countsOf(json, "workers", services);
    h.faults = countsOf(json, "faults", 1);
    if (json.contains("verbs")) {
        h.verbs = textsOf(json, "verbs");
        allOrNone(json["verbs"], h.names.events.size(), "verbs");
        h.owners = textsOf(json, "owners");
        allOrNone(json["owners"], services, "owners");
        h.capacities = indicesOf(json, "capacities", h.names.services.size());
        h.inTime = spansOf(json, "in_time", h.names.loads.size());
        h.expected = spansOf(json, "expected", h.names.endpoints.size());
    }
    if (!h.faults.empty() && h.faults[0] > h.names.events.size()) {
        throw BadLine{"more faults than events"};
    }
    return h;
}

} // namespace shakedown::record
