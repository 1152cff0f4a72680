#include "widgets/common/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QPainter>
#include <QPalette>
#include <QVariant>
#include <QWidget>

#include <algorithm>
#include <cmath>

#include "core/api/palette.h"
#include "widgets/common/tabular_font.h"
#include "widgets/common/theme_style.h"

namespace emc {

namespace {

constexpr char kContextProperty[] = "emcThemeContext";

QColor rgb(PaletteColour value) {
    return QColor::fromRgb(value);
}

template <std::size_t N>
std::array<QColor, N> colours(const std::array<PaletteColour, N>& values) {
    std::array<QColor, N> result;
    std::transform(values.begin(), values.end(), result.begin(), rgb);
    return result;
}

Theme makeTheme(const Palette& p, bool dark) {
    Theme t;
    t.dark = dark;
    t.window = rgb(p.window), t.base = rgb(p.base), t.raised = rgb(p.raised), t.hover = rgb(p.hover);
    t.pressed = rgb(p.pressed), t.border = rgb(p.border), t.controlBorder = rgb(p.controlBorder);
    t.text = rgb(p.text), t.muted = rgb(p.muted), t.disabled = rgb(p.disabled);
    t.accent = rgb(p.accent), t.primaryFill = rgb(p.primaryFill), t.accentText = rgb(p.accentText);
    t.selection = rgb(p.selection);
    t.danger = rgb(p.danger), t.warning = rgb(p.warning), t.ok = rgb(p.ok);
    t.dangerFill = rgb(p.dangerFill), t.warningFill = rgb(p.warningFill), t.okFill = rgb(p.okFill);
    t.infoFill = rgb(p.infoFill);
    t.scene = rgb(p.scene), t.gridLine = rgb(p.gridLine);
    t.face = rgb(p.face), t.speech = rgb(p.speech), t.emotion = rgb(p.emotion), t.imagined = rgb(p.imagined);
    t.series = colours(p.series);
    t.sequential = colours(kSequentialStops);
    t.diverging = colours(p.diverging);
    t.distance = colours(kMeshDistanceStops);
    return t;
}

double luminance(const QColor& colour) {
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

ThemeContext* contextOf(const QObject* object) {
    return object ? qobject_cast<ThemeContext*>(object->property(kContextProperty).value<QObject*>()) : nullptr;
}

} // namespace

const Theme& Theme::darkTheme() {
    static const Theme theme = makeTheme(kDarkPalette, true);
    return theme;
}

const Theme& Theme::lightTheme() {
    static const Theme theme = makeTheme(kLightPalette, false);
    return theme;
}

const Theme& Theme::of(const QWidget* widget) {
    for (const QWidget* w = widget; w; w = w->parentWidget())
        if (const ThemeContext* context = contextOf(w)) return context->theme();
    if (const ThemeContext* context = contextOf(qApp)) return context->theme();
    return darkTheme();
}

const QColor& Theme::of(Meaning meaning) const {
    switch (meaning) {
    case Meaning::Face: return face;
    case Meaning::Speech: return speech;
    case Meaning::Emotion: return emotion;
    case Meaning::Imagined: break;
    }
    return imagined;
}

QColor Theme::alpha(QColor colour, double opacity) {
    colour.setAlphaF(static_cast<float>(std::clamp(opacity, 0.0, 1.0)));
    return colour;
}

QColor Theme::onColour(const QColor& fill) {
    const double light = luminance(fill);
    return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? QColor(Qt::white) : rgb(kDarkPalette.base);
}

QColor Theme::sample(std::span<const QColor> map, double position) {
    const double at =
        std::clamp(std::isfinite(position) ? position : 0.0, 0.0, 1.0) * static_cast<double>(map.size() - 1);
    const auto low = static_cast<std::size_t>(at);
    const std::size_t high = std::min(low + 1, map.size() - 1);
    const auto mix = [f = at - static_cast<double>(low)](int a, int b) {
        return static_cast<int>(std::lround(a + (b - a) * f));
    };
    return QColor(mix(map[low].red(), map[high].red()), mix(map[low].green(), map[high].green()),
                  mix(map[low].blue(), map[high].blue()));
}

QVector<QRgb> Theme::table(std::span<const QColor> map, int size, double exponent) const {
    QVector<QRgb> result(std::max(2, size));
    for (qsizetype i = 0; i < result.size(); ++i)
        result[i] =
            sample(map, std::pow(static_cast<double>(i) / static_cast<double>(result.size() - 1), exponent)).rgb();
    return result;
}

QPen Theme::pen(const QColor& colour, double width, std::initializer_list<double> dashes) {
    QPen result(colour, width, Qt::SolidLine, dashes.size() ? Qt::FlatCap : Qt::RoundCap, Qt::RoundJoin);
    if (dashes.size()) {
        QList<qreal> pattern;
        for (double dash : dashes) pattern.append(dash / width);
        result.setDashPattern(pattern);
    }
    return result;
}

QPixmap Theme::hatch(const QColor& colour, double deviceRatio) const {
    const double ratio = std::max(1.0, deviceRatio);
    QPixmap tile(static_cast<int>(std::lround(8 * ratio)), static_cast<int>(std::lround(8 * ratio)));
    tile.fill(Qt::transparent);
    QPainter painter(&tile);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(tile.width() / 8.0, tile.height() / 8.0);
    painter.setPen(QPen(alpha(colour, 0.75 * 0.60), 1.5));
    painter.drawLine(QPointF(-2, 2), QPointF(2, -2));
    painter.drawLine(QPointF(0, 8), QPointF(8, 0));
    painter.drawLine(QPointF(6, 10), QPointF(10, 6));
    painter.end();
    tile.setDevicePixelRatio(tile.width() / 8.0);
    return tile;
}

void Theme::paintMissing(QPainter& painter, const QRectF& span, const QColor& colour, const QPointF& anchor) const {
    painter.save();
    painter.fillRect(span, base);
    painter.fillRect(span, alpha(colour, 0.10));
    // drawTiledPixmap keeps the tile at device resolution; the offset anchors it to the lane.
    painter.drawTiledPixmap(span, hatch(colour, painter.device()->devicePixelRatioF()), span.topLeft() - anchor);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(colour, 1));
    painter.drawLine(QPointF(span.left(), span.top()), QPointF(span.left(), span.bottom()));
    painter.drawLine(QPointF(span.right(), span.top()), QPointF(span.right(), span.bottom()));
    painter.restore();
}

QFont Theme::font(int px, int weight) const {
    QFont result(tabularFamily());
    result.setPixelSize(px);
    result.setWeight(static_cast<QFont::Weight>(weight));
    return result;
}

QFont Theme::mono(int px) const {
    QFont result(
        QStringList{QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono"), QStringLiteral("monospace")});
    result.setStyleHint(QFont::Monospace);
    result.setPixelSize(px);
    return result;
}

ThemeContext::ThemeContext(QApplication& application, Choice choice, QObject* parent, std::optional<bool> systemDark)
    : QObject(parent), m_application(application), m_choice(choice), m_systemDark(systemDark),
      m_theme(&Theme::darkTheme()) {
    application.setProperty(kContextProperty, QVariant::fromValue<QObject*>(this));
    apply();
}

ThemeContext::~ThemeContext() {
    if (contextOf(&m_application) == this) m_application.setProperty(kContextProperty, QVariant());
}

void ThemeContext::setChoice(Choice choice) {
    m_choice = choice;
    apply();
}

void ThemeContext::setSystemDark(std::optional<bool> dark) {
    if (m_systemDark == dark) return;
    m_systemDark = dark;
    if (m_choice == Choice::System) apply();
}

bool ThemeContext::systemIsDark() const {
    if (m_systemDark) return *m_systemDark;
    // Qt 6.4 has no colour scheme hint: the lightness of the platform's own palette tells.
    static const QPalette systemPalette = QApplication::palette();
    return systemPalette.color(QPalette::WindowText).lightness() > systemPalette.color(QPalette::Window).lightness();
}

void ThemeContext::apply() {
    const bool dark = m_choice == Choice::System ? systemIsDark() : m_choice == Choice::Dark;
    m_theme = dark ? &Theme::darkTheme() : &Theme::lightTheme();
    applyStyle(m_application, *m_theme);
    emit changed(*m_theme);
}

} // namespace emc
