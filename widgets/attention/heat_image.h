#pragma once
// A matrix as a picture: nearest neighbour when a cell is 2 pixels or more, box average when it is smaller.
#include <QImage>
#include <QVector>

#include <vector>

namespace emc {

// values: rows x cols; `low` and `high` become the ends of the colour table. The picture has `size` device pixels; not
// finite = `hole`.
QImage heatImage(const std::vector<float>& values, int rows, int cols, float low, float high,
                 const QVector<QRgb>& table, const QSize& size, QRgb hole);

} // namespace emc
