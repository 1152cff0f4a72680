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

#include "widgets/common/tabular_font.h"
#include "widgets/common/theme_style.h"

namespace emc {

namespace {

constexpr char kContextProperty[] = "emcThemeContext";

QColor rgb(unsigned value) {
    return QColor::fromRgb(value);
}

template <std::size_t N>
std::array<QColor, N> colours(const std::array<unsigned, N>& values) {
    std::array<QColor, N> result;
    std::transform(values.begin(), values.end(), result.begin(), rgb);
    return result;
}

constexpr std::array<unsigned, 9> kSequential = {0x0C0B1A, 0x1C1C4B, 0x1C3973, 0x015D8B, 0x098193,
                                                 0x16A793, 0x6DC682, 0xBEDD66, 0xF7F58A};
constexpr std::array<unsigned, 7> kDistance = {0xC7CBD0, 0xDFD19D, 0xE7B551, 0xE48225, 0xCB4832, 0x9B204C, 0x551652};

Theme makeDark() {
    Theme t;
    t.dark = true;
    t.window = rgb(0x1B1D21), t.base = rgb(0x15171A), t.raised = rgb(0x24272C), t.hover = rgb(0x2D3137);
    t.pressed = rgb(0x383D45), t.border = rgb(0x30343B), t.controlBorder = rgb(0x666E79);
    t.text = rgb(0xE3E6EA), t.muted = rgb(0x9DA5AF), t.disabled = rgb(0x656D77);
    t.accent = rgb(0x4C8DFF), t.primaryFill = rgb(0x2F6AD9), t.accentText = rgb(0x82B1FF), t.selection = rgb(0x22385C);
    t.danger = rgb(0xF2706B), t.warning = rgb(0xE8B33F), t.ok = rgb(0x5BBF7B);
    t.dangerFill = rgb(0x3A2224), t.warningFill = rgb(0x352C1B), t.okFill = rgb(0x1D3125), t.infoFill = rgb(0x1D2B44);
    t.scene = rgb(0x202328), t.gridLine = rgb(0x262A30);
    t.face = rgb(0x3EC6F0), t.speech = rgb(0xF7B77E), t.emotion = rgb(0x86B02E), t.imagined = rgb(0xD67AAE);
    t.series = colours<6>({0xB4B8F5, 0xEC5B45, 0xF0B62B, 0x5FE3B3, 0xA06CEB, 0x3F9CA6});
    t.sequential = colours(kSequential);
    t.diverging =
        colours<9>({0x62CEF0, 0x3BA5D1, 0x2A76A2, 0x2A4B66, 0x252729, 0x613F27, 0x9F5B27, 0xD6812E, 0xEDB161});
    t.distance = colours(kDistance);
    return t;
}

Theme makeLight() {
    Theme t;
    t.dark = false;
    t.window = rgb(0xF3F4F6), t.base = rgb(0xFFFFFF), t.raised = rgb(0xE8EAEE), t.hover = rgb(0xDDE1E7);
    t.pressed = rgb(0xCFD4DC), t.border = rgb(0xD5D9E0), t.controlBorder = rgb(0x838B97);
    t.text = rgb(0x1C2026), t.muted = rgb(0x59626E), t.disabled = rgb(0x969DA8);
    t.accent = rgb(0x1F5FD0), t.primaryFill = rgb(0x1F5FD0), t.accentText = rgb(0x1F5FD0), t.selection = rgb(0xD5E3FB);
    t.danger = rgb(0xB3261E), t.warning = rgb(0x8A5A00), t.ok = rgb(0x1E7A3E);
    t.dangerFill = rgb(0xFBE7E5), t.warningFill = rgb(0xFBF0D9), t.okFill = rgb(0xE2F3E7), t.infoFill = rgb(0xE4EDFC);
    t.scene = rgb(0xD9DDE3), t.gridLine = rgb(0xE9ECF0);
    t.face = rgb(0x0B5A78), t.speech = rgb(0x8C3503), t.emotion = rgb(0x5A7009), t.imagined = rgb(0xB23E96);
    t.series = colours<6>({0x3A36A8, 0xC23A22, 0xA87400, 0x1F7A55, 0x9440C4, 0x0F86A8});
    t.sequential = colours(kSequential);
    t.diverging =
        colours<9>({0x09466F, 0x036B9A, 0x3D9BC3, 0x9ECCDF, 0xF2F3F5, 0xE0BD97, 0xC57C33, 0x984B16, 0x6B2D16});
    t.distance = colours(kDistance);
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
    static const Theme theme = makeDark();
    return theme;
}

const Theme& Theme::lightTheme() {
    static const Theme theme = makeLight();
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
    return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? QColor(Qt::white) : QColor(0x15171A);
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

ThemeContext::ThemeContext(QApplication& application, Choice choice, QObject* parent)
    : QObject(parent), m_application(application), m_choice(choice), m_theme(&Theme::darkTheme()) {
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

bool ThemeContext::systemIsDark() const {
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
