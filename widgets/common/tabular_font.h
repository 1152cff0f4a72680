#pragma once
// The family of the interface. Qt 6.4 cannot switch on the font feature "tnum", so a copy of Inter in memory gets its
// character map pointed at the tabular figures. When Inter is absent or has another shape, the system's sans serif is
// used.
#include <QByteArray>
#include <QString>

namespace emc {

QString tabularFamily();

// The patched copy, its family renamed to `family` (as long as the name it replaces); empty when the font has no
// "tnum".
QByteArray withTabularFigures(const QByteArray& font, const QByteArray& oldFamily, const QByteArray& family);

} // namespace emc
