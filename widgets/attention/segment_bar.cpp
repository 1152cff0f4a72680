#include "widgets/attention/segment_bar.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

namespace emc {

namespace {
constexpr int kHeight = 24, kPadding = 9, kTight = 6, kChevron = 12;
}

SegmentBar::SegmentBar(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SegmentBar::setItems(const QStringList& items) {
    if (items == m_items) return;
    m_items = items;
    m_enabled = QList<bool>(items.size(), true);
    m_why = QStringList(items.size(), QString());
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(items.size()) - 1));
    updateGeometry();
    update();
}

void SegmentBar::setCurrent(int index) {
    if (index < 0 || index >= m_items.size()) return;
    m_current = index;
    update();
}

void SegmentBar::setItemEnabled(int index, bool enabled, const QString& why) {
    if (index < 0 || index >= m_items.size()) return;
    m_enabled[index] = enabled;
    m_why[index] = why;
    update();
}

QSize SegmentBar::sizeHint() const {
    return {fullWidth(kPadding), kHeight};
}

int SegmentBar::fullWidth(int padding) const {
    int width = 1;
    for (int i = 0; i < m_items.size(); ++i) width += itemWidth(i, padding);
    return width;
}

int SegmentBar::padding() const {
    return m_folds && width() < fullWidth(kPadding) ? kTight : kPadding;
}

bool SegmentBar::isFolded() const {
    return m_folds && width() < fullWidth(kTight);
}

QSize SegmentBar::minimumSizeHint() const {
    if (!m_folds) return sizeHint();
    int widest = 0;
    for (int i = 0; i < m_items.size(); ++i) widest = std::max(widest, itemWidth(i, kPadding));
    return {std::min(fullWidth(kTight), widest + kChevron + 1), kHeight};
}

void SegmentBar::setFolds(bool folds) {
    m_folds = folds;
    setSizePolicy(folds ? QSizePolicy::Maximum : QSizePolicy::Fixed, QSizePolicy::Fixed);
}

int SegmentBar::itemWidth(int index, int padding) const {
    const QFontMetrics fm(Theme::of(this).font(12, QFont::DemiBold));
    return std::max(22, fm.horizontalAdvance(m_items[index]) + 2 * padding);
}

QRect SegmentBar::itemRect(int index) const {
    if (isFolded()) return index == m_current ? QRect(0, (height() - kHeight) / 2, width(), kHeight) : QRect();
    int x = 0;
    const int space = padding();
    for (int i = 0; i < m_items.size(); ++i) {
        const int width = itemWidth(i, space);
        if (i == index) return {x, (height() - kHeight) / 2, width, kHeight};
        x += width;
    }
    return {};
}

int SegmentBar::itemAt(const QPoint& point) const {
    for (int i = 0; i < m_items.size(); ++i)
        if (itemRect(i).contains(point)) return i;
    return -1;
}

void SegmentBar::choose(int index) {
    if (index < 0 || index >= m_items.size() || !m_enabled[index] || index == m_current) return;
    m_current = index;
    update();
    emit chosen(index);
}

void SegmentBar::paintEvent(QPaintEvent*) {
    if (m_items.isEmpty()) return;
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isFolded()) return paintFolded(painter);
    QRectF whole = itemRect(0);
    whole.setRight(itemRect(static_cast<int>(m_items.size()) - 1).right() + 1);
    QPainterPath outline;
    outline.addRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), metrics::kRadius, metrics::kRadius);
    painter.fillPath(outline, theme.raised);
    painter.save();
    painter.setClipPath(outline);
    for (int i = 0; i < m_items.size(); ++i) {
        const QRect place = itemRect(i);
        if (i == m_current && isEnabled()) painter.fillRect(place, theme.selection);
        else if (i == m_hover && isEnabled() && m_enabled[i]) painter.fillRect(place, theme.hover);
        if (i > 0) painter.fillRect(QRect(place.left(), place.top(), 1, place.height()), theme.border);
        painter.setFont(theme.font(12, i == m_current ? QFont::DemiBold : QFont::Medium));
        painter.setPen(!isEnabled() || !m_enabled[i] ? theme.disabled : i == m_current ? theme.text : theme.muted);
        painter.drawText(place, Qt::AlignCenter, m_items[i]);
    }
    painter.restore();
    painter.setPen(QPen(theme.border, 1));
    painter.drawPath(outline);
    if (!hasFocus()) return;
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), metrics::kRadius, metrics::kRadius);
}

// As a combo box looks.
void SegmentBar::paintFolded(QPainter& painter) const {
    const Theme& theme = Theme::of(this);
    const QRect place = itemRect(m_current);
    const QRectF edge = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(hasFocus() ? QPen(theme.accent, 2)
                              : QPen(!isEnabled()   ? theme.border
                                     : m_hover >= 0 ? theme.muted
                                                    : theme.controlBorder,
                                     1));
    painter.setBrush(isEnabled() ? theme.base : theme.window);
    painter.drawRoundedRect(edge, metrics::kRadius, metrics::kRadius);
    painter.setPen(isEnabled() ? theme.text : theme.disabled);
    painter.setFont(theme.font(12, QFont::Medium));
    painter.drawText(place.adjusted(kPadding, 0, -kChevron, 0), Qt::AlignLeft | Qt::AlignVCenter, m_items[m_current]);
    painter.drawPixmap(place.right() - kChevron - 3, place.center().y() - kChevron / 2 + 1,
                       iconPixmap(QStringLiteral("chevron-down"), isEnabled() ? theme.muted : theme.disabled, kChevron,
                                  devicePixelRatioF()));
}

void SegmentBar::openMenu() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (int i = 0; i < m_items.size(); ++i) {
        QAction* action = menu->addAction(m_items[i], this, [this, i] { choose(i); });
        action->setCheckable(true);
        action->setChecked(i == m_current);
        action->setEnabled(m_enabled[i]);
        if (!m_enabled[i]) action->setToolTip(m_why[i]);
    }
    menu->popup(mapToGlobal(QPoint(0, height())));
}

void SegmentBar::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && isFolded()) openMenu();
    else if (event->button() == Qt::LeftButton) choose(itemAt(event->position().toPoint()));
}

void SegmentBar::mouseMoveEvent(QMouseEvent* event) {
    const int hover = itemAt(event->position().toPoint());
    if (hover != m_hover) m_hover = hover, update();
}

void SegmentBar::leaveEvent(QEvent*) {
    m_hover = -1;
    update();
}

void SegmentBar::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (isFolded() && (event->key() == Qt::Key_Space || event->key() == Qt::Key_Down)) return openMenu();
    if (step == 0) return QWidget::keyPressEvent(event);
    for (int i = m_current + step; i >= 0 && i < m_items.size(); i += step) {
        if (!m_enabled[i]) continue;
        choose(i);
        break;
    }
}

bool SegmentBar::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const bool own = key == Qt::Key_Left || key == Qt::Key_Right;
        if (own || (isFolded() && (key == Qt::Key_Space || key == Qt::Key_Down))) return event->accept(), true;
    }
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int item = itemAt(help->pos());
        const QString why = item >= 0 && !m_enabled[item] ? m_why[item] : toolTip();
        if (why.isEmpty()) QToolTip::hideText();
        else QToolTip::showText(help->globalPos(), why, this);
        return true;
    }
    if (event->type() == QEvent::PaletteChange) updateGeometry();
    return QWidget::event(event);
}

} // namespace emc
