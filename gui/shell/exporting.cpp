#include "gui/shell/exporting.hpp"

#include <QFile>
#include <QFileInfo>
#include <QPainter>
#include <QPixmap>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QWidget>

#include "gui/session/workbench.hpp"

namespace shakedown::gui {

namespace {

std::optional<QString> cannotWrite(QString const& file, QString const& why) {
    return "cannot write '" + file + "': " + why;
}

std::optional<QString> write(QString const& file, QByteArray const& bytes) {
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) < 0 || !out.commit())
        return cannotWrite(file, out.errorString());
    return std::nullopt;
}

std::optional<QString> drawing(QString const& file, QWidget& picture) {
    QSvgGenerator svg;
    svg.setFileName(file);
    svg.setSize(picture.size());
    svg.setViewBox(picture.rect());
    svg.setTitle("Shakedown");
    QPainter painter;
    if (!painter.begin(&svg))
        return cannotWrite(file, "the file cannot be opened");
    picture.render(&painter);
    return std::nullopt;
}

std::optional<QString> report(QString const& file, Workbench const& bench) {
    if (bench.folder().isEmpty())
        return QString("there is no report: this run was not made here, or is a quick look only");
    QFile in(bench.folder() + "/report.html");
    if (!in.open(QIODevice::ReadOnly))
        return "cannot read the report of this run: " + in.errorString();
    return write(file, in.readAll());
}

} // namespace

QString exportFilters() {
    return "Picture (*.png);;Drawing (*.svg);;Report (*.html);;Scenario (*.yaml)";
}

std::optional<QString> exportTo(QString const& file, Workbench const& bench, QWidget& picture) {
    auto const ending = QFileInfo(file).suffix().toLower();
    if (ending == "png")
        return picture.grab().save(file, "PNG")
                   ? std::nullopt
                   : cannotWrite(file, "the folder is not there, or may not be written to");
    if (ending == "svg")
        return drawing(file, picture);
    if (ending == "html")
        return report(file, bench);
    if (ending == "yaml" || ending == "yml")
        return write(file, bench.document().text().toUtf8());
    return "'" + file + "' must end with .png, .svg, .html or .yaml";
}

} // namespace shakedown::gui
