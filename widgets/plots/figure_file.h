#pragma once
// Writing figures: PNG (twice the size), SVG or PDF by suffix, with title and caption, to a temporary name first.
#include <QRect>
#include <QString>

#include <functional>

class QPainter;

namespace emc {

struct Theme;

struct FigureTexts {
    QString title;   // into the metadata
    QString caption; // below the figure and into the metadata; units and scales belong here
    QString session; // JSON of how it was made, into SVG (kSessionTag) and PNG; may be empty
};
// `draw` paints into `place`; `vector` says that the target keeps lines. Throws emc::Error(Usage) for an unknown
// suffix, (Io) when writing fails.
void writeFigure(const QString& path, const QSize& size, const FigureTexts& texts, const Theme& theme,
                 const std::function<void(QPainter& painter, const QRect& place, bool vector)>& draw);

} // namespace emc
