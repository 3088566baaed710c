#include "gui/shell/welcome_page.hpp"

#include <QCommandLinkButton>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTextDocument>
#include <QVBoxLayout>

// Resources of a library that is linked in; not in a namespace, as the tool that makes them asks.
static void loadDemos() {
    Q_INIT_RESOURCE(demos);
}

namespace shakedown::gui {

namespace {

constexpr int widest = 640;

QLabel* label(QString const& text, double factor, bool isBold) {
    auto* made = new QLabel(text);
    QFont font = made->font();
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(isBold);
    made->setFont(font);
    made->setWordWrap(true);
    return made;
}

QIcon playIcon(QColor const& colour) {
    constexpr int size = 48;
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF({{12, 8}, {40, 24}, {12, 40}}));
    return pixmap;
}

} // namespace

std::vector<Demo> const& demos() {
    static std::vector<Demo> const all = {
        {"legacy-systems-before.yaml", "One slow system takes two healthy ones down",
         "Three legacy systems share the threads of one site. Watch what a slow one does to the "
         "others, then give each call a timeout or a bulkhead.",
         60},
        {"retry-storm.yaml", "The outage is over. Why is it still down?",
         "Ten seconds without a network, one retry for each timeout, and a queue that never "
         "empties again.",
         30},
        {"cascade-four-tiers.yaml", "A database slows down, four tiers fall",
         "Every tier waits for the one below it. See the queue climb from the database to the "
         "edge.",
         60},
    };
    return all;
}

QString textOf(Demo const& demo) {
    loadDemos();
    QFile file(":/demos/" + demo.name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent), recent_(new QVBoxLayout) {
    auto* across = new QHBoxLayout(this);
    auto* inside = new QWidget;
    inside->setMaximumWidth(widest);
    across->addStretch(1);
    across->addWidget(inside, 8);
    across->addStretch(1);
    auto* column = new QVBoxLayout(inside);
    column->addStretch(2);
    column->addWidget(label("Watch a system collapse", 1.9, true));
    muted_.push_back(label("Each takes ten seconds. Then ask why, change one number, and see both "
                           "futures.",
                           1.0, false));
    column->addWidget(muted_.back());
    column->addSpacing(14);
    for (std::size_t i = 0; i < demos().size(); ++i) {
        auto const& demo = demos()[i];
        auto* button = new QCommandLinkButton(demo.title, demo.about);
        button->setAccessibleName(demo.title);
        button->setAccessibleDescription(demo.about);
        connect(button, &QPushButton::clicked, this,
                [this, i] { Q_EMIT demoWanted(static_cast<int>(i)); });
        buttons_.push_back(button);
        column->addWidget(button);
    }
    column->addSpacing(10);
    auto* open = new QPushButton("Open a scenario or a run...");
    connect(open, &QPushButton::clicked, this, &WelcomePage::openWanted);
    column->addWidget(open);
    column->addLayout(recent_);
    column->addStretch(3);
}

void WelcomePage::setRecent(QStringList const& files) {
    while (auto* item = recent_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (auto const& file : files) {
        auto* button = new QPushButton(QFileInfo(file).fileName().replace('&', "&&"));
        button->setFlat(true);
        button->setToolTip(Qt::convertFromPlainText(file));
        connect(button, &QPushButton::clicked, this, [this, file] { Q_EMIT fileWanted(file); });
        recent_->addWidget(button);
    }
}

void WelcomePage::setScheme(Scheme scheme) {
    for (auto* button : buttons_)
        button->setIcon(playIcon(Tokens::of(scheme).accent));
    for (auto* muted : muted_)
        muted->setStyleSheet("color: " + Tokens::of(scheme).muted.name());
}

} // namespace shakedown::gui
