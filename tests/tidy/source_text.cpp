#include "tests/tidy/source_text.hpp"

#include <algorithm>
#include <cctype>
#include <regex>

namespace shakedown::tidy {

namespace {

// Walks the text once and blanks every comment and literal.
class Blanker {
public:
    explicit Blanker(std::string_view text) : code_(text) {}

    std::string run() {
        while (at_ < code_.size()) {
            step();
        }
        return std::move(code_);
    }

private:
    bool sees(std::string_view token) const {
        return std::string_view(code_).substr(at_).starts_with(token);
    }

    bool followsWord() const {
        return at_ > 0 && (std::isalnum(static_cast<unsigned char>(code_[at_ - 1])) != 0);
    }

    // Literal prefixes other than R are left standing; they are harmless.
    void step() {
        if (sees("//")) {
            blankTo(code_.find('\n', at_));
        } else if (sees("/*")) {
            blankTo(endOf("*/", at_ + 2));
        } else if (sees("R\"")) {
            auto const bracket = code_.find('(', at_);
            auto const delimiter = code_.substr(at_ + 2, bracket - at_ - 2);
            blankTo(endOf(")" + delimiter + "\"", bracket));
        } else if (sees("#") && startsLine()) {
            skipInclude();
        } else if (code_[at_] == '"') {
            blankTo(endOfQuoted('"'));
        } else if (code_[at_] == '\'' && !followsWord()) { // 1'000 is a number
            blankTo(endOfQuoted('\''));
        } else {
            ++at_;
        }
    }

    bool startsLine() const {
        auto const lineBreak = code_.rfind('\n', at_);
        auto const begin = lineBreak == std::string::npos ? 0 : lineBreak + 1;
        return code_.find_first_not_of(" \t", begin) == at_;
    }

    // The target of an include looks like a literal but must be kept.
    void skipInclude() {
        auto const word = code_.find_first_not_of(" \t", at_ + 1);
        if (word != std::string::npos && code_.compare(word, 7, "include") == 0) {
            at_ = std::min(code_.find('\n', at_), code_.size());
        } else {
            ++at_;
        }
    }

    std::size_t endOf(std::string_view token, std::size_t from) const {
        auto const found = code_.find(token, from);
        return found == std::string::npos ? found : found + token.size();
    }

    std::size_t endOfQuoted(char quote) const {
        for (auto i = at_ + 1; i < code_.size() && code_[i] != '\n'; ++i) {
            if (code_[i] == '\\') {
                ++i;
            } else if (code_[i] == quote) {
                return i + 1;
            }
        }
        return code_.find('\n', at_); // not closed: not a literal we understand
    }

    void blankTo(std::size_t end) {
        for (end = std::min(end, code_.size()); at_ < end; ++at_) {
            if (code_[at_] != '\n') {
                code_[at_] = ' ';
            }
        }
    }

    std::string code_;
    std::size_t at_ = 0;
};

} // namespace

std::size_t lineOf(std::string_view text, std::size_t position) {
    auto const end = text.begin() + static_cast<std::ptrdiff_t>(std::min(position, text.size()));
    return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

SourceText parseSource(std::string_view text) {
    SourceText source{Blanker(text).run(), {}};
    static std::regex const form(R"re((?:^|\n)[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">])re");
    for (std::sregex_iterator match(source.code.begin(), source.code.end(), form), end;
         match != end; ++match) {
        auto const position = static_cast<std::size_t>(match->position(1));
        source.includes.push_back({match->str(1), lineOf(source.code, position)});
    }
    return source;
}

} // namespace shakedown::tidy
