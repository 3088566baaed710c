#pragma once

#include <array>
#include <cstdint>

#include <QByteArray>

class QMainWindow;
class QSettings;

namespace shakedown::gui {

enum class Perspective : std::uint8_t { Explore, Compare, Live, Teach };
inline constexpr std::array allPerspectives = {Perspective::Explore, Perspective::Compare,
                                               Perspective::Live, Perspective::Teach};
/// "explore".
char const* wordOf(Perspective perspective);

/// How the docks of a window stand for each kind of work. Whoever moves them finds them where they
/// were left.
class Perspectives {
public:
    explicit Perspectives(QMainWindow& window) : window_(window) {}

    /// As the docks stand now, they stand at first in this perspective.
    void define(Perspective perspective);
    void change(Perspective to);
    /// The present one as it was at first.
    void reset();
    Perspective now() const { return now_; }

    void load(QSettings const& from);
    /// Remembers the present one, too.
    void save(QSettings& to);

private:
    struct Layout {
        QByteArray first;
        QByteArray left; // as it was left; empty if it was not
    };
    Layout& of(Perspective perspective) { return layouts_[static_cast<std::size_t>(perspective)]; }

    QMainWindow& window_;
    std::array<Layout, allPerspectives.size()> layouts_;
    Perspective now_ = Perspective::Explore;
};

} // namespace shakedown::gui
