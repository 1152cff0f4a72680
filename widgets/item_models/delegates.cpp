#include "widgets/item_models/delegates.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include "widgets/common/icons.h"
#include "widgets/common/theme.h"
#include "widgets/item_models/clips_model.h"
#include "widgets/item_models/models_model.h"
#include "widgets/item_models/queue_model.h"

namespace emc {

namespace {

void paintGround(QPainter& painter, const Theme& theme, const QStyleOptionViewItem& option) {
    const bool enabled = option.state & QStyle::State_Enabled;
    if (option.state & QStyle::State_Selected) painter.fillRect(option.rect, theme.selection);
    else if (enabled && option.state & QStyle::State_MouseOver) painter.fillRect(option.rect, theme.hover);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1));
    }
}

QRect checkBoxOf(const QRect& row) {
    return {row.left() + 12, row.top() + (row.height() - 14) / 2, 14, 14};
}

void paintCheckBox(QPainter& painter, const Theme& theme, const QRect& box, bool checked, bool enabled) {
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath path;
    path.addRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.fillPath(path, !enabled ? theme.raised : checked ? theme.primaryFill : theme.base);
    painter.setPen(QPen(!enabled ? theme.border : checked ? theme.primaryFill : theme.controlBorder, 1));
    painter.drawPath(path);
    if (!checked) return;
    painter.setPen(QPen(enabled ? QColor(Qt::white) : theme.disabled, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF tick[] = {{box.left() + 3.4, box.top() + 7.4},
                            {box.left() + 6.0, box.top() + 10.0},
                            {box.left() + 10.8, box.top() + 4.6}};
    painter.drawPolyline(tick, 3);
}

void paintChip(QPainter& painter, const Theme& theme, const QRectF& place, const QString& text, const QColor& fill) {
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath path;
    path.addRoundedRect(place, metrics::kChipRadius, metrics::kChipRadius);
    painter.fillPath(path, fill);
    painter.setFont(theme.font(11, QFont::DemiBold));
    painter.setPen(Theme::onColour(fill));
    painter.drawText(place, Qt::AlignCenter, text);
}

} // namespace

void ModelRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Theme& theme = Theme::of(option.widget);
    painter->save();
    paintGround(*painter, theme, option);
    const QRect row = option.rect;
    const bool enabled = index.flags() & Qt::ItemIsEnabled,
               checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    paintCheckBox(*painter, theme, checkBoxOf(row), checked, enabled);
    const int slot = index.data(ModelsModel::SlotRole).toInt();
    const bool listener = index.data(ModelsModel::IsListenerRole).toBool();
    const QRectF chip(row.left() + 34, row.top() + (row.height() - 16) / 2, 16, 16);
    if (listener) paintChip(*painter, theme, chip, QStringLiteral("R"), checked ? theme.text : theme.muted);
    else if (slot > 0) paintChip(*painter, theme, chip, QString::number(slot), theme.slot(slot - 1));
    const QString note = index.data(ModelsModel::StateRole).toString();
    painter->setFont(theme.font(11));
    // The name tells models apart: where both have no room, the note gives way.
    const int both = row.right() - 12 - (row.left() + 58);
    int noteWidth = note.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(note);
    if (QFontMetrics(theme.font(12)).horizontalAdvance(index.data().toString()) + 8 + noteWidth > both) noteWidth = 0;
    painter->setPen(enabled ? theme.muted : theme.disabled);
    if (noteWidth)
        painter->drawText(QRect(row.right() - 12 - noteWidth, row.top(), noteWidth + 1, row.height()),
                          Qt::AlignVCenter | Qt::AlignRight, note);
    painter->setFont(theme.font(12));
    painter->setPen(!enabled ? theme.disabled : checked ? theme.text : theme.muted);
    const int room = both - noteWidth - (noteWidth ? 8 : 0);
    painter->drawText(QRect(row.left() + 58, row.top(), room, row.height()), Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, room));
    painter->restore();
}

QSize ModelRowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {180, metrics::kListRow};
}

bool ModelRowDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) {
    const bool click = event->type() == QEvent::MouseButtonRelease &&
                       static_cast<QMouseEvent*>(event)->button() == Qt::LeftButton &&
                       option.rect.contains(static_cast<QMouseEvent*>(event)->position().toPoint()) &&
                       static_cast<QMouseEvent*>(event)->position().x() <
                           option.rect.left() + 54; // box and chip; the name only selects
    const bool key = event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space;
    if ((!click && !key) || !(index.flags() & Qt::ItemIsEnabled)) return false;
    const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

void ClipRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Theme& theme = Theme::of(option.widget);
    painter->save();
    paintGround(*painter, theme, option);
    const QRect row = option.rect;
    const double ratio = painter->device()->devicePixelRatioF();
    const bool group = index.data(ClipsModel::IsGroupRole).toBool(), first = index.column() == ClipsModel::Name;
    painter->setFont(group && first ? theme.font(12, QFont::DemiBold) : theme.font(12));
    if (!first) {
        painter->setPen(theme.muted);
        painter->drawText(row.adjusted(0, 0, -12, 0), Qt::AlignVCenter | Qt::AlignRight, index.data().toString());
        painter->restore();
        return;
    }
    int left = row.left() + 4, right = row.right() - 4;
    if (!group) {
        painter->drawPixmap(left, row.top() + (row.height() - 14) / 2,
                            iconPixmap(QStringLiteral("clip"), theme.muted, 14, ratio));
        left += 22;
        if (!index.data(ClipsModel::FaultRole).toString().isEmpty()) {
            right -= 18;
            painter->drawPixmap(right + 2, row.top() + (row.height() - 14) / 2,
                                iconPixmap(QStringLiteral("warning"), theme.warning, 14, ratio));
        }
    }
    painter->setPen(theme.text);
    painter->drawText(QRect(left, row.top(), right - left, row.height()), Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, right - left));
    painter->restore();
}

QSize ClipRowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return {index.column() == ClipsModel::Duration
                ? 56
                : QFontMetrics(option.font).horizontalAdvance(index.data().toString()) + 40,
            metrics::kListRow};
}

void ProgressDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Theme& theme = Theme::of(option.widget);
    painter->save();
    paintGround(*painter, theme, option);
    const double share = index.data(QueueModel::ProgressRole).toDouble();
    const auto state = static_cast<QueueState>(index.data(QueueModel::StateRole).toInt());
    const QColor fill = state == QueueState::Failed   ? theme.danger
                        : state == QueueState::Done   ? theme.ok
                        : state == QueueState::Paused ? theme.muted
                                                      : theme.accent;
    painter->setFont(theme.font(12));
    const int words = painter->fontMetrics().horizontalAdvance(QStringLiteral("100\u2009%")) + 8;
    const QRectF bar(option.rect.left() + 8, option.rect.center().y() - 1,
                     std::max(16, option.rect.width() - 20 - words), 4);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme.pressed);
    painter->drawRoundedRect(bar, 2, 2);
    if (share > 0) {
        painter->setBrush(fill);
        painter->drawRoundedRect(QRectF(bar.left(), bar.top(), std::max(4.0, bar.width() * share), 4), 2, 2);
    }
    painter->setPen(theme.text);
    painter->drawText(option.rect.adjusted(0, 0, -8, 0), Qt::AlignVCenter | Qt::AlignRight, index.data().toString());
    painter->restore();
}

QSize ProgressDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {160, metrics::kButtonRow};
}

} // namespace emc
