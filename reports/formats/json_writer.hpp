#pragma once

#include <string>
#include <string_view>

#include "reports/record/json_text.hpp"
#include "reports/record/number_text.hpp"

namespace shakedown::formats {

/// Appends nested JSON to a string, commas included. Keys are our own and need no escaping; values
/// may be anybody's. An empty key stands for an element of a list.
class JsonWriter {
public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    void openObject(std::string_view key = {}) { open(key, '{'); }
    void closeObject() { close('}'); }
    void openList(std::string_view key = {}) { open(key, '['); }
    void closeList() { close(']'); }

    void text(std::string_view key, std::string_view value) {
        name(key);
        record::appendQuoted(out_, value);
    }
    template <class T>
    void number(std::string_view key, T value) {
        name(key);
        record::append(out_, value);
    }
    /// A value that is JSON already.
    void raw(std::string_view key, std::string_view json) {
        name(key);
        out_ += json;
    }

private:
    void name(std::string_view key) {
        if (!first_) {
            out_ += ',';
        }
        first_ = false;
        if (!key.empty()) {
            out_ += '"';
            out_ += key;
            out_ += "\":";
        }
    }
    void open(std::string_view key, char bracket) {
        name(key);
        out_ += bracket;
        first_ = true;
    }
    void close(char bracket) {
        out_ += bracket;
        first_ = false;
    }

    std::string& out_;
    bool first_ = true;
};

} // namespace shakedown::formats
