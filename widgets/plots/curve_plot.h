#pragma once
// A plot of curves in the look of the design theme, section 4. QCustomPlot stays in the .cpp.
#include <QColor>
#include <QWidget>

#include <memory>
#include <span>
#include <vector>

namespace emc {

// What a line means decides width and dash: chosen 2, other 1.5, reference 1.75, helper 1.25, ghost 1 at 30 %, mean
// 6-3, earlier 5-3, real dots, threshold 4-3.
enum class LineRole { Chosen, Other, Reference, Helper, Ghost, Mean, Earlier, Real, Threshold };

struct CurveStyle {
    LineRole role = LineRole::Chosen;
    int slot = 0; // from 1: slot colour and number chip in the legend, beyond 6 with marks (curve_key.h); 0: `color`
    QColor color; // for slot 0; invalid = text colour. Given per theme by the caller (setCurveColor on a theme change)
    bool filled = false; // 28 % wash down to zero
    bool endDot = false; // a dot on the last point (live training)
};

class CurvePlot : public QWidget {
    Q_OBJECT
public:
    explicit CurvePlot(QWidget* parent = nullptr);
    ~CurvePlot() override;

    // Texts. The title stands in the header with the value at its right; unit goes into the axis label ("time, s").
    void setTitle(const QString& title);
    void setValueText(const QString& text); // "1.08 at step 2 680"
    void setXLabel(const QString& name, const QString& unit = {});
    void setYLabel(const QString& name, const QString& unit = {});
    void setCaption(const QString& caption);    // written under exported figures
    void setEmptyText(const QString& sentence); // shown while there is no data
    void setHeaderVisible(bool visible);
    void setLegendVisible(bool visible); // number chips and names in the header

    // Curves. Points must come with rising x. Non-finite y breaks the line.
    int addCurve(const QString& name, const CurveStyle& style);
    void setCurve(int curve, std::span<const double> x, std::span<const double> y);
    void setCurve(int curve, std::span<const float> y, double x0 = 0, double dx = 1);
    void append(int curve, double x, double y); // live; redrawn at most 20 times a second
    void setCurveName(int curve, const QString& name);
    void setCurveColor(int curve, const QColor& color);
    void setCurveVisible(int curve, bool visible);
    int curveCount() const;
    int pointCount(int curve) const;
    void clear(); // curves, bands and marks
    // A band between low and high; 1 sigma 26 %, else (2 sigma, interval) 14 %.
    int addBand(const QColor& color, bool oneSigma);
    void setBand(int band, std::span<const double> x, std::span<const double> low, std::span<const double> high);
    void addMark(double x, const QString& text); // dashed vertical helper with a word ("resumed")
    void addSpan(double x0, double x1, const QColor& color, const QString& word = {},
                 bool hatched = true); // missing or imagined part
    void clearSpans();
    void clearMarks();
    void setPoints(int curve, bool onlyPoints); // dots without a line

    // Scales.
    void setSmoothing(double weight); // 0 none .. 0.99; exponential, raw curve ghosted at 32 %
    double smoothing() const;
    void setLogScale(bool log);
    bool logScale() const;
    void setXRange(double low, double high); // low >= high: automatic
    void setYRange(double low, double high);
    void setSecondsAsTimecode(bool on); // x ticks "00:05"
    double xLow() const;
    double xHigh() const;

    void setPlayhead(double x); // own buffered layer; NaN hides it
    double playhead() const;

    // PNG (2x), SVG or PDF by suffix, with title, unit and caption. Throws emc::Error(Usage | Io).
    void exportTo(const QString& path, const QSize& size = {}) const;
    // The visible points as text, for the accessible table and for copying: header line, then "x<TAB>y1<TAB>y2...".
    QString valuesAsText() const;
    // Exponential mean with bias correction; weight 0 gives the input back. Non-finite values are passed over.
    static std::vector<double> smoothed(std::span<const double> values, double weight);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public slots:
    void redraw(); // now (otherwise changes are gathered and drawn once per event loop turn)

signals:
    void xClicked(double x); // click or drag in the plot area
    void hovered(double x, double y);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m;
};

} // namespace emc
