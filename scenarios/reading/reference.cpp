#include "scenarios/reading/reference.hpp"

#include <set>
#include <sstream>

#include "scenarios/reading/fields.hpp"
#include "scenarios/reading/law_grammar.hpp"
#include "scenarios/reading/preset_text.hpp"
#include "scenarios/reading/tagged.hpp"
#include "scenarios/reading/yaml_text.hpp"

namespace shakedown::reading {

namespace {

constexpr auto preface = R"(# The scenario file: reference

This page is generated from the field table; `shakedown schema --write docs/reference` writes it anew.

The smallest scenario has a service, somebody who asks, and what shall hold:

```yaml
shakedown: 1
services:
  shop: { workers: 16, endpoints: { buy: [ work: exponential(20ms) ] } }
load:
  visitors: { to: shop/buy, rate: 500/s }
expect:
  - p99(visitors) < 200ms
```

Each part below lists its keys with their kind, range and default; an empty default means that
nothing is there until it is said. An unknown key is an error. `shakedown check FILE` tells every
mistake with its place, and `shakedown explain CODE` what it means.

Every quantity carries its unit; a bare number is a count.

| kind | written | |
|---|---|---|
| duration | `250ms`, `1.5s`, `5m`, `2h` | ns, us, ms, s, m, h, d; `none` where there may be no limit |
| rate | `20/s`, `100/min`, `5/h` | |
| size | `4KiB`, `2MB` | B, KiB, MiB, GiB, kB, MB, GB |
| bandwidth | `10Mbps`, `1Gbps` | bps, kbps, Mbps, Gbps |
| share | `5%`, `0.1%` | |
| count | `16` | a whole number |
| number | `1.5` | |
| name | `orders-db` | letters, digits, `-`, `_`, `.`, `:` |
| service/endpoint | `shop/buy`, `shop` | the endpoint may be left out where a service has only one |
| call | `site -> autos`, `site -> autos/search`, `* -> autos` | `*` is any service, never a load |
)";

constexpr auto conditions = R"(
## condition

`METRIC(SUBJECT) OP VALUE [during FAULT | after FAULT | from T to T]`, or `recovers(SUBJECT) within T of FAULT`.
OP is one of `<` `<=` `>` `>=`. Subjects: a load, a service, `service/endpoint`, a call `a -> b`, a topic; for `blast_radius` a fault.

| metrics | compared with |
|---|---|
| p50, p90, p95, p99, p999, mean, max, lag | a duration |
| throughput, goodput | a rate; goodput also a share of what was offered |
| errors, degraded, rejected, timeouts | a share, or a number of requests |
| utilisation, open, availability | a share |
| queue, amplification, blast_radius | a number |
)";

// A cell of a Markdown table.
std::string cell(std::string const& text) {
    std::string result;
    for (char const c : text) {
        result += c == '|' ? "\\|" : std::string(1, c);
    }
    return result;
}

// An anchor as GitHub makes it from a heading.
std::string anchorOf(std::string const& heading) {
    std::string anchor;
    for (char const c : heading) {
        anchor += c == ' ' ? '-' : c;
    }
    return anchor;
}

class Page {
public:
    std::string write() {
        out_ << preface;
        writeDistributions();
        add(documentKind().kind);
        // The list grows while it is walked through: a part brings its own parts.
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            writePart(*parts_[i]);
        }
        out_ << conditions << presetsPage();
        return out_.str();
    }

private:
    void writeDistributions() {
        out_ << "| distribution | ";
        for (auto const& form : lawForms()) {
            out_ << '`' << form << "`, ";
        }
        out_ << "or a plain duration | inside [ ] and { } a value with a comma is quoted |\n";
    }

    static bool hasPage(Kind const& kind) {
        return dynamic_cast<RecordKind const*>(&kind) != nullptr
               || dynamic_cast<TaggedKind const*>(&kind) != nullptr;
    }

    // Collects the records and tagged sets that a kind is made of, each once.
    void add(KindPtr const& kind) {
        if (!seen_.insert(kind.get()).second) {
            return;
        }
        if (hasPage(*kind)) {
            if (names_.insert(kind->name()).second) {
                parts_.push_back(kind);
            }
            return;
        }
        for (auto const& part : kind->parts()) {
            add(part);
        }
    }

    void writePart(Kind const& kind) {
        for (auto const& part : kind.parts()) {
            add(part);
        }
        out_ << "\n## " << kind.name() << "\n\n";
        if (auto const* record = dynamic_cast<RecordKind const*>(&kind)) {
            writeRecord(*record);
        } else {
            writeTagged(dynamic_cast<TaggedKind const&>(kind));
        }
    }

    void writeRecord(RecordKind const& record) {
        out_ << record.table().sentence << "\n\n| key | kind | default | |\n|---|---|---|---|\n";
        for (auto const& row : record.table().rows) {
            writeRow(row, defaultText(record, row));
        }
    }

    void writeTagged(TaggedKind const& tagged) {
        out_ << tagged.table().sentence
             << " One of these keys says what it is:\n\n| key | kind | |\n|---|---|---|\n";
        for (auto const& one : tagged.table().alternatives) {
            out_ << "| " << one.tag << " | " << kindText(*one.main.kind) << " | "
                 << cell(one.sentence) << besideText(one) << " |\n";
        }
        if (tagged.table().common.empty()) {
            return;
        }
        out_ << "\nBeside it may stand:\n\n| key | kind | default | |\n|---|---|---|---|\n";
        for (auto const& row : tagged.table().common) {
            writeRow(row, "");
        }
    }

    static std::string besideText(Alternative const& one) {
        constexpr std::size_t few = 4;
        if (one.beside.empty() || one.beside.size() > few) {
            return {};
        }
        std::string text = " Beside it:";
        for (auto const& row : one.beside) {
            text += " `" + row.name + "` (" + cell(row.kind->name()) + "): " + cell(row.sentence);
        }
        return text;
    }

    void writeRow(Field const& row, std::string const& byDefault) {
        std::string const range = row.kind->range();
        out_ << "| " << row.name << " | " << kindText(*row.kind)
             << (range.empty() ? "" : ", " + range) << " | " << byDefault << " | "
             << cell(row.sentence) << " |\n";
    }

    static std::string defaultText(RecordKind const& record, Field const& row) {
        if (row.presence == Presence::Required) {
            return "required";
        }
        auto const node = record.defaultOf(row);
        bool const isNothing = !node || node->isEmpty() || node->isScalar("")
                               || (node->isList() && node->items().empty())
                               || (node->isMap() && node->entries().empty());
        return isNothing ? "" : "`" + cell(flowText(*node)) + "`";
    }

    // The name of a kind, as a link if it has a part of its own on this page.
    static std::string kindText(Kind const& kind) {
        std::string const name = kind.name();
        Kind const* target = &kind;
        std::vector<KindPtr> parts = kind.parts();
        while (!hasPage(*target) && parts.size() == 1) {
            target = parts.front().get();
            KindPtr const keep = parts.front();
            parts = keep->parts();
        }
        return hasPage(*target) ? "[" + cell(name) + "](#" + anchorOf(target->name()) + ")"
                                : cell(name);
    }

    std::ostringstream out_;
    std::vector<KindPtr> parts_;
    std::set<Kind const*> seen_;
    std::set<std::string> names_;
};

} // namespace

std::string referencePage() {
    return Page().write();
}

} // namespace shakedown::reading
