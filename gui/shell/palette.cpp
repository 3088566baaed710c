#include "gui/shell/palette.hpp"

#include <algorithm>

#include <QKeyEvent>
#include <QVBoxLayout>

namespace shakedown::gui {

namespace {

constexpr std::size_t mostShown = 14;
constexpr int forBeginning = 8; // of a word
constexpr int forNeighbour = 4; // of the letter before
constexpr int forLetter = 1;

} // namespace

int matchOf(QString const& typed, QString const& text) {
    int score = 0;
    qsizetype at = 0;
    qsizetype before = -2;
    for (QChar const letter : typed) {
        if (letter.isSpace())
            continue;
        qsizetype const found = text.indexOf(letter, at, Qt::CaseInsensitive);
        if (found < 0)
            return -1;
        // A letter that begins a word is what most people mean.
        qsizetype best = found;
        for (qsizetype i = found; i >= 0 && i != before + 1;
             i = text.indexOf(letter, i + 1, Qt::CaseInsensitive)) {
            if (i == 0 || !text[i - 1].isLetterOrNumber()) {
                best = i;
                break;
            }
        }
        if (found == before + 1)
            best = found;
        score += best == before + 1                                ? forNeighbour
                 : best == 0 || !text[best - 1].isLetterOrNumber() ? forBeginning
                                                                   : forLetter;
        before = best;
        at = best + 1;
    }
    return score;
}

std::vector<std::size_t> bestOf(std::vector<Choice> const& choices, QString const& typed,
                                std::size_t most) {
    std::vector<std::pair<int, std::size_t>> scored;
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (int const score = matchOf(typed, choices[i].text); score >= 0)
            scored.emplace_back(-score, i);
    std::stable_sort(scored.begin(), scored.end(),
                     [](auto const& a, auto const& b) { return a.first < b.first; });
    std::vector<std::size_t> best;
    for (auto const& [score, i] : scored)
        if (best.size() < most)
            best.push_back(i);
    return best;
}

Palette::Palette(std::vector<Choice> choices, QWidget* parent)
    : QDialog(parent), choices_(std::move(choices)), line_(new QLineEdit), list_(new QListWidget) {
    setWindowTitle("Commands");
    auto* column = new QVBoxLayout(this);
    line_->setPlaceholderText("A command, a service, or a time (65s)");
    line_->setAccessibleName("Command");
    list_->setAccessibleName("Commands that match");
    list_->setFocusPolicy(Qt::NoFocus);
    column->addWidget(line_);
    column->addWidget(list_);
    resize(560, 420);
    line_->installEventFilter(this);
    connect(line_, &QLineEdit::textChanged, this, &Palette::fill);
    connect(line_, &QLineEdit::returnPressed, this, &Palette::choose);
    connect(list_, &QListWidget::itemClicked, this, &Palette::choose);
    fill();
}

// Up and down move in the list while the line keeps the focus.
bool Palette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == line_ && event->type() == QEvent::KeyPress) {
        int const key = static_cast<QKeyEvent*>(event)->key();
        int const step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0 && list_->count() > 0) {
            list_->setCurrentRow(std::clamp(list_->currentRow() + step, 0, list_->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void Palette::setTimes(std::function<std::optional<Choice>(QString const&)> times) {
    times_ = std::move(times);
}

void Palette::fill() {
    shown_.clear();
    if (auto const time = times_ ? times_(line_->text()) : std::nullopt)
        shown_.push_back(*time);
    for (auto const i : bestOf(choices_, line_->text(), mostShown))
        shown_.push_back(choices_[i]);
    list_->clear();
    for (auto const& choice : shown_)
        list_->addItem(choice.hint.isEmpty() ? choice.text : choice.text + "    " + choice.hint);
    if (shown_.empty())
        list_->addItem("Nothing matches");
    list_->setCurrentRow(0);
}

void Palette::choose() {
    auto const row = list_->currentRow();
    if (row < 0 || static_cast<std::size_t>(row) >= shown_.size())
        return;
    auto const does = shown_[static_cast<std::size_t>(row)].does;
    accept();
    does();
}

} // namespace shakedown::gui
