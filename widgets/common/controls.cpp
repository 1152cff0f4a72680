#include "widgets/common/controls.h"

#include <QButtonGroup>
#include <QEvent>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include "widgets/common/icons.h"

namespace emc {

IconButton::IconButton(const QString& icon, const QString& name, QWidget* parent, int side)
    : QToolButton(parent), m_icon(icon), m_side(side) {
    setFocusPolicy(Qt::TabFocus);
    setAutoRaise(true);
    setFixedSize(side, side);
    setIconSize({16, 16});
    setName(name);
    setIconName(icon);
}

void IconButton::setIconName(const QString& name) {
    m_icon = name;
    setIcon(emc::icon(m_icon, Theme::of(this)));
}

void IconButton::setName(const QString& name, const QString& key) {
    setAccessibleName(name);
    setToolTip(key.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, key));
}

void IconButton::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) setIcon(emc::icon(m_icon, Theme::of(this)));
    QToolButton::changeEvent(event);
}

Button::Button(const QString& text, QWidget* parent, const QString& icon) : QPushButton(text, parent), m_icon(icon) {
    setFocusPolicy(Qt::TabFocus);
    setIconSize({14, 14});
    setFont(Theme::of(this).font(12, QFont::Medium));
    refreshIcon();
}

void Button::setIconName(const QString& icon) {
    m_icon = icon;
    refreshIcon();
}

void Button::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) refreshIcon();
    QPushButton::changeEvent(event);
}

void Button::refreshIcon() {
    if (m_icon.isEmpty()) return;
    const Theme& theme = Theme::of(this);
    setIcon(emc::icon(m_icon, theme,
                      property("primary").toBool()  ? QColor(Qt::white)
                      : property("danger").toBool() ? theme.danger
                                                    : theme.text));
}

MeaningToggle::MeaningToggle(Meaning meaning, const QString& icon, const QString& text, const QString& key,
                             QWidget* parent)
    : QAbstractButton(parent), m_meaning(meaning), m_icon(icon), m_key(key) {
    setText(text);
    setCheckable(true);
    setChecked(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void MeaningToggle::setKeyVisible(bool visible) {
    m_keyVisible = visible;
    updateGeometry();
}

void MeaningToggle::setKey(const QString& key) {
    m_key = key.size() == 1 ? key : QString();
    updateGeometry();
    update();
}

QSize MeaningToggle::sizeHint() const {
    const int text = QFontMetrics(Theme::of(this).font(12, QFont::DemiBold)).horizontalAdvance(this->text());
    return {8 + 14 + 6 + text + (m_keyVisible && !m_key.isEmpty() ? 6 + 16 : 0) + 8, 24};
}

void MeaningToggle::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor meaning = theme.of(m_meaning);
    const QColor line = !isEnabled() ? theme.border : isChecked() ? meaning : theme.controlBorder;
    const QColor ink = !isEnabled() ? theme.disabled : isChecked() ? theme.text : theme.muted;
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath path;
    path.addRoundedRect(box, 4, 4);
    painter.fillPath(path, isDown()                      ? theme.pressed
                           : underMouse() && isEnabled() ? theme.hover
                           : isChecked()                 ? theme.base
                                                         : theme.window);
    if (!isChecked() && isEnabled()) {
        painter.setClipPath(path);
        painter.drawTiledPixmap(rect(), theme.hatch(meaning, devicePixelRatioF()));
        painter.setClipping(false);
        // The word stays readable on the hatching.
        painter.fillRect(QRectF(rect()).adjusted(5, 4, -5, -4), Theme::alpha(theme.window, 0.86));
    }
    painter.setPen(QPen(hasFocus() ? theme.accent : line, hasFocus() ? 2 : 1));
    painter.drawPath(path);
    painter.drawPixmap(8, 5,
                       iconPixmap(m_icon,
                                  !isEnabled()  ? theme.disabled
                                  : isChecked() ? meaning
                                                : theme.muted,
                                  14, devicePixelRatioF()));
    QFont font = theme.font(12, QFont::DemiBold);
    font.setStrikeOut(false);
    painter.setFont(font);
    painter.setPen(ink);
    const int end = width() - 8 - (m_keyVisible && !m_key.isEmpty() ? 22 : 0);
    painter.drawText(QRect(28, 0, end - 28 + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    if (m_keyVisible && !m_key.isEmpty()) {
        const QRectF cap(width() - 8 - 16 + 2, 4, 16, 16);
        painter.setPen(QPen(theme.border, 1));
        painter.setBrush(theme.raised);
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter.setFont(theme.font(10, QFont::Medium));
        painter.setPen(theme.muted);
        painter.drawText(cap, Qt::AlignCenter, m_key);
    }
}

SegmentedControl::SegmentedControl(QWidget* parent)
    : QWidget(parent), m_row(new QHBoxLayout(this)), m_group(new QButtonGroup(this)) {
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idClicked, this, [this](int id) {
        m_current = id;
        refresh();
        emit chosen(id);
    });
}

void SegmentedControl::setItems(const QStringList& texts, const QStringList& accessibleNames) {
    for (QAbstractButton* button : m_group->buttons()) {
        m_group->removeButton(button);
        m_row->removeWidget(button);
        delete button;
    }
    for (int i = 0; i < texts.size(); ++i) {
        auto* button = new QPushButton(texts[i], this);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(i < accessibleNames.size() ? accessibleNames[i] : texts[i]);
        if (i < accessibleNames.size()) button->setToolTip(accessibleNames[i]);
        m_group->addButton(button, i);
        m_row->addWidget(button);
    }
    m_current = std::min(m_current, std::max(0, static_cast<int>(texts.size()) - 1));
    refresh();
}

void SegmentedControl::setIcons(const QStringList& icons) {
    m_icons = icons;
    refresh();
}

int SegmentedControl::count() const {
    return static_cast<int>(m_group->buttons().size());
}

void SegmentedControl::setCurrent(int index) {
    if (index < 0 || index >= count()) return;
    m_current = index;
    refresh();
}

void SegmentedControl::setItemEnabled(int index, bool enabled, const QString& why) {
    if (QAbstractButton* button = m_group->button(index)) {
        button->setEnabled(enabled);
        if (!enabled && !why.isEmpty()) button->setToolTip(why);
    }
}

void SegmentedControl::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) refresh();
    QWidget::changeEvent(event);
}

void SegmentedControl::refresh() {
    const Theme& theme = Theme::of(this);
    const int n = count();
    for (int i = 0; i < n; ++i) {
        auto* button = static_cast<QPushButton*>(m_group->button(i));
        button->setChecked(i == m_current);
        const QString left = i == 0 ? QStringLiteral("4px") : QStringLiteral("0"),
                      right = i == n - 1 ? QStringLiteral("4px") : QStringLiteral("0");
        // Segments share their borders, so each has its own corner radii.
        const QString sheet =
            QStringLiteral(
                "QPushButton{border:1px solid "
                "%1;border-left-width:%2px;border-top-left-radius:%3;border-bottom-left-radius:%3;"
                "border-top-right-radius:%4;border-bottom-right-radius:%4;padding:0 "
                "8px;min-height:22px;background:%5;color:%6;"
                "font-weight:%7;font-size:12px}QPushButton:hover{background:%8}QPushButton:focus{border:2px solid %9;"
                "padding:0 7px;min-height:20px}QPushButton:disabled{color:%10}")
                .arg(theme.border.name())
                .arg(i == 0 ? 1 : 0)
                .arg(left, right)
                .arg(i == m_current ? theme.selection.name() : theme.raised.name(),
                     i == m_current ? theme.text.name() : theme.muted.name())
                .arg(i == m_current ? 600 : 500)
                .arg(i == m_current ? theme.selection.name() : theme.hover.name(), theme.accent.name(),
                     theme.disabled.name());
        if (button->styleSheet() != sheet) button->setStyleSheet(sheet);
        if (i < m_icons.size()) {
            button->setIcon(emc::icon(m_icons[i], theme, i == m_current ? theme.accentText : theme.muted));
            button->setIconSize({14, 14});
        }
    }
}

SlotChip::SlotChip(int slot, QWidget* parent) : QWidget(parent), m_slot(slot) {
    setFixedSize(16, 16);
}

void SlotChip::paint(QPainter& painter, const QRectF& rect, const Theme& theme, int slot, const QString& text) {
    if (slot < -1) return;
    const QColor fill = slot < 0 ? theme.text : theme.slot(slot);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect, 3, 3);
    painter.setPen(Theme::onColour(fill));
    painter.setFont(theme.font(11, QFont::Bold));
    painter.drawText(rect, Qt::AlignCenter,
                     !text.isEmpty() ? text
                     : slot < 0      ? QStringLiteral("R")
                                     : QString::number(slot + 1));
    painter.restore();
}

void SlotChip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paint(painter, rect(), Theme::of(this), m_slot);
}

TextChip::TextChip(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void TextChip::set(const QString& text, const QString& icon, std::optional<Meaning> meaning) {
    if (m_text == text && m_icon == icon && m_meaning == meaning) return;
    m_text = text, m_icon = icon, m_meaning = meaning;
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    resize(sizeHint());
    updateGeometry();
    update();
}

QSize TextChip::sizeHint() const {
    return {6 + (m_icon.isEmpty() ? 0 : 18) +
                QFontMetrics(Theme::of(this).font(11, QFont::Medium)).horizontalAdvance(m_text) + 7,
            20};
}

void TextChip::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::alpha(theme.base, theme.dark ? 0.82 : 0.88));
    painter.drawRoundedRect(rect(), 3, 3);
    const QColor ink = m_meaning ? theme.of(*m_meaning) : theme.text;
    int x = 6;
    if (!m_icon.isEmpty()) {
        painter.drawPixmap(x, 3, iconPixmap(m_icon, ink, 14, devicePixelRatioF()));
        x += 18;
    }
    painter.setPen(ink);
    painter.setFont(theme.font(11, QFont::Medium));
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, m_text);
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    style()->drawItemText(&painter, contentsRect(), static_cast<int>(alignment()), palette(), isEnabled(),
                          fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width()), foregroundRole());
}

QLabel* makeLabel(const QString& text, const char* role, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    if (role) setRole(label, role);
    return label;
}

void setRole(QLabel* label, const char* role) {
    if (label->property("role").toByteArray() == role) return;
    label->setProperty("role", QByteArray(role));
    label->style()->unpolish(label);
    label->style()->polish(label);
}

QFrame* makeLine(Qt::Orientation orientation, QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setProperty("line", true);
    if (orientation == Qt::Horizontal) line->setFixedHeight(1);
    else line->setFixedWidth(1);
    return line;
}

QFrame* makePanel(QWidget* parent) {
    auto* panel = new QFrame(parent);
    panel->setProperty("panel", true);
    return panel;
}

QHBoxLayout* addPanelHeader(QVBoxLayout* column, QWidget* panel, const QString& title, QLabel*& note) {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(8);
    row->addWidget(makeLabel(title, "title", panel));
    note = makeLabel({}, "muted", panel);
    row->addWidget(note);
    row->addStretch(1);
    column->addLayout(row);
    return row;
}

} // namespace emc
