#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/record/json_text.hpp"
#include "reports/record/moment_words.hpp"
#include "reports/record/moments.hpp"
#include "reports/record/number_text.hpp"

namespace shakedown::record {

/// One line under way: {"key":value,...}. Keys are our own and need no escaping.
class JsonLine {
public:
    explicit JsonLine(std::string& out) : out_(out) { out_ += '{'; }
    JsonLine(std::string& out, SimTime at, std::string_view kind) : JsonLine(out) {
        number("t", at.count());
        word("k", kind);
    }
    JsonLine(JsonLine const&) = delete;
    JsonLine& operator=(JsonLine const&) = delete;
    ~JsonLine() { out_ += "}\n"; }

    template <class T>
    void number(std::string_view key, T value) {
        name(key);
        append(out_, value);
    }
    void word(std::string_view key, std::string_view value) {
        name(key);
        out_ += '"';
        out_ += value;
        out_ += '"';
    }
    void text(std::string_view key, std::string const& value) {
        name(key);
        appendQuoted(out_, value);
    }
    void index(std::string_view key, std::uint32_t value) {
        name(key);
        appendIndex(value);
    }
    void time(std::string_view key, SimTime value) {
        name(key);
        appendTime(value, SimTime());
    }
    void texts(std::string_view key, std::vector<std::string> const& values) {
        open(key);
        for (auto const& value : values) {
            comma();
            appendQuoted(out_, value);
        }
        close();
    }
    void numbers(std::string_view key, std::vector<std::uint32_t> const& values) {
        open(key);
        for (auto const value : values) {
            comma();
            append(out_, value);
        }
        close();
    }

    /// As `numbers`, nobody being null.
    void indices(std::string_view key, std::vector<std::uint32_t> const& values) {
        open(key);
        for (auto const value : values) {
            comma();
            appendIndex(value);
        }
        close();
    }
    /// Nanoseconds, none being null.
    void spans(std::string_view key, std::vector<Duration> const& values) {
        open(key);
        for (auto const value : values) {
            comma();
            if (value.isNone()) {
                out_ += "null";
            } else {
                append(out_, value.count());
            }
        }
        close();
    }

    void open(std::string_view key) {
        name(key);
        out_ += '[';
        first_ = true;
    }
    void close() {
        out_ += ']';
        first_ = false;
    }
    /// One inner list of plain numbers.
    template <class... T>
    void row(T... values) {
        comma();
        out_ += '[';
        bool first = true;
        ((first ? void() : void(out_ += ','), append(out_, values), first = false), ...);
        out_ += ']';
    }
    void row(std::pair<std::uint32_t, std::uint32_t> who, std::string_view state) {
        comma();
        out_ += '[';
        append(out_, who.first);
        out_ += ',';
        append(out_, who.second);
        out_ += ",\"";
        out_ += state;
        out_ += "\"]";
    }
    void row(Span const& span, SimTime intended) {
        comma();
        out_ += '[';
        appendIndex(span.parent);
        for (std::uint32_t const n : {span.call, span.endpoint}) {
            out_ += ',';
            append(out_, n);
        }
        out_ += ',';
        appendIndex(span.replica);
        out_ += ',';
        append(out_, span.attempt);
        for (SimTime const t : {span.sent, span.arrived, span.started, span.ended, span.answered}) {
            out_ += ',';
            appendTime(t, intended);
        }
        if (span.cause != Cause::None) {
            out_ += ",\"";
            out_ += wordOf(span.cause);
            out_ += '"';
        }
        out_ += ']';
    }
    void element(std::uint32_t value) {
        comma();
        append(out_, value);
    }
    void element(double value) {
        comma();
        append(out_, value);
    }

private:
    void comma() {
        if (!first_) {
            out_ += ',';
        }
        first_ = false;
    }
    void name(std::string_view key) {
        comma();
        out_ += '"';
        out_ += key;
        out_ += "\":";
    }
    void appendIndex(std::uint32_t value) {
        if (value == nobody) {
            out_ += "null";
        } else {
            append(out_, value);
        }
    }
    void appendTime(SimTime t, SimTime origin) {
        if (t == SimTime::never()) {
            out_ += "null";
        } else {
            append(out_, (t - origin).count());
        }
    }

    std::string& out_;
    bool first_ = true;
};

} // namespace shakedown::record
