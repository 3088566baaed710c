#include "gui/editor/yaml_context.hpp"

#include <algorithm>

namespace shakedown::gui {

namespace {

bool isOfWord(QChar c) {
    return c.isLetterOrNumber() || c == '_' || c == '-' || c == '.' || c == '/';
}

QString unquoted(QString text) {
    text = text.trimmed();
    if (text.size() >= 2 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0])
        text = text.mid(1, text.size() - 2);
    return text;
}

// A map or list that is open at the place: in braces, or by its indent.
struct Level {
    bool isFlow = false;
    bool isList = false;
    qsizetype indent = 0;           // of a block
    QString key;                    // that led here
    std::optional<QString> pending; // a key whose value comes
    bool isItem = false;            // reached as an item of a list
};

class Scanner {
public:
    explicit Scanner(QStringView text) : text_(text) { levels_.push_back({}); }

    YamlContext run() {
        qsizetype begin = 0;
        while (begin <= text_.size()) {
            qsizetype end = text_.indexOf('\n', begin);
            if (end < 0)
                end = text_.size();
            line(begin, end, end == text_.size());
            begin = end + 1;
        }
        return context_;
    }

private:
    bool isInFlow() const { return levels_.back().isFlow; }

    // Ends blocks that a line of this indent is not in any more.
    void closeTo(qsizetype indent) {
        while (levels_.size() > 1 && !levels_.back().isFlow && levels_.back().indent > indent)
            levels_.pop_back();
    }

    void open(Level level) {
        auto& parent = levels_.back();
        level.key = parent.pending.value_or(QString());
        level.isItem = parent.isList && !parent.pending;
        parent.pending.reset();
        levels_.push_back(std::move(level));
    }

    void line(qsizetype begin, qsizetype end, bool isLast) {
        qsizetype at = begin;
        if (!isInFlow()) {
            while (at < end && text_[at] == ' ')
                ++at;
            bool const isEmpty = at == end || text_[at] == '#' || text_[at] == '\r';
            if (isEmpty && !isLast)
                return;
            at = block(at, begin, end);
        }
        words(at, end, isLast);
    }

    // The dashes and the indent of a line of block style.
    qsizetype block(qsizetype at, qsizetype begin, qsizetype end) {
        for (;;) {
            qsizetype const indent = at - begin;
            closeTo(indent);
            bool const isDash =
                at < end && text_[at] == '-' && (at + 1 == end || text_[at + 1] == ' ');
            auto& level = levels_.back();
            bool const isDeeper = level.pending && (indent > level.indent || isDash);
            if (isDeeper
                || (levels_.size() > 1 && level.isList && !isDash && indent > level.indent)) {
                open({false, isDash, indent, {}, {}, false});
            } else if (level.indent == indent) {
                level.pending.reset();
            }
            if (!isDash)
                return at;
            ++at;
            while (at < end && text_[at] == ' ')
                ++at;
            if (at == end || text_[at] == '{' || text_[at] == '[')
                return at;
            // What stands behind a dash begins an item there.
            open({false, false, at - begin, {}, {}, false});
            return at;
        }
    }

    void words(qsizetype at, qsizetype end, bool isLast) {
        qsizetype wordBegin = at;
        bool isComment = false;
        QChar quote;
        for (; at < end; ++at) {
            QChar const c = text_[at];
            if (!quote.isNull()) {
                if (c == quote)
                    quote = QChar();
                continue;
            }
            auto& level = levels_.back();
            bool const endsWord = at + 1 == end || text_[at + 1] == ' ';
            if (c == '#' && (at == 0 || text_[at - 1] == ' ' || at == wordBegin)) {
                isComment = true;
                break;
            }
            if ((c == '"' || c == '\'')
                && text_.mid(wordBegin, at - wordBegin).trimmed().isEmpty()) {
                quote = c;
            } else if (c == ':' && endsWord && !level.isList) {
                level.pending = unquoted(text_.mid(wordBegin, at - wordBegin).toString());
                wordBegin = at + 1;
            } else if (c == '{' || c == '[') {
                open({true, c == '[', 0, {}, {}, false});
                wordBegin = at + 1;
            } else if ((c == '}' || c == ']') && level.isFlow) {
                levels_.pop_back();
                levels_.back().pending.reset();
                wordBegin = at + 1;
            } else if (c == ',' && level.isFlow) {
                level.pending.reset();
                wordBegin = at + 1;
            }
        }
        if (isLast)
            finish(wordBegin, end, isComment);
    }

    void finish(qsizetype wordBegin, qsizetype end, bool isComment) {
        while (wordBegin < end && text_[wordBegin] == ' ')
            ++wordBegin;
        bool const isQuoted = wordBegin < end && text_[wordBegin] == '"';
        context_.wordBegin = isQuoted ? wordBegin + 1 : wordBegin;
        context_.word = text_.mid(context_.wordBegin, end - context_.wordBegin).toString();
        context_.isNowhere =
            isComment
            || (!isQuoted && std::any_of(context_.word.begin(), context_.word.end(), [](QChar c) {
                   return !isOfWord(c) && c != ' ' && c != '>';
               }));
        for (std::size_t i = 1; i < levels_.size(); ++i)
            context_.path.push_back(levels_[i].isItem ? QString() : levels_[i].key);
        context_.key = levels_.back().pending;
        if (levels_.back().isList && !context_.key) // a bare item is a value
            context_.key = QString();
    }

    QStringView text_;
    std::vector<Level> levels_;
    YamlContext context_;
};

} // namespace

YamlContext contextAt(QString const& text, qsizetype position) {
    return Scanner(QStringView(text).first(std::clamp<qsizetype>(position, 0, text.size()))).run();
}

} // namespace shakedown::gui
