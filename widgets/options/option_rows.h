#pragma once
// Rows and group headings of the options form. Internal to the form.
#include <QAbstractButton>
#include <QWidget>

#include <functional>

#include "widgets/options/option_editors.h"

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace emc {

struct Theme;

// Heading that opens and closes its group; checked = open.
class OptionGroupHeader : public QAbstractButton {
    Q_OBJECT
public:
    OptionGroupHeader(const QString& title, QWidget* parent);
    const QString& title() const { return m_title; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_title;
};

// Ground of a row: raised while it is the current one, a dot at the left while its value is changed.
class OptionRowGround : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    bool current = false, changed = false;

protected:
    void paintEvent(QPaintEvent* event) override;
};

struct FormRow {
    OptionInfo info;
    QString group;
    OptionValue value, standard;
    OptionEditor editor;
    OptionRowGround* widget = nullptr;
    QHBoxLayout* line = nullptr;
    QLabel *name = nullptr, *unit = nullptr, *fault = nullptr;
    QToolButton* resetButton = nullptr;
    bool wanted = true;

    void make(QWidget* parent, std::function<void()> changed, std::function<void()> reset);
    void replaceEditor(OptionEditor editor);
    void refresh(); // dot, bold, reset arrow
    void setFault(const QString& text);
    void setEnabled(bool enabled, const QString& why);
    void setCurrent(bool current);
    void applyTheme(const Theme& theme);
    bool isChanged() const { return !(value == standard); }
    QString label() const;
    QString helpText() const; // help, range and default
};

} // namespace emc
