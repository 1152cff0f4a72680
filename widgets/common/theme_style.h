#pragma once
// Turns a Theme into the palette and style sheet of the application.

class QApplication;
class QString;

namespace emc {

struct Theme;

void applyStyle(QApplication& application, const Theme& theme);
QString styleSheetOf(const Theme& theme);

} // namespace emc
