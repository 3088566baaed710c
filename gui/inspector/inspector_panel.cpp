#include "gui/inspector/inspector_panel.hpp"

#include <algorithm>

#include <QTextDocument>
#include <QVBoxLayout>

#include "gui/inspector/facts.hpp"

namespace shakedown::gui {

namespace {

constexpr std::size_t mostKnobs = 120; // more are not looked through

// Names come from files, and are no rich text.
QLabel* plain(QString const& text = {}) {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

QLabel* heading(QString const& text) {
    auto* label = plain(text);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

} // namespace

InspectorPanel::InspectorPanel(QWidget* parent)
    : QScrollArea(parent), title_(heading({})), facts_(new QGridLayout), knobs_(new QGridLayout) {
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(10, 8, 10, 8);
    column->addWidget(title_);
    facts_->setHorizontalSpacing(14);
    facts_->setVerticalSpacing(1);
    facts_->setColumnStretch(2, 1);
    column->addLayout(facts_);
    column->addSpacing(8);
    column->addWidget(heading("Turn a number"));
    knobs_->setHorizontalSpacing(8);
    knobs_->setVerticalSpacing(4);
    knobs_->setColumnStretch(1, 1);
    column->addLayout(knobs_);
    column->addStretch(1);
    setWidget(inside);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName("Inspector");
    showFacts();
}

void InspectorPanel::setScenario(std::shared_ptr<model::Scenario const> scenario) {
    if (!scenario)
        return;
    scenario_ = std::move(scenario);
    makeKnobs();
}

void InspectorPanel::forgetScenario() {
    scenario_.reset();
    makeKnobs();
}

void InspectorPanel::setRuns(std::shared_ptr<Run const> a, std::shared_ptr<Run const> b) {
    a_ = std::move(a);
    b_ = std::move(b);
    showFacts();
}

void InspectorPanel::setSubject(QString const& subject) {
    subject_ = subject;
    makeKnobs();
    showFacts();
}

void InspectorPanel::setSpan(SimTime from, SimTime to) {
    from_ = from;
    to_ = to;
    showFacts();
}

void InspectorPanel::setScheme(Scheme scheme) {
    scheme_ = scheme;
    showFacts();
}

void InspectorPanel::showFacts() {
    auto const& tokens = Tokens::of(scheme_);
    auto const factsIn = [&](std::shared_ptr<Run const> const& run, QString& word) {
        if (!run || !run->index().hasHeader())
            return std::vector<Fact>{};
        auto const state = run->index().stateOver(from_, to_);
        if (auto const health = healthOf(run->index(), state, subject_)) {
            auto const text = wordOf(*health);
            word = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        }
        return factsOf(run->index(), state, subject_);
    };
    QString wordA;
    QString wordB;
    auto const a = factsIn(a_, wordA);
    auto const b = factsIn(b_, wordB);
    QString title = subject_.isEmpty() ? "All loads" : subject_;
    if (!wordA.isEmpty())
        title +=
            ": " + wordA + (wordB.isEmpty() || wordB == wordA ? "" : " (A), " + wordB + " (B)");
    title_->setText(title);
    auto const& longer = a.size() >= b.size() ? a : b;
    while (lines_.size() < longer.size()) {
        int const row = static_cast<int>(lines_.size());
        std::array<QLabel*, 3> line{};
        for (int column = 0; column < 3; ++column) {
            line[static_cast<std::size_t>(column)] = plain();
            facts_->addWidget(line[static_cast<std::size_t>(column)], row, column);
        }
        lines_.push_back(line);
    }
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        auto const& [name, inA, inB] = lines_[i];
        bool const isUsed = i < longer.size();
        for (auto* label : lines_[i])
            label->setVisible(isUsed);
        if (!isUsed)
            continue;
        name->setText(longer[i].name);
        name->setStyleSheet("color: " + tokens.muted.name());
        inA->setText(i < a.size() ? a[i].value : "");
        inB->setText(i < b.size() ? "B " + b[i].value : "");
        inB->setStyleSheet("color: " + tokens.second.name());
    }
}

void InspectorPanel::makeKnobs() {
    auto knobs = scenario_ ? knobsOf(*scenario_, subject_) : std::vector<Knob>{};
    bool const isAll = knobs.size() <= mostKnobs;
    knobs.resize(std::min(knobs.size(), mostKnobs));
    bool const wasAll = knobs_->count() == static_cast<int>(3 * rows_.size());
    bool const isSame =
        isAll == wasAll
        && std::equal(knobs.begin(), knobs.end(), rows_.begin(), rows_.end(),
                      [](Knob const& knob, Row const& row) { return knob.path == row.knob.path; });
    if (!isSame) {
        while (auto* item = knobs_->takeAt(0)) {
            item->widget()->deleteLater();
            delete item;
        }
        rows_.clear();
        for (std::size_t i = 0; i < knobs.size(); ++i)
            makeKnob(static_cast<int>(i), knobs[i]);
        if (!isAll)
            knobs_->addWidget(plain("There are more: choose a load, a service or a call."),
                              static_cast<int>(knobs.size()), 0, 1, 3);
    }
    for (std::size_t i = 0; i < knobs.size(); ++i) {
        auto& row = rows_[i];
        QSignalBlocker const quiet(row.slider);
        // The scale stays while its value is on it, so that a slider does not jump under the hand.
        if (!isSame || knobs[i].value < row.knob.least || knobs[i].value > row.knob.most) {
            row.knob = knobs[i];
        } else {
            row.knob.value = knobs[i].value;
            row.knob.isSet = knobs[i].isSet;
        }
        if (!row.slider->isSliderDown())
            row.slider->setValue(placeOf(row.knob, row.knob.value, sliderSteps));
        if (!row.field->hasFocus())
            row.field->setText(row.knob.isSet ? textOf(row.knob.measure, row.knob.value) : "none");
    }
}

void InspectorPanel::makeKnob(int at, Knob const& knob) {
    Row row{knob, new QSlider(Qt::Horizontal), new QLineEdit};
    auto* label = plain(knob.label);
    for (auto* widget : std::initializer_list<QWidget*>{label, row.slider, row.field})
        widget->setToolTip(Qt::convertFromPlainText(knob.about + "\n" + knob.path));
    label->setMaximumWidth(150);
    row.slider->setRange(0, sliderSteps);
    row.slider->setPageStep(sliderSteps / 20);
    row.slider->setMinimumWidth(80);
    row.slider->setAccessibleName(knob.path);
    row.field->setAccessibleName(knob.path + " as text");
    row.field->setFixedWidth(76);
    knobs_->addWidget(label, at, 0);
    knobs_->addWidget(row.slider, at, 1);
    knobs_->addWidget(row.field, at, 2);
    rows_.push_back(row);
    auto const index = rows_.size() - 1;
    auto const settle = [this, index](QString const& value) {
        auto const& of = rows_[index].knob;
        Q_EMIT settled(of.path, value, stepOf(of, value));
    };
    connect(row.slider, &QSlider::valueChanged, this, [this, index, settle](int place) {
        auto const& [of, slider, field] = rows_[index];
        auto const value = textOf(of.measure, valueAt(of, place, sliderSteps));
        field->setText(value);
        if (slider->isSliderDown())
            Q_EMIT tried(of.path, value);
        else
            settle(value); // by key or wheel
    });
    connect(row.slider, &QSlider::sliderReleased, this, [this, index, settle] {
        auto const& [of, slider, field] = rows_[index];
        settle(textOf(of.measure, valueAt(of, slider->value(), sliderSteps)));
    });
    connect(row.field, &QLineEdit::returnPressed, this,
            [settle, field = row.field] { settle(field->text().trimmed()); });
}

QString InspectorPanel::stepOf(Knob const& knob, QString const& value) const {
    return (subject_.isEmpty() ? knob.label : subject_ + " " + knob.label) + " " + value;
}

QSlider* InspectorPanel::sliderOf(QString const& path) const {
    for (auto const& row : rows_)
        if (row.knob.path == path)
            return row.slider;
    return nullptr;
}

QLineEdit* InspectorPanel::fieldOf(QString const& path) const {
    for (auto const& row : rows_)
        if (row.knob.path == path)
            return row.field;
    return nullptr;
}

QString InspectorPanel::factOf(QString const& name, bool isB) const {
    for (auto const& [label, a, b] : lines_)
        if (label->text() == name && !label->isHidden())
            return isB ? b->text() : a->text();
    return {};
}

} // namespace shakedown::gui
