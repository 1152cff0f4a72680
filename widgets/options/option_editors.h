#pragma once
// Editors of single options. Internal to the form.
#include <QAbstractButton>
#include <QDoubleSpinBox>
#include <QStringList>

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "core/api/options.h"

namespace emc {

using OptionValue = std::variant<bool, int, double, std::string, std::vector<int>>;

QString optionText(const OptionValue& value);                 // as in a file: "true", "0.001", "7, 8, 9"
bool optionFromText(const QString& text, OptionValue& value); // keeps the type; false when the text is not of it

// An editor as the form sees it.
struct OptionEditor {
    QWidget* widget = nullptr;
    std::function<OptionValue()> get;
    std::function<void(const OptionValue&)> set; // without calling `changed`
};
// `changed` is called when the user changed the value.
OptionEditor makeOptionEditor(const OptionInfo& info, const OptionValue& value, QWidget* parent,
                              std::function<void()> changed);
// A combo of shown texts for a text option; a value that is not among them stays possible.
OptionEditor makeChoiceEditor(const QStringList& shown, const QStringList& values, const OptionValue& value,
                              QWidget* parent, std::function<void()> changed);

// 28 x 16 switch.
class SwitchButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit SwitchButton(QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

// Any double: short text, scientific when tiny or huge, steps of a tenth of the decade it stands in. Never rounds what
// was given.
class NumberBox : public QDoubleSpinBox {
    Q_OBJECT
public:
    explicit NumberBox(QWidget* parent = nullptr);
    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& position) const override;
    void stepBy(int steps) override;
    static double stepFor(double value);
};

} // namespace emc
