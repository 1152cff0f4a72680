#pragma once
// The program's own line icons (resources/icons), recoloured for the theme.
#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace emc {

struct Theme;

// Registers the resource file of this static library; harmless when repeated.
void initIconResources();

// `name` is the file without suffix ("play"). Throws nothing: an unknown name gives an empty picture.
QPixmap iconPixmap(const QString& name, const QColor& colour, int size, double deviceRatio);
// Normal in `colour` (default: text), disabled in the theme's disabled colour; sharp at device ratios 1 to 3.
QIcon icon(const QString& name, const Theme& theme, const QColor& colour = {});

} // namespace emc
