#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <vector>

#include "gui/theme/tokens.hpp"

using namespace shakedown::gui;

namespace {

using Matrix = std::array<std::array<double, 3>, 3>;

// Dichromacy in linear RGB, severity 1: Machado, Oliveira, Fernandes, "A Physiologically-based
// Model for Simulation of Color Vision Deficiency", 2009, table of matrices.
constexpr Matrix protanopia{{{0.152286, 1.052583, -0.204868},
                             {0.114503, 0.786281, 0.099216},
                             {-0.003882, -0.048116, 1.051998}}};
constexpr Matrix deuteranopia{{{0.367322, 0.860646, -0.227968},
                               {0.280085, 0.672501, 0.047413},
                               {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix tritanopia{{{1.255528, -0.076749, -0.178779},
                             {-0.078411, 0.930809, 0.147602},
                             {0.004733, 0.691367, 0.303900}}};
constexpr Matrix nothing{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};

double linear(double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
double gamma(double c) {
    double const clipped = std::min(1.0, std::max(0.0, c));
    return clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * std::pow(clipped, 1 / 2.4) - 0.055;
}

QColor seenWith(Matrix const& eyes, QColor const& colour) {
    std::array<double, 3> const in{linear(colour.redF()), linear(colour.greenF()),
                                   linear(colour.blueF())};
    std::array<double, 3> out{};
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t k = 0; k < 3; ++k) {
            out[i] += eyes[i][k] * in[k];
        }
    }
    return QColor::fromRgbF(static_cast<float>(gamma(out[0])), static_cast<float>(gamma(out[1])),
                            static_cast<float>(gamma(out[2])));
}

} // namespace

TEST_CASE("text and signs stand out, for every kind of eyes", "[gui][theme]") {
    for (Scheme const scheme : {Scheme::Dark, Scheme::Light}) {
        auto const& t = Tokens::of(scheme);
        for (auto const& eyes : {nothing, protanopia, deuteranopia, tritanopia}) {
            for (auto const& under : {t.ground, t.panel, t.raised}) {
                for (auto const& text : {t.text, t.muted}) {
                    INFO(text.name().toStdString() << " on " << under.name().toStdString());
                    CHECK(contrast(seenWith(eyes, text), seenWith(eyes, under)) >= 4.5);
                }
                for (auto const& sign : {t.ok, t.degraded, t.failing, t.starting, t.byHand, t.down,
                                         t.accent, t.second}) {
                    INFO(sign.name().toStdString() << " on " << under.name().toStdString());
                    CHECK(contrast(seenWith(eyes, sign), seenWith(eyes, under)) >= 3);
                }
            }
        }
    }
}

TEST_CASE("STOP ALL stands out, and its word on it, for every kind of eyes", "[gui][theme]") {
    for (Scheme const scheme : {Scheme::Dark, Scheme::Light}) {
        auto const& t = Tokens::of(scheme);
        for (auto const& eyes : {nothing, protanopia, deuteranopia, tritanopia}) {
            auto const seen = [&](QColor const& a, QColor const& b) {
                return contrast(seenWith(eyes, a), seenWith(eyes, b));
            };
            CHECK(seen(t.onStop, t.stop) >= 4.5);
            // Its border or its ground.
            CHECK(std::max(seen(t.stop, t.panel), seen(t.onStop, t.panel)) >= 3);
        }
    }
}

TEST_CASE("contrast is that of WCAG", "[gui][theme]") {
    CHECK(contrast(Qt::black, Qt::white) == Approx(21));
    CHECK(contrast(Qt::white, Qt::white) == Approx(1));
    CHECK(contrast(QColor("#777777"), Qt::white) == Approx(4.48).margin(0.01));
}
