#include "widgets/options/option_rows.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

#include "widgets/common/icons.h"
#include "widgets/common/theme.h"
#include "widgets/options/options_form.h"

namespace emc {

namespace {
constexpr int kLabelLeft = 20, kLabelWidth = 132;
}

OptionGroupHeader::OptionGroupHeader(const QString& title, QWidget* parent) : QAbstractButton(parent), m_title(title) {
    setCheckable(true);
    setChecked(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize OptionGroupHeader::sizeHint() const {
    return {200, 28};
}

void OptionGroupHeader::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), isDown() ? theme.pressed : underMouse() ? theme.hover : theme.raised);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
    painter.drawPixmap(12, (height() - 14) / 2,
                       iconPixmap(isChecked() ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"),
                                  theme.muted, 14, devicePixelRatioF()));
    painter.setFont(theme.font(12, QFont::DemiBold));
    painter.setPen(theme.text);
    painter.drawText(rect().adjusted(32, 0, -12, 0), Qt::AlignVCenter | Qt::AlignLeft, m_title);
    if (!hasFocus()) return;
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
}

void OptionRowGround::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    if (current) painter.fillRect(rect(), theme.hover);
    if (!changed) return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accentText);
    painter.drawEllipse(QPointF(11, 16), 2.5, 2.5);
}

QString FormRow::label() const {
    return QString::fromStdString(info.label.empty() ? info.key : info.label);
}

QString FormRow::helpText() const {
    QString text = QString::fromStdString(info.help);
    if (!text.isEmpty() && !text.endsWith(u'.')) text += u'.';
    const bool number = std::holds_alternative<int>(value) || std::holds_alternative<double>(value);
    const bool low = std::isfinite(info.min), high = std::isfinite(info.max);
    const auto show = [](double v) { return optionText(OptionValue(v)); };
    QStringList facts;
    if (number && low && high) facts.append(OptionsForm::tr("%1 to %2").arg(show(info.min), show(info.max)));
    else if (number && low) facts.append(OptionsForm::tr("%1 or more").arg(show(info.min)));
    else if (number && high) facts.append(OptionsForm::tr("%1 or less").arg(show(info.max)));
    const QString standardText = optionText(standard);
    if (!standardText.isEmpty()) facts.append(OptionsForm::tr("default %1").arg(standardText));
    if (facts.isEmpty()) return text;
    QString sentence = facts.join(QStringLiteral(", ")) + u'.';
    sentence[0] = sentence[0].toUpper();
    return text.isEmpty() ? sentence : text + u' ' + sentence;
}

void FormRow::make(QWidget* parent, std::function<void()> changed, std::function<void()> reset) {
    widget = new OptionRowGround(parent);
    auto* outer = new QVBoxLayout(widget);
    outer->setContentsMargins(kLabelLeft, 2, 8, 2);
    outer->setSpacing(0);
    line = new QHBoxLayout;
    line->setSpacing(8);
    name = new QLabel(label(), widget);
    name->setFixedWidth(kLabelWidth);
    name->setWordWrap(true);
    editor = makeOptionEditor(info, value, widget, std::move(changed));
    editor.widget->setAccessibleName(label());
    editor.widget->setAccessibleDescription(QString::fromStdString(info.help));
    name->setBuddy(editor.widget);
    unit = new QLabel(QString::fromStdString(info.unit), widget);
    unit->setProperty("role", "caption"); // by the sheet: a palette of its own is lost when the theme changes
    resetButton = new QToolButton(widget);
    resetButton->setFixedSize(24, 24);
    resetButton->setAutoRaise(true);
    resetButton->setFocusPolicy(Qt::TabFocus);
    resetButton->setToolTip(
        OptionsForm::tr("Back to %1")
            .arg(optionText(standard).isEmpty() ? OptionsForm::tr("nothing") : optionText(standard)));
    resetButton->setAccessibleName(OptionsForm::tr("Reset %1").arg(label()));
    QSizePolicy keeps = resetButton->sizePolicy();
    keeps.setRetainSizeWhenHidden(true); // rows must not jump when the arrow appears
    resetButton->setSizePolicy(keeps);
    QObject::connect(resetButton, &QToolButton::clicked, widget, std::move(reset));
    line->addWidget(name);
    // Numbers have a fixed width; text takes what is there up to its own limit.
    line->addWidget(editor.widget,
                    editor.widget->maximumWidth() > 100 && editor.widget->maximumWidth() < 1000 ? 100 : 0);
    line->addWidget(unit);
    line->addStretch(1);
    line->addWidget(resetButton);
    outer->addLayout(line);
    fault = new QLabel(widget);
    fault->setWordWrap(true);
    fault->setContentsMargins(0, 0, 0, 4);
    fault->hide();
    outer->addWidget(fault);
    refresh();
}

void FormRow::replaceEditor(OptionEditor next) {
    line->replaceWidget(editor.widget, next.widget);
    editor.widget->deleteLater();
    editor = std::move(next);
    editor.widget->setAccessibleName(label());
    name->setBuddy(editor.widget);
    editor.widget->show();
}

void FormRow::refresh() {
    widget->changed = isChanged();
    QFont font = name->font();
    font.setWeight(isChanged() ? QFont::DemiBold : QFont::Normal);
    name->setFont(font);
    resetButton->setVisible(isChanged());
    widget->update();
}

void FormRow::setFault(const QString& text) {
    fault->setText(text);
    fault->setVisible(!text.isEmpty());
}

void FormRow::setEnabled(bool enabled, const QString& why) {
    editor.widget->setEnabled(enabled);
    name->setEnabled(enabled);
    unit->setEnabled(enabled);
    resetButton->setEnabled(enabled);
    editor.widget->setToolTip(enabled ? QString() : why);
    name->setToolTip(enabled ? QString() : why);
}

void FormRow::setCurrent(bool current) {
    widget->current = current;
    widget->update();
}

void FormRow::applyTheme(const Theme& theme) {
    const auto ink = [](QWidget* w, const QColor& colour) {
        QPalette palette = w->palette();
        palette.setColor(QPalette::Active, QPalette::WindowText, colour);
        palette.setColor(QPalette::Inactive, QPalette::WindowText, colour);
        w->setPalette(palette);
    };
    name->setFont(theme.font(12, isChanged() ? QFont::DemiBold : QFont::Normal));
    fault->setFont(theme.font(11));
    ink(fault, theme.danger);
    resetButton->setIcon(icon(QStringLiteral("reset"), theme, theme.muted));
    resetButton->setIconSize({14, 14});
    editor.widget->setFont(theme.font(12));
    widget->update();
}

} // namespace emc
