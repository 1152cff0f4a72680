#pragma once
// True u, substitute u-hat and their distance as three heat maps over one time axis. Internal to the CMA panel.
#include <QImage>
#include <QWidget>

#include <array>
#include <vector>

#include "core/api/reactions.h"
#include "widgets/common/theme.h"

namespace emc {

class SubstituteView : public QWidget {
    Q_OBJECT
public:
    explicit SubstituteView(QWidget* parent = nullptr);
    // Shows the frames [first, last) of the trace. Without truth only the substitute is drawn.
    void setTrace(const CmaTrace* trace, int first, int last, double rateHz, int draw);
    void setPlayhead(int frame);
    void paint(QPainter& painter, const Theme& theme, const QRect& place) const;
    QRect mapRect(int row) const; // widget pixels; empty when that row is not there
    QSize sizeHint() const override { return {480, 230}; }
    QSize minimumSizeHint() const override { return {240, 200}; }

signals:
    void seekRequested(int frame);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QRect mapIn(const QRect& place, int row) const;
    void seek(const QPoint& point);
    std::array<std::vector<float>, 3> m_rows; // true, substitute, distance: dims x frames
    int m_dims = 0, m_first = 0, m_last = 0, m_playhead = 0, m_draw = 0;
    double m_rateHz = 25;
    float m_limit = 1, m_distance = 1;
    mutable std::array<QImage, 3> m_images;
    mutable const Theme* m_imageTheme = nullptr;
};

} // namespace emc
