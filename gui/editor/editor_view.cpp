#include "gui/editor/editor_view.hpp"

#include <QFontDatabase>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

#include <Qsci/qscicommand.h>
#include <Qsci/qscicommandset.h>
#include <Qsci/qscilexeryaml.h>
#include <Qsci/qsciscintilla.h>

namespace shakedown::gui {

namespace {

constexpr int errorSquiggle = 8;
constexpr int warningSquiggle = 9;
constexpr int lettersBeforeCompletion = 2;

QString textOf(Diagnostic const& finding) {
    QString text =
        finding.place.line > 0 ? QString("line %1: ").arg(finding.place.line) : QString();
    text += QString::fromStdString(finding.message);
    if (!finding.hint.empty())
        text += " \u2014 " + QString::fromStdString(finding.hint);
    return text + " [" + QString::fromStdString(finding.code) + "]";
}

// A line of the list; what stands for the key itself comes first, as the list is searched by it.
QString shownOf(Completion const& completion) {
    return completion.about.isEmpty() ? completion.text
                                      : completion.text + "   " + completion.about;
}

} // namespace

EditorView::EditorView(Document& document, QWidget* parent)
    : QWidget(parent), document_(document), text_(new QsciScintilla),
      lexer_(new QsciLexerYAML(text_)), problems_(new QListWidget) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(text_);
    splitter->addWidget(problems_);
    splitter->setStretchFactor(0, 5);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({600, 90});
    layout->addWidget(splitter);
    text_->setUtf8(true);
    text_->setLexer(lexer_);
    text_->setMarginType(0, QsciScintilla::NumberMargin);
    text_->setMarginWidth(0, "0000");
    text_->setIndentationsUseTabs(false);
    text_->setTabWidth(2);
    text_->setAutoIndent(true);
    text_->setFolding(QsciScintilla::NoFoldStyle);
    text_->setAccessibleName("Scenario");
    text_->indicatorDefine(QsciScintilla::SquiggleIndicator, errorSquiggle);
    text_->indicatorDefine(QsciScintilla::SquiggleIndicator, warningSquiggle);
    problems_->setAccessibleName("Problems");
    problems_->setWordWrap(true);
    problems_->hide();
    connect(text_, &QsciScintilla::textChanged, this, [this] {
        if (!isShowing_)
            document_.setText(text_->text());
    });
    // Steps back are the document's, which has those of the pictures too.
    for (auto const command : {QsciCommand::Undo, QsciCommand::Redo}) {
        text_->standardCommands()->find(command)->setKey(0);
        text_->standardCommands()->find(command)->setAlternateKey(0);
    }
    auto* key = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Space), text_);
    key->setContext(Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, this, &EditorView::complete);
    connect(text_, &QsciScintilla::SCN_CHARADDED, this, [this](int letter) {
        if (QChar(letter).isLetter() && contextNow().word.size() >= lettersBeforeCompletion)
            complete();
    });
    connect(text_, &QsciScintilla::userListActivated, this,
            [this](int, QString const& chosen) { takeCompletion(chosen); });
    connect(&document_, &Document::textChanged, this, &EditorView::showDocument);
    connect(&document_, &Document::fileChanged, this, [this] {
        checker_.check(document_.text(), document_.file()); // it may include others from there
    });
    connect(&checker_, &Checker::checked, this,
            [this](std::shared_ptr<Checked const> const& result) { showFindings(*result); });
    connect(problems_, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
        auto const row = static_cast<std::size_t>(problems_->row(item));
        if (row < findings_.size())
            goTo(findings_[row].place);
    });
    setScheme(Scheme::Dark);
}

void EditorView::setScheme(Scheme scheme) {
    auto const& tokens = Tokens::of(scheme);
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(10); // of pixels QScintilla knows nothing
    lexer_->setDefaultFont(font);
    lexer_->setFont(font);
    lexer_->setPaper(tokens.panel);
    lexer_->setDefaultPaper(tokens.panel);
    lexer_->setColor(tokens.text);
    lexer_->setColor(tokens.accent, QsciLexerYAML::Identifier);
    lexer_->setColor(tokens.accent, QsciLexerYAML::Keyword);
    lexer_->setColor(tokens.muted, QsciLexerYAML::Comment);
    lexer_->setColor(tokens.second, QsciLexerYAML::Number);
    lexer_->setColor(tokens.text, QsciLexerYAML::SyntaxErrorMarker);
    lexer_->setPaper(tokens.panel, QsciLexerYAML::SyntaxErrorMarker);
    text_->setMarginsBackgroundColor(tokens.ground);
    text_->setMarginsForegroundColor(tokens.muted);
    text_->setMarginsFont(font);
    text_->setCaretForegroundColor(tokens.text);
    text_->setSelectionBackgroundColor(tokens.line);
    text_->setSelectionForegroundColor(tokens.text);
    text_->setIndicatorForegroundColor(tokens.failing, errorSquiggle);
    text_->setIndicatorForegroundColor(tokens.degraded, warningSquiggle);
}

void EditorView::showDocument() {
    if (text_->text() != document_.text()) {
        isShowing_ = true;
        int line = 0;
        int column = 0;
        text_->getCursorPosition(&line, &column);
        text_->setText(document_.text());
        text_->setCursorPosition(line, column);
        isShowing_ = false;
    }
    checker_.check(document_.text(), document_.file());
}

void EditorView::showFindings(Checked const& checked) {
    findings_ = checked.findings;
    if (checked.scenario)
        scenario_ = checked.scenario;
    int const last = text_->lines();
    for (int const squiggle : {errorSquiggle, warningSquiggle})
        text_->clearIndicatorRange(0, 0, last, 0, squiggle);
    problems_->clear();
    problems_->setVisible(!findings_.empty());
    for (auto const& finding : findings_) {
        problems_->addItem(textOf(finding));
        int const line = finding.place.line - 1;
        if (line < 0 || line >= last)
            continue;
        int const from = std::max(0, finding.place.column - 1);
        int const to = std::max(from + 1, text_->lineLength(line) - 1);
        text_->fillIndicatorRange(line, from, line, to,
                                  finding.severity == Severity::Error ? errorSquiggle
                                                                      : warningSquiggle);
    }
    Q_EMIT scenarioChanged(checked.scenario);
}

YamlContext EditorView::contextNow() const {
    int line = 0;
    int index = 0;
    text_->getCursorPosition(&line, &index);
    QString const text = text_->text();
    qsizetype begin = 0;
    for (int i = 0; i < line; ++i)
        begin = text.indexOf('\n', begin) + 1;
    auto context = contextAt(text, begin + index);
    context.wordBegin -= begin; // in its line
    return context;
}

void EditorView::complete() {
    auto const context = contextNow();
    offered_ = completionsAt(context, scenario_.get());
    QStringList lines;
    for (auto const& completion : offered_)
        lines.push_back(shownOf(completion));
    if (!lines.isEmpty())
        text_->showUserList(1, lines);
}

void EditorView::takeCompletion(QString const& chosen) {
    for (auto const& completion : offered_) {
        if (shownOf(completion) != chosen)
            continue;
        int line = 0;
        int index = 0;
        text_->getCursorPosition(&line, &index);
        text_->setSelection(line, static_cast<int>(contextNow().wordBegin), line, index);
        text_->replaceSelectedText(completion.text);
        return;
    }
}

QWidget& EditorView::textWidget() {
    return *text_;
}

void EditorView::giveUp(QKeySequence const& key) {
    for (auto* command : text_->standardCommands()->commands()) {
        if (key == QKeySequence(command->key()))
            command->setKey(0);
        if (key == QKeySequence(command->alternateKey()))
            command->setAlternateKey(0);
    }
}

void EditorView::goTo(Place const& place) {
    if (place.line < 1)
        return;
    text_->setCursorPosition(place.line - 1, std::max(0, place.column - 1));
    text_->ensureLineVisible(place.line - 1);
    text_->setFocus();
}

} // namespace shakedown::gui
