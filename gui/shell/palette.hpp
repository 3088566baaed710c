#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QDialog>
#include <QLineEdit>
#include <QListWidget>

namespace shakedown::gui {

/// Something that can be chosen by typing a part of its words.
struct Choice {
    QString text;
    QString hint; // its key, or what it is
    std::function<void()> does;
};

/// How well typed letters match a text: more is better, below 0 is not at all. Letters must come in
/// their order; beginnings of words and neighbours count more.
int matchOf(QString const& typed, QString const& text);

/// The best choices first, at most so many; equal ones in the order they were given.
std::vector<std::size_t> bestOf(std::vector<Choice> const& choices, QString const& typed,
                                std::size_t most);

/// The command palette: type, choose, Enter.
class Palette : public QDialog {
    Q_OBJECT

public:
    explicit Palette(std::vector<Choice> choices, QWidget* parent = nullptr);

    /// Asked about what is typed before anything else: a choice of its own, or nothing.
    void setTimes(std::function<std::optional<Choice>(QString const&)> times);
    QLineEdit& line() { return *line_; }
    QListWidget& list() { return *list_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void choose();

    std::vector<Choice> choices_;
    std::function<std::optional<Choice>(QString const&)> times_;
    std::vector<Choice> shown_;
    QLineEdit* line_;
    QListWidget* list_;
};

} // namespace shakedown::gui
