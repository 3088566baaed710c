#include "tests/reports/html/markup_reader.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace shakedown::tests {

namespace {

constexpr std::array<std::string_view, 5> escapes{"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};

class Reader {
public:
    explicit Reader(std::string const& page) : page_(page) {}

    Markup read() {
        if (constexpr std::string_view doctype = "<!DOCTYPE html>\n"; page_.starts_with(doctype)) {
            at_ = doctype.size();
        }
        while (at_ < page_.size() && markup_.fault.empty()) {
            page_[at_] == '<' ? tag() : content();
        }
        if (markup_.fault.empty() && !open_.empty()) {
            fail("not closed: " + open_.back());
        }
        return std::move(markup_);
    }

private:
    void fail(std::string const& why) {
        if (markup_.fault.empty()) {
            markup_.fault = why + " near '" + page_.substr(at_ > 60 ? at_ - 60 : 0, 120) + "'";
        }
    }

    void content() {
        std::size_t const end = std::min(page_.find('<', at_), page_.size());
        std::string const text = page_.substr(at_, end - at_);
        if (open_.empty() && text.find_first_not_of('\n') != std::string::npos) {
            fail("text outside of the page");
        }
        checkText(text);
        bool const isRead = !open_.empty() && open_.back() != "style" && open_.back() != "script";
        markup_.text += isRead ? text : "";
        at_ = end;
    }

    void checkText(std::string_view text) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            auto const c = static_cast<unsigned char>(text[i]);
            if (c < 0x20 && c != '\n' && c != '\t') {
                fail("a control character");
            }
            if (c != '&') {
                continue;
            }
            std::string_view const rest = text.substr(i);
            bool const isKnown =
                rest.starts_with("&#")
                || std::any_of(escapes.begin(), escapes.end(),
                               [&](std::string_view escape) { return rest.starts_with(escape); });
            if (!isKnown) {
                fail("an ampersand that escapes nothing");
            }
        }
    }

    std::string name() {
        std::size_t const begin = at_;
        while (at_ < page_.size()
               && (std::isalnum(static_cast<unsigned char>(page_[at_])) || page_[at_] == '-'
                   || page_[at_] == ':')) {
            ++at_;
        }
        return page_.substr(begin, at_ - begin);
    }

    void expect(char c) {
        if (at_ >= page_.size() || page_[at_] != c) {
            return fail(std::string("expected ") + c);
        }
        ++at_;
    }

    void tag() {
        ++at_;
        if (page_.compare(at_, 1, "/") == 0) {
            return closing();
        }
        Markup::Element element{name(), {}};
        if (element.name.empty()) {
            return fail("a tag without a name");
        }
        while (markup_.fault.empty() && page_.compare(at_, 1, " ") == 0) {
            ++at_;
            attribute(element);
        }
        bool const isEmpty = page_.compare(at_, 1, "/") == 0;
        at_ += isEmpty ? 1 : 0;
        expect('>');
        if (!isEmpty) {
            open_.push_back(element.name);
        }
        markup_.elements.push_back(std::move(element));
    }

    void closing() {
        ++at_;
        std::string const closed = name();
        expect('>');
        if (open_.empty() || open_.back() != closed) {
            return fail("closed but not open: " + closed);
        }
        open_.pop_back();
    }

    void attribute(Markup::Element& element) {
        std::string const attributeName = name();
        expect('=');
        expect('"');
        std::size_t const end = std::min(page_.find('"', at_), page_.size());
        std::string const value = page_.substr(at_, end - at_);
        if (value.find('<') != std::string::npos) {
            fail("'<' in an attribute");
        }
        checkText(value);
        for (auto const& [other, ignored] : element.attributes) {
            if (other == attributeName) {
                fail("twice: " + attributeName);
            }
        }
        element.attributes.emplace_back(attributeName, value);
        at_ = end;
        expect('"');
    }

    std::string const& page_;
    std::size_t at_ = 0;
    std::vector<std::string> open_;
    Markup markup_;
};

} // namespace

std::size_t Markup::count(std::string const& name) const {
    return static_cast<std::size_t>(std::count_if(
        elements.begin(), elements.end(), [&](Element const& e) { return e.name == name; }));
}

Markup readMarkup(std::string const& page) {
    return Reader(page).read();
}

} // namespace shakedown::tests
