#include "gui/session/document.hpp"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStringDecoder>
#include <QUndoCommand>

#include "scenarios/checking/check.hpp"
#include "scenarios/reading/reader.hpp"

namespace shakedown::gui {

namespace {

constexpr qint64 largest = 4LL * 1024 * 1024;
constexpr int byHand = -1; // never merged

QString firstOf(Diagnostics const& findings) {
    auto const& first = findings.front();
    QString text = QString::fromStdString(first.message);
    if (!first.hint.empty())
        text += "; " + QString::fromStdString(first.hint);
    return text;
}

} // namespace

Checked checkedText(QString const& text, QString const& file) {
    auto read = reading::readText(text.toStdString(), file.toStdString());
    Checked checked{nullptr, std::move(read.findings)};
    if (!read.scenario || hasErrors(checked.findings))
        return checked;
    auto const more = checking::check(*read.scenario, checking::Purpose::Simulate);
    checked.findings.insert(checked.findings.end(), more.begin(), more.end());
    if (!hasErrors(checked.findings))
        checked.scenario = std::make_shared<model::Scenario const>(*std::move(read.scenario));
    return checked;
}

class Document::Step : public QUndoCommand {
public:
    Step(Document& document, QString after, QString const& name, int id)
        : QUndoCommand(name), document_(document), before_(document.text_),
          after_(std::move(after)), id_(id) {}
    void undo() override { document_.put(before_); }
    void redo() override { document_.put(after_); } // as it is pushed, too
    int id() const override { return id_; }
    bool mergeWith(QUndoCommand const* other) override {
        after_ = static_cast<Step const*>(other)->after_;
        setObsolete(after_ == before_);
        return true;
    }

private:
    Document& document_;
    QString before_;
    QString after_;
    int id_;
};

Document::Document(QObject* parent) : QObject(parent) {
    undo_.setUndoLimit(mostSteps);
}

std::optional<QString> Document::open(QString const& file) {
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return "cannot open '" + file + "': " + in.errorString();
    if (in.size() > largest)
        return "'" + file + "' is larger than a scenario can be";
    QByteArray const bytes = in.readAll();
    QStringDecoder utf8(QStringDecoder::Utf8);
    QString const text = utf8.decode(bytes);
    if (utf8.hasError() || bytes.contains('\0'))
        return "'" + file + "' is no text in UTF-8";
    begin(QFileInfo(file).absoluteFilePath(), text);
    return std::nullopt;
}

void Document::begin(QString const& name, QString const& text) {
    undo_.clear();
    sinceTyped_.invalidate();
    file_ = name;
    text_ = text;
    Q_EMIT fileChanged();
    Q_EMIT textChanged(); // the same text may mean something else in another folder
}

std::optional<QString> Document::saveAs(QString const& file) {
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(text_.toUtf8()) < 0 || !out.commit())
        return "cannot write '" + file + "': " + out.errorString();
    file_ = QFileInfo(file).absoluteFilePath();
    undo_.setClean();
    Q_EMIT fileChanged();
    return std::nullopt;
}

void Document::put(QString const& text) {
    sinceTyped_.invalidate();
    if (text == text_)
        return;
    text_ = text;
    Q_EMIT textChanged();
}

void Document::push(QString const& text, QString const& step, int id) {
    if (text != text_)
        undo_.push(new Step(*this, text, step, id));
}

void Document::setText(QString const& text) {
    if (!sinceTyped_.isValid() || sinceTyped_.hasExpired(typingPause.count()))
        ++typing_;
    push(text, "typing", typing_);
    sinceTyped_.start();
}

std::optional<QString> Document::take(Result<reading::EditedText> const& edited,
                                      QString const& step) {
    if (!edited)
        return firstOf(edited.errors());
    push(QString::fromStdString(edited.value().text), step, byHand);
    if (edited.value().isWrittenAnew)
        Q_EMIT wroteAnew();
    return std::nullopt;
}

std::optional<QString> Document::change(QString const& path, QString const& value,
                                        QString const& step) {
    return take(reading::withValue(text_.toStdString(), path.toStdString(), value.toStdString()),
                step);
}

std::optional<QString> Document::add(QString const& list, QString const& item,
                                     QString const& step) {
    return take(reading::withItem(text_.toStdString(), list.toStdString(), item.toStdString()),
                step);
}

} // namespace shakedown::gui
