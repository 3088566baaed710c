#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QUndoStack>

#include "scenarios/model/scenario.hpp"
#include "scenarios/reading/text_edit.hpp"
#include "scenarios/vocabulary/diagnostic.hpp"

namespace shakedown::gui {

/// What reading and checking found of a text.
struct Checked {
    std::shared_ptr<model::Scenario const> scenario; // null if there is an error
    Diagnostics findings;
};
Checked checkedText(QString const& text, QString const& file);

/// The scenario that is open: a text with undo. What is done by hand in a picture becomes a line of
/// it.
class Document : public QObject {
    Q_OBJECT

public:
    /// So long nothing is typed, and what comes is another step of undo.
    static constexpr std::chrono::milliseconds typingPause{1000};
    static constexpr int mostSteps = 500;

    explicit Document(QObject* parent = nullptr);

    QString const& text() const { return text_; }
    /// An absolute path, or the name of a text that is no file yet.
    QString const& file() const { return file_; }
    bool isFile() const { return file_.startsWith('/'); }
    QUndoStack& undo() { return undo_; }
    bool isChanged() const { return !undo_.isClean(); }

    /// Empties undo. An error says why the file cannot be read, or would not be written as it was.
    std::optional<QString> open(QString const& file);
    /// A text that is no file yet.
    void begin(QString const& name, QString const& text);
    std::optional<QString> saveAs(QString const& file);
    /// As somebody types; what is typed without a pause is one step of undo.
    void setText(QString const& text);
    /// A new value at a path, or one more item of a list, as one step of undo with that name. An
    /// error says why it cannot be.
    std::optional<QString> change(QString const& path, QString const& value, QString const& step);
    std::optional<QString> add(QString const& list, QString const& item, QString const& step);

Q_SIGNALS:
    void textChanged();
    void fileChanged();
    /// A change had no place in the text: its comments and its layout are gone.
    void wroteAnew();

private:
    class Step;
    void push(QString const& text, QString const& step, int id);
    void put(QString const& text);
    std::optional<QString> take(Result<reading::EditedText> const& edited, QString const& step);

    QString text_;
    QString file_;
    QUndoStack undo_;
    QElapsedTimer sinceTyped_;
    int typing_ = 0; // how often somebody began to type
};

} // namespace shakedown::gui
