#pragma once
// The heat map of the attention panel with its axes, availability strips, entropy bars, query row and scale bar.
#include <QImage>
#include <QWidget>

#include <vector>

#include "core/api/reactions.h"
#include "widgets/common/theme.h"

namespace emc {

struct HeatMapData {
    std::vector<float> weights; // queries x keys
    int queries = 0, keys = 0;
    bool difference = false;                                             // diverging map with symmetric limits
    QString queryName, keyName;                                          // "query: speech time"
    std::vector<std::pair<FrameSpan, Meaning>> queryMissing, keyMissing; // in frames
    QString note;                                                        // in the middle while there are no weights
};

class HeatMapView : public QWidget {
    Q_OBJECT
public:
    explicit HeatMapView(QWidget* parent = nullptr);
    void setData(HeatMapData data);
    const HeatMapData& data() const { return m_data; }
    void setTime(int frames, double rateHz);
    void setPlayhead(int frame);
    void setExponent(double exponent);
    const std::vector<float>& entropy() const { return m_entropy; }
    float limit() const { return m_limit; } // value of the last colour
    QRect mapRect() const;
    int queryAtPlayhead() const; // row under the playhead; -1 without data
    void paint(QPainter& painter, const Theme& theme, const QRect& place, bool forExport) const;
    // "11.8 × 10⁻³" or "0.24"; `withUnit` false leaves the power out.
    QString weightText(float weight, bool withUnit = true) const;
    QString unitText() const; // "× 10⁻³" or ""

    QSize sizeHint() const override { return {330, 330}; }
    QSize minimumSizeHint() const override { return {200, 190}; }

signals:
    void cellChosen(int queryFrame, int keyFrame);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QRect mapIn(const QRect& place) const;
    void choose(const QPoint& point);
    void paintTip(QPainter& painter, const Theme& theme, const QRect& map, const QRect& place) const;
    void paintStrips(QPainter& painter, const Theme& theme, const QRect& map) const;
    void paintAxes(QPainter& painter, const Theme& theme, const QRect& map, const QRect& place) const;
    int frameOfKey(int key) const;
    int frameOfQuery(int query) const;

    HeatMapData m_data;
    std::vector<float> m_entropy;
    float m_limit = 0;
    int m_frames = 0, m_playhead = 0;
    double m_rateHz = 25, m_exponent = 0.62;
    QPoint m_hover{-1, -1}; // (key, query)
    mutable QImage m_image; // kept until data, size or theme change
    mutable const Theme* m_imageTheme = nullptr;
};

} // namespace emc
