// Lane headers: icon, name, unit and legend (static), values at the playhead (painted anew with every move).
#include <algorithm>

#include "widgets/common/icons.h"
#include "widgets/timeline/timeline_scene.h"

namespace emc {

namespace {

constexpr int kFirstRow = 5, kRowHeight = 18, kIconX = 14, kTextX = 36, kRightMargin = 11;

struct LaneFace {
    const char* icon;
    QString name;
    QColor colour;
};

LaneFace faceOf(TimelineView::Lane lane, const TimelineScene& scene, const Theme& theme) {
    using Lane = TimelineView::Lane;
    switch (lane) {
    case Lane::Events: return {"marker", TimelineView::tr("Events"), theme.muted};
    case Lane::Speech: return {"speech", TimelineView::tr("Speech"), theme.speech};
    case Lane::Face: return {"face", TimelineView::tr("Face"), theme.face};
    case Lane::Emotion: return {"emotion", TimelineView::tr("Emotion"), theme.emotion};
    case Lane::Entropy: return {"heatmap", TimelineView::tr("Entropy"), theme.muted};
    case Lane::Reactions: break;
    }
    return {"model", TimelineView::tr("Reaction %1").arg(scene.quantity),
            scene.reactions.empty() ? theme.muted : theme.slot(scene.reactions.front().slot - 1)};
}

// Lanes of one line are centred, taller ones start at the top.
int firstRow(const QRect& header, bool oneLine) {
    return header.top() + (oneLine || header.height() < 34 ? (header.height() - 1 - kRowHeight) / 2 : kFirstRow);
}

bool isOneLine(TimelineView::Lane lane) {
    return lane == TimelineView::Lane::Events || lane == TimelineView::Lane::Entropy;
}

} // namespace

void TimelineScene::paintHeader(QPainter& painter, const Theme& theme, const Box& box) const {
    painter.save();
    painter.setClipRect(box.header.adjusted(0, 0, 0, -1));
    const LaneFace face = faceOf(box.lane, *this, theme);
    const int top = firstRow(box.header, isOneLine(box.lane));
    const double ratio = painter.device()->devicePixelRatioF();
    painter.drawPixmap(kIconX, top + (kRowHeight - 14) / 2,
                       iconPixmap(QString::fromLatin1(face.icon), face.colour, 14, ratio));
    painter.setFont(theme.font(12, QFont::Medium));
    painter.setPen(theme.text);
    const int room = box.header.right() - kTextX - kRightMargin;
    painter.drawText(QRect(kTextX, top, room, kRowHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(face.name, Qt::ElideRight, room));

    painter.setFont(theme.font(11));
    painter.setPen(theme.muted);
    QString under;
    if (box.lane == Lane::Speech) under = waveform.low.empty() ? TimelineView::tr("no sound") : waveformCaption;
    if (box.lane == Lane::Face)
        under = confidence.empty() ? TimelineView::tr("no face") : TimelineView::tr("confidence 0–1");
    if (box.lane == Lane::Reactions && reactions.empty()) under = TimelineView::tr("no reaction yet");
    if (box.lane == Lane::Emotion && channels.empty()) under = TimelineView::tr("no curve chosen");
    if (!under.isEmpty() && !compact && box.header.height() >= 42)
        painter.drawText(QRect(kTextX, top + kRowHeight - 1, room + 8, 16), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(under, Qt::ElideRight, room + 8));

    if (box.lane == Lane::Reactions && !reactions.empty()) {
        const QFont small = theme.font(10);
        painter.setFont(small);
        const QString highText = numberText(high, high == std::floor(high) ? 0 : 1),
                      lowText = numberText(low, low == std::floor(low) ? 0 : 1);
        painter.drawText(QRect(kTextX, box.header.top() + 3, box.header.right() - 4 - kTextX, 12),
                         Qt::AlignRight | Qt::AlignVCenter, highText);
        painter.drawText(QRect(kTextX, box.header.bottom() - 12, box.header.right() - 4 - kTextX, 12),
                         Qt::AlignRight | Qt::AlignVCenter, lowText);
    }
    painter.setFont(theme.font(11));
    int y = top + kRowHeight + 1;
    for (const LegendRow& row : legend(box.lane, theme)) {
        if (y + kRowHeight > box.header.bottom() + 1) break;
        painter.setPen(row.pen);
        painter.drawLine(QPointF(kIconX, y + kRowHeight / 2.0), QPointF(kIconX + 16, y + kRowHeight / 2.0));
        painter.setPen(theme.muted);
        const int width = box.header.right() - kTextX - kRightMargin - 34;
        painter.drawText(QRect(kTextX, y, width, kRowHeight), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(row.name, Qt::ElideRight, width));
        y += kRowHeight;
    }
    painter.restore();
}

void TimelineScene::paintHeaderValues(QPainter& painter, const Theme& theme) const {
    const auto at = static_cast<std::size_t>(std::max(0, playhead));
    painter.setFont(theme.font(12, QFont::DemiBold));
    painter.setPen(theme.text);
    for (const Box& box : boxes) {
        const int top = firstRow(box.header, isOneLine(box.lane));
        const auto value = [&](int y, const QString& text) {
            painter.drawText(QRect(kTextX, y, box.header.right() - kTextX - kRightMargin + 1, kRowHeight),
                             Qt::AlignVCenter | Qt::AlignRight, text);
        };
        const auto missing = [&](Modality m) {
            const auto& list = spans[static_cast<std::size_t>(m)];
            return std::any_of(list.begin(), list.end(), [&](const FrameSpan& s) { return s.contains(playhead); });
        };
        switch (box.lane) {
        case Lane::Events: break;
        case Lane::Speech:
            if (missing(Modality::Speech)) value(top, TimelineView::tr("missing"));
            else if (speechMuted) value(top, TimelineView::tr("muted"));
            break;
        case Lane::Face:
            if (missing(Modality::Face)) value(top, TimelineView::tr("missing"));
            else if (at < confidence.size()) value(top, numberText(confidence[at]));
            break;
        case Lane::Entropy:
            if (at < entropy.size()) value(top, numberText(entropy[at]));
            break;
        case Lane::Emotion:
        case Lane::Reactions: {
            int y = top + kRowHeight + 1;
            for (const LegendRow& row : legend(box.lane, theme)) {
                if (y + kRowHeight > box.header.bottom() + 1) break;
                if (row.known) value(y, numberText(row.value));
                y += kRowHeight;
            }
            break;
        }
        }
    }
}

} // namespace emc
