#include "widgets/options/option_editors.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpression>
#include <QSpinBox>

#include <algorithm>
#include <cmath>

#include "widgets/common/theme.h"

namespace emc {

namespace {

constexpr int kNumberWidth = 88, kTextWidth = 188;

QString doubleText(double value) {
    if (value == 0) return QStringLiteral("0");
    const double size = std::abs(value);
    if (size >= 1e-3 && size < 1e6)
        return QString::number(value, 'g', QLocale::FloatingPointShortest).contains(u'e')
                   ? QString::number(value, 'f', 6)
                   : QString::number(value, 'g', QLocale::FloatingPointShortest);
    return QString::number(value, 'e', QLocale::FloatingPointShortest)
        .replace(QStringLiteral("e-0"), QStringLiteral("e-"))
        .replace(QStringLiteral("e+0"), QStringLiteral("e+"));
}

bool parseDouble(QString text, double& value) {
    text = text.trimmed();
    text.replace(QChar(0x2212), u'-');
    if (!text.contains(u'.')) text.replace(u',', u'.'); // decimal comma
    bool ok = false;
    const double parsed = text.toDouble(&ok);
    if (!ok || !std::isfinite(parsed)) return false;
    value = parsed;
    return true;
}

bool parseInts(const QString& text, std::vector<int>& values) {
    std::vector<int> parsed;
    static const QRegularExpression between(QStringLiteral("[,;\\s\\[\\]]+"));
    for (const QString& part : text.split(between, Qt::SkipEmptyParts)) {
        bool ok = false;
        parsed.push_back(part.toInt(&ok));
        if (!ok) return false;
    }
    values = std::move(parsed);
    return true;
}

} // namespace

QString optionText(const OptionValue& value) {
    if (const bool* b = std::get_if<bool>(&value)) return *b ? QStringLiteral("true") : QStringLiteral("false");
    if (const int* i = std::get_if<int>(&value)) return QString::number(*i);
    if (const double* d = std::get_if<double>(&value)) return doubleText(*d);
    if (const std::string* s = std::get_if<std::string>(&value)) return QString::fromStdString(*s);
    QStringList parts;
    for (int i : std::get<std::vector<int>>(value)) parts.append(QString::number(i));
    return parts.join(QStringLiteral(", "));
}

bool optionFromText(const QString& text, OptionValue& value) {
    if (bool* b = std::get_if<bool>(&value)) {
        if (text == QLatin1String("true") || text == QLatin1String("1")) return *b = true, true;
        if (text == QLatin1String("false") || text == QLatin1String("0")) return *b = false, true;
        return false;
    }
    if (int* i = std::get_if<int>(&value)) {
        bool ok = false;
        const int parsed = text.trimmed().toInt(&ok);
        if (ok) *i = parsed;
        return ok;
    }
    if (double* d = std::get_if<double>(&value)) return parseDouble(text, *d);
    if (std::string* s = std::get_if<std::string>(&value)) return *s = text.toStdString(), true;
    return parseInts(text, std::get<std::vector<int>>(value));
}

SwitchButton::SwitchButton(QWidget* parent) : QAbstractButton(parent) {
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::ArrowCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize SwitchButton::sizeHint() const {
    return {34, 24};
}

void SwitchButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(3, (height() - 16) / 2.0, 28, 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(!isEnabled() ? theme.raised : isChecked() ? theme.primaryFill : theme.controlBorder);
    painter.drawRoundedRect(track, 8, 8);
    painter.setBrush(isEnabled() ? QColor(Qt::white) : theme.disabled);
    painter.drawEllipse(QPointF(isChecked() ? track.right() - 8 : track.left() + 8, track.center().y()), 6, 6);
    if (!hasFocus()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), 10, 10);
}

NumberBox::NumberBox(QWidget* parent) : QDoubleSpinBox(parent) {
    setDecimals(300); // the box keeps the value as it is; what is shown is textFromValue()'s matter
    setButtonSymbols(QAbstractSpinBox::NoButtons);
    setAlignment(Qt::AlignRight);
    setKeyboardTracking(false);
}

QString NumberBox::textFromValue(double value) const {
    return doubleText(value);
}

double NumberBox::valueFromText(const QString& text) const {
    double parsed = value();
    parseDouble(text, parsed);
    return parsed;
}

QValidator::State NumberBox::validate(QString& text, int&) const {
    double parsed = 0;
    if (parseDouble(text, parsed))
        return parsed < minimum() || parsed > maximum() ? QValidator::Intermediate : QValidator::Acceptable;
    static const QRegularExpression begun(QStringLiteral("^\\s*[-+\u2212]?[0-9]*[.,]?[0-9]*([eE][-+]?[0-9]*)?\\s*$"));
    return begun.match(text).hasMatch() ? QValidator::Intermediate : QValidator::Invalid;
}

double NumberBox::stepFor(double value) {
    if (value == 0) return 0.01;
    // A tenth of the decade, so that 0.2 goes to 0.21 and 1e-5 to 1.1e-5.
    return std::pow(10.0, std::floor(std::log10(std::abs(value)) + 1e-9) - 1);
}

void NumberBox::stepBy(int steps) {
    const double step = stepFor(value());
    const double next = (std::round(value() / step) + steps) * step;
    // 0.30000000000000004 is nobody's wish: twelve digits are.
    setValue(QString::number(next, 'g', 12).toDouble());
}

OptionEditor makeOptionEditor(const OptionInfo& info, const OptionValue& value, QWidget* parent,
                              std::function<void()> changed) {
    OptionEditor editor;
    if (std::holds_alternative<bool>(value)) {
        auto* box = new SwitchButton(parent);
        QObject::connect(box, &QAbstractButton::toggled, box, [changed] { changed(); });
        editor = {box, [box] { return OptionValue(box->isChecked()); },
                  [box](const OptionValue& v) {
                      const QSignalBlocker quiet(box);
                      box->setChecked(std::get<bool>(v));
                  }};
    } else if (std::holds_alternative<int>(value)) {
        auto* box = new QSpinBox(parent);
        const auto limit = [](double v, int otherwise) {
            return std::isfinite(v) ? static_cast<int>(std::clamp(v, -2147483647.0, 2147483647.0)) : otherwise;
        };
        // A value that is outside stays visible: the check says what is wrong with it.
        box->setRange(std::min(limit(info.min, -2147483647), std::get<int>(value)),
                      std::max(limit(info.max, 2147483647), std::get<int>(value)));
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
        box->setAlignment(Qt::AlignRight);
        box->setFixedWidth(kNumberWidth);
        QObject::connect(box, &QSpinBox::valueChanged, box, [changed] { changed(); });
        editor = {box, [box] { return OptionValue(box->value()); },
                  [box](const OptionValue& v) {
                      const QSignalBlocker quiet(box);
                      const int i = std::get<int>(v);
                      if (i < box->minimum()) box->setMinimum(i);
                      if (i > box->maximum()) box->setMaximum(i);
                      box->setValue(i);
                  }};
    } else if (std::holds_alternative<double>(value)) {
        auto* box = new NumberBox(parent);
        const double given = std::get<double>(value);
        box->setRange(std::min(std::isfinite(info.min) ? info.min : -1e300, given),
                      std::max(std::isfinite(info.max) ? info.max : 1e300, given));
        box->setFixedWidth(kNumberWidth);
        QObject::connect(box, &QDoubleSpinBox::valueChanged, box, [changed] { changed(); });
        editor = {box, [box] { return OptionValue(box->value()); },
                  [box](const OptionValue& v) {
                      const QSignalBlocker quiet(box);
                      const double d = std::get<double>(v);
                      if (d < box->minimum()) box->setMinimum(d);
                      if (d > box->maximum()) box->setMaximum(d);
                      box->setValue(d);
                  }};
    } else if (std::holds_alternative<std::string>(value) && !info.choices.empty()) {
        QStringList choices;
        for (const std::string& choice : info.choices) choices.append(QString::fromStdString(choice));
        return makeChoiceEditor(choices, choices, value, parent, std::move(changed));
    } else {
        auto* line = new QLineEdit(parent);
        line->setMinimumWidth(kNumberWidth);
        line->setMaximumWidth(kTextWidth);
        const bool list = std::holds_alternative<std::vector<int>>(value);
        if (list) line->setPlaceholderText(QStringLiteral("7, 8, 9"));
        QObject::connect(line, &QLineEdit::textEdited, line, [changed] { changed(); });
        editor = {line,
                  [line, held = OptionValue(value)]() mutable {
                      OptionValue parsed = held; // keeps the last good list while a number is being typed
                      if (optionFromText(line->text(), parsed)) held = parsed;
                      return held;
                  },
                  [line](const OptionValue& v) { line->setText(optionText(v)); }};
    }
    editor.set(value);
    return editor;
}

OptionEditor makeChoiceEditor(const QStringList& shown, const QStringList& values, const OptionValue& value,
                              QWidget* parent, std::function<void()> changed) {
    auto* box = new QComboBox(parent);
    box->setMinimumWidth(kNumberWidth);
    box->setMaximumWidth(kTextWidth);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(6);
    box->setFocusPolicy(Qt::StrongFocus);
    for (int i = 0; i < shown.size(); ++i) box->addItem(shown[i], i < values.size() ? values[i] : shown[i]);
    QObject::connect(box, &QComboBox::currentIndexChanged, box, [changed] { changed(); });
    OptionEditor editor{box, [box] { return OptionValue(box->currentData().toString().toStdString()); },
                        [box](const OptionValue& v) {
                            const QSignalBlocker quiet(box);
                            const QString text = QString::fromStdString(std::get<std::string>(v));
                            int at = box->findData(text);
                            if (at < 0) {
                                box->addItem(text, text);
                                at = box->count() - 1;
                            }
                            box->setCurrentIndex(at);
                        }};
    editor.set(value);
    return editor;
}

} // namespace emc
