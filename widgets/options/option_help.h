#pragma once
// Below a form: name, key and help of the row in use.
#include <QFrame>

class QLabel;

namespace emc {

struct FormRow;
struct Theme;

class OptionHelp : public QFrame {
    Q_OBJECT
public:
    explicit OptionHelp(QWidget* parent);
    void describe(const FormRow* row); // null = none is in use
    void applyTheme(const Theme& theme);

private:
    QLabel *m_title = nullptr, *m_key = nullptr, *m_text = nullptr;
};

} // namespace emc
