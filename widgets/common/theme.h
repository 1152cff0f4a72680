#pragma once
// The look of the program as one value: colours by role, colours of meaning, colour maps, fonts and sizes (logical
// pixels). No global instance: a ThemeContext is made by main() (or a test) and found through the application or any
// parent widget.
#include <QColor>
#include <QFont>
#include <QObject>
#include <QPen>
#include <QPixmap>
#include <QVector>

#include <array>
#include <optional>
#include <span>

class QApplication;
class QPainter;
class QWidget;

namespace emc {

// The four meanings that keep their colour, icon and word everywhere.
enum class Meaning { Face, Speech, Emotion, Imagined };

struct Theme {
    bool dark = true;

    // chrome
    QColor window, base, raised, hover, pressed, border, controlBorder;
    QColor text, muted, disabled;
    QColor accent, primaryFill, accentText, selection;
    QColor danger, warning, ok;
    QColor dangerFill, warningFill, okFill, infoFill; // of message bars
    QColor scene, gridLine;                           // 3D background; line of a plot's grid

    // data
    QColor face, speech, emotion, imagined;
    std::array<QColor, 6> series;                // slot 1 is series[0]; always shown with its number chip
    std::array<QColor, 9> sequential, diverging; // colour maps, even stops
    std::array<QColor, 7> distance;              // mesh distance, 0 to 8 mm

    const QColor& of(Meaning meaning) const;
    const QColor& slot(int index) const { return series[static_cast<std::size_t>(((index % 6) + 6) % 6)]; } // 0-based
    static QColor alpha(QColor colour, double opacity); // opacity 0..1
    static QColor onColour(const QColor& fill);         // black or white, whichever reads better on `fill`
    static QColor sample(std::span<const QColor> map, double position); // position 0..1, linear in sRGB
    QVector<QRgb> table(std::span<const QColor> map, int size = 256, double exponent = 1.0) const;

    // pens of theme.md 4
    QPen lineChosen(const QColor& c) const { return pen(c, 2.0); }
    QPen lineOther(const QColor& c) const { return pen(c, 1.5); }
    QPen lineMean(const QColor& c) const { return pen(c, 2.0, {6, 3}); }
    QPen lineEarlier(const QColor& c) const { return pen(c, 1.5, {5, 3}); }
    QPen lineReal() const { return pen(text, 1.75, {1.5, 3.5}); }
    QPen lineGhost(const QColor& c) const { return pen(alpha(c, 0.30), 1.0); }
    QPen lineHelper(const QColor& c) const { return pen(c, 1.25); }
    // Dashes in logical pixels (QPen itself counts in pen widths).
    static QPen pen(const QColor& colour, double width, std::initializer_list<double> dashes = {});

    // The hatch tile of a missing span (8 x 8), made for the device ratio of what is painted on.
    QPixmap hatch(const QColor& colour, double deviceRatio) const;
    // Paints a missing span: base, 10 % wash, hatch anchored at `anchor` (top left of the lane), solid 1 px edges.
    void paintMissing(QPainter& painter, const QRectF& span, const QColor& colour, const QPointF& anchor) const;

    // Fonts: Inter with tabular figures where the set-up made one.
    QFont font(int px = 13, int weight = QFont::Normal) const;
    QFont mono(int px = 11) const;

    static const Theme& darkTheme();
    static const Theme& lightTheme();
    // The theme that applies to a widget: nearest ThemeContext of its parents, else that of the application, else dark.
    // Look it up when painting; on a switch every widget gets QEvent::PaletteChange.
    static const Theme& of(const QWidget* widget);
};

namespace metrics {
inline constexpr int kGrid = 4, kMarginOutside = 8, kMarginInside = 12, kPaneGap = 4, kRadius = 4, kChipRadius = 3;
inline constexpr int kTopBar = 40, kViewBar = 36, kTransport = 40, kDockTabs = 32, kHeader = 32, kListRow = 28,
                     kButtonRow = 32;
inline constexpr int kButton = 28, kSmallButton = 24, kStatusBar = 24, kMessageBar = 36;
inline constexpr int kLeftDock = 240, kRightDock = 372, kLaneHeader = 148, kRuler = 24;
} // namespace metrics

// Which theme is on. Applies palette and style sheet to the application (or to one window in tests).
class ThemeContext : public QObject {
    Q_OBJECT
public:
    enum class Choice { System, Dark, Light };

    // systemDark: what the desktop prefers, where that is known already (saves a flash at the start).
    explicit ThemeContext(QApplication& application, Choice choice = Choice::System, QObject* parent = nullptr,
                          std::optional<bool> systemDark = std::nullopt);
    ~ThemeContext() override;

    const Theme& theme() const { return *m_theme; }
    Choice choice() const { return m_choice; }
    void setChoice(Choice choice);
    // Told by whoever asks the desktop; nothing = unknown, then the lightness of the platform's palette decides.
    void setSystemDark(std::optional<bool> dark);

signals:
    void changed(const emc::Theme& theme);

private:
    void apply();
    bool systemIsDark() const;

    QApplication& m_application;
    Choice m_choice;
    std::optional<bool> m_systemDark;
    const Theme* m_theme;
};

} // namespace emc
