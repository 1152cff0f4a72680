#pragma once
// Figures that carry how they were made: those of this window and those of the core's studies.
#include <QJsonObject>
#include <QString>

namespace emc {

bool isFigure(const QString& path); // by its name
// What stands in an SVG (metadata) or PNG (text) that EMC Studio wrote. Throws Error(BadInput) when nothing does,
// (Io | NotFound) when it cannot be read.
QJsonObject settingsInFigure(const QString& path);

// The weights that such a figure names, a line each: for somebody who looks for them.
QString weightsIn(const QJsonObject& settings);
// Settings of a study's figure (core/study/figure_session.h) as the layout of the page Evaluate: {"form", "robustness",
// "occlusion", "tab"}. `before`: the page's layout now; what the figure does not know stays.
QJsonObject evaluateLayoutOf(const QJsonObject& settings, const QJsonObject& before);

} // namespace emc
