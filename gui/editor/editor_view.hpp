#pragma once

#include <QKeySequence>
#include <QListWidget>
#include <QWidget>

#include "gui/editor/checker.hpp"
#include "gui/editor/completion.hpp"
#include "gui/theme/tokens.hpp"

class QsciScintilla;
class QsciLexerYAML;

namespace shakedown::gui {

/// The scenario's text with squiggles, and the list of what is wrong with it.
class EditorView : public QWidget {
    Q_OBJECT

public:
    explicit EditorView(Document& document, QWidget* parent = nullptr);

    void setScheme(Scheme scheme);
    Diagnostics const& findings() const { return findings_; }
    /// The cursor goes there, and the line is seen.
    void goTo(Place const& place);
    /// A key that others have: the text does nothing at it.
    void giveUp(QKeySequence const& key);
    /// Shows how the word at the cursor could go on (Ctrl+Space, or after two letters).
    void complete();
    /// What was offered last.
    std::vector<Completion> const& offered() const { return offered_; }
    QsciScintilla& text() { return *text_; }
    /// The same for those who only want a widget.
    QWidget& textWidget();
    QListWidget& problems() { return *problems_; }
    QSize sizeHint() const override { return {360, 500}; }

Q_SIGNALS:
    /// Null if the text has an error.
    void scenarioChanged(std::shared_ptr<shakedown::model::Scenario const> scenario);

private:
    void showDocument();
    YamlContext contextNow() const;
    void takeCompletion(QString const& chosen);
    void showFindings(Checked const& checked);

    Document& document_;
    Checker checker_;
    QsciScintilla* text_;
    QsciLexerYAML* lexer_;
    QListWidget* problems_;
    Diagnostics findings_;
    std::shared_ptr<model::Scenario const> scenario_; // the last without an error
    std::vector<Completion> offered_;
    bool isShowing_ = false;
};

} // namespace shakedown::gui
