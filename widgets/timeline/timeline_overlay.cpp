// What lies over the cached lanes: missing spans, playhead, word chips, drag tip, view frame of the overview.
#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

#include "widgets/timeline/timeline_impl.h"

namespace emc {

namespace {

// A word on a ground of base colour, radius 3; the same height everywhere.
void paintChip(QPainter& painter, const QRectF& place, const QString& text, const QColor& ground, const QColor& ink) {
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath path;
    path.addRoundedRect(place, metrics::kChipRadius, metrics::kChipRadius);
    painter.fillPath(path, ground);
    painter.setPen(ink);
    painter.drawText(place, Qt::AlignCenter, text);
}

QString secondsText(int frames, double rateHz) {
    return numberText(frames / rateHz, 2) + QStringLiteral("\u2009s");
}

} // namespace

QRegion TimelineView::Impl::playheadRegion() const {
    const int px = static_cast<int>(std::floor(scene.x(scene.playhead)));
    return QRegion(px - 1, 0, 4, view->height()) + QRegion(px - 8, 0, 17, scene.ruler.height());
}

void TimelineView::paintEvent(QPaintEvent* event) {
    const Theme& theme = Theme::of(this);
    const double ratio = devicePixelRatioF();
    const QSize pixels(static_cast<int>(std::ceil(width() * ratio)), static_cast<int>(std::ceil(height() * ratio)));
    if (!m->layerValid || m->layer.size() != pixels) {
        m->layer = QPixmap(pixels);
        m->layer.setDevicePixelRatio(ratio);
        QPainter layer(&m->layer);
        m->scene.paintStatic(layer, theme, size());
        m->layerValid = true;
    }
    QPainter painter(this);
    for (const QRect& part : event->region())
        painter.drawPixmap(QRectF(part), m->layer,
                           QRectF(part.x() * ratio, part.y() * ratio, part.width() * ratio, part.height() * ratio));
    if (event->region().intersects(QRect(0, 0, m->scene.headerWidth, height())))
        m->scene.paintHeaderValues(painter, theme);
    painter.setClipRect(QRect(m->scene.headerWidth, 0, width() - m->scene.headerWidth, height()), Qt::IntersectClip);
    m->paintSpans(painter, theme);
    m->paintOverviewFrame(painter, theme);
    if (frames() > 0) m->paintPlayhead(painter, theme);
    m->paintSpanWords(painter, theme);
    m->paintImaginedWords(painter, theme);
    m->paintDragTip(painter, theme);
    if (hasFocus() && m->focusRing && !m->selected) {
        painter.setClipping(false);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
    }
}

void TimelineView::Impl::paintSpan(QPainter& painter, const Theme& theme, Modality modality, const QRect& body,
                                   FrameSpan span, bool strong, SpanPart handle) const {
    const QColor& colour = modality == Modality::Speech ? theme.speech : theme.face;
    const double left = std::round(scene.x(span.begin)), right = std::round(scene.x(span.end));
    if (right < body.left() - 4 || left > body.right() + 4) return;
    const QRectF area(left, body.top(), std::max(1.0, right - left), body.height() - 1);
    theme.paintMissing(painter, area, colour, body.topLeft());
    painter.setRenderHint(QPainter::Antialiasing);
    if (strong) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    const auto grip = [&](double x, const QColor& fill) {
        const double height = std::min<double>(16, body.height() - 6);
        QPainterPath path;
        path.addRoundedRect(QRectF(x - 3, body.center().y() - height / 2 + 0.5, 6, height), 3, 3);
        painter.fillPath(path, fill);
    };
    const QColor fill = strong ? theme.accent : colour;
    if (strong || handle == SpanPart::Begin) grip(left, fill);
    if (strong || handle == SpanPart::End) grip(right, fill);
}

void TimelineView::Impl::paintSpans(QPainter& painter, const Theme& theme) const {
    for (Modality modality : {Modality::Speech, Modality::Face}) {
        const TimelineScene::Box* box = scene.box(modality == Modality::Speech ? Lane::Speech : Lane::Face);
        if (!box) continue;
        painter.save();
        painter.setClipRect(box->body, Qt::IntersectClip);
        const bool dragged = drag && drag->modality == modality && (drag->moved || drag->drag.creates());
        const std::vector<FrameSpan> list = dragged ? drag->drag.others() : view->spans(modality);
        for (int i = 0; i < static_cast<int>(list.size()); ++i) {
            const bool strong = !dragged && selected && selected->modality == modality && selected->index == i;
            const bool under = !dragged && hovered && hovered->modality == modality && hovered->index == i;
            paintSpan(painter, theme, modality, box->body, list[static_cast<std::size_t>(i)], strong,
                      under ? hoverPart : SpanPart::None);
        }
        if (dragged && drag->drag.span().length() > 0) {
            paintSpan(painter, theme, modality, box->body, drag->drag.span(), true, SpanPart::None);
            if (!drag->drag.creates()) { // where the edges were
                painter.setPen(Theme::pen(theme.text, 1, {2, 2}));
                for (int edge : {drag->drag.original().begin, drag->drag.original().end}) {
                    const double px = std::round(scene.x(edge)) + 0.5;
                    if (edge != drag->drag.span().begin && edge != drag->drag.span().end)
                        painter.drawLine(QPointF(px, box->body.top()), QPointF(px, box->body.bottom()));
                }
            }
        }
        painter.restore();
    }
}

void TimelineView::Impl::paintSpanWords(QPainter& painter, const Theme& theme) const {
    painter.setFont(theme.font(11));
    const QFontMetrics fm(painter.font());
    for (Modality modality : {Modality::Speech, Modality::Face}) {
        const TimelineScene::Box* box = scene.box(modality == Modality::Speech ? Lane::Speech : Lane::Face);
        if (!box || box->body.height() < 26) continue;
        if (drag && drag->modality == modality && drag->moved) continue; // the tip speaks
        const auto& list = view->spans(modality);
        for (int i = 0; i < static_cast<int>(list.size()); ++i) {
            const FrameSpan span = list[static_cast<std::size_t>(i)];
            const double left = std::max<double>(scene.x(span.begin), box->body.left()),
                         right = std::min<double>(scene.x(span.end), box->body.right());
            const bool strong = selected && selected->modality == modality && selected->index == i;
            const QStringList words = {
                strong ? TimelineView::tr("missing %1").arg(secondsText(span.length(), scene.axis.rateHz()))
                : modality == Modality::Speech ? TimelineView::tr("speech missing")
                                               : TimelineView::tr("face missing"),
                TimelineView::tr("missing")};
            for (const QString& text : words) {
                const double width = fm.horizontalAdvance(text) + 16;
                if (right - left < width + 24) continue;
                const QRectF place(std::round((left + right - width) / 2),
                                   std::round(box->body.top() + (box->body.height() - 20) / 2.0), width, 20);
                paintChip(painter, place, text, theme.base, modality == Modality::Speech ? theme.speech : theme.face);
                break;
            }
        }
    }
}

void TimelineView::Impl::paintImaginedWords(QPainter& painter, const Theme& theme) const {
    const TimelineScene::Box* box = scene.box(Lane::Reactions);
    if (!box || scene.reactions.empty() || box->body.height() < 44) return;
    painter.setFont(theme.font(11));
    const QFontMetrics fm(painter.font());
    for (const FrameSpan& span : scene.imagined) {
        const double left = std::max<double>(scene.x(span.begin), box->body.left()),
                     right = std::min<double>(scene.x(span.end), box->body.right());
        for (const QString& text :
             {scene.imaginedWords.isEmpty() ? TimelineView::tr("imagined by CMA") : scene.imaginedWords,
              TimelineView::tr("imagined")}) {
            const double width = fm.horizontalAdvance(text) + 12;
            if (right - left < width + 4) continue;
            paintChip(painter, QRectF(std::round(left) + 3, box->body.top() + 8, width, 18), text,
                      Theme::alpha(theme.base, theme.dark ? 0.82 : 0.88), theme.imagined);
            break;
        }
    }
}

void TimelineView::Impl::paintPlayhead(QPainter& painter, const Theme& theme) const {
    const double px = std::floor(scene.x(scene.playhead));
    if (px < scene.ruler.left() - 6 || px > scene.ruler.right() + 6) return;
    const int end = scene.axis.showsAll() ? scene.overview.bottom() + 1
                                          : scene.overview.top(); // the overview has a scale of its own
    painter.fillRect(QRectF(px, scene.ruler.top() + 14, 1, end - scene.ruler.top() - 14), theme.text);
    painter.setRenderHint(QPainter::Antialiasing);
    const double cx = px + 0.5, top = scene.ruler.top() + 2; // the handle: 12 x 15, square above, pointed below
    QPainterPath handle;
    handle.moveTo(cx - 6, top + 2);
    handle.quadTo(cx - 6, top, cx - 4, top);
    handle.lineTo(cx + 4, top);
    handle.quadTo(cx + 6, top, cx + 6, top + 2);
    handle.lineTo(cx + 6, top + 9);
    handle.lineTo(cx, top + 15);
    handle.lineTo(cx - 6, top + 9);
    handle.closeSubpath();
    painter.fillPath(handle, theme.text);
}

void TimelineView::Impl::paintDragTip(QPainter& painter, const Theme& theme) const {
    if (!drag || (!drag->moved && !drag->drag.creates())) return;
    const TimelineScene::Box* box = scene.box(drag->modality == Modality::Speech ? Lane::Speech : Lane::Face);
    if (!box || (drag->drag.creates() && drag->drag.span().length() == 0)) return;
    if (const auto snapped = drag->drag.snappedTo()) {
        painter.fillRect(
            QRectF(std::round(scene.x(*snapped)), scene.ruler.bottom(), 1, scene.overview.top() - scene.ruler.bottom()),
            theme.accent);
    }
    const int delta = drag->drag.delta();
    const QString text = QString::fromStdString(timecode(drag->drag.edge() / scene.axis.rateHz())) +
                         QStringLiteral("   ") +
                         TimelineView::tr("%1%2 frames")
                             .arg(delta < 0 ? QStringLiteral("\u2212") : QStringLiteral("+"))
                             .arg(std::abs(delta));
    painter.setFont(theme.font(11, QFont::Medium));
    const double width = QFontMetrics(painter.font()).horizontalAdvance(text) + 16;
    double left = scene.x(drag->drag.edge()) + 8;
    if (left + width > scene.ruler.right()) left = scene.x(drag->drag.edge()) - 8 - width;
    left = std::clamp(left, double(scene.ruler.left()) + 2,
                      std::max(double(scene.ruler.left()) + 2, scene.ruler.right() - width));
    const QRectF place(std::round(left), std::round(box->body.center().y() - 10.0), width, 20);
    paintChip(painter, place, text, theme.raised, theme.text);
    painter.setPen(QPen(theme.controlBorder, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), metrics::kChipRadius, metrics::kChipRadius);
}

void TimelineView::Impl::paintOverviewFrame(QPainter& painter, const Theme& theme) const {
    const double scale = scene.overview.width() / double(std::max(1, scene.axis.frames()));
    const auto at = [&](double frame) { return scene.overview.left() + frame * scale; };
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (Modality modality : {Modality::Speech, Modality::Face})
        for (const FrameSpan& span : view->spans(modality))
            painter.fillRect(QRectF(at(span.begin), scene.overview.top(), std::max(2.0, span.length() * scale), 3),
                             modality == Modality::Speech ? theme.speech : theme.face);
    const QRectF frame(at(scene.axis.first()), scene.overview.top() + 3,
                       (scene.axis.last() - scene.axis.first()) * scale - 1, scene.overview.height() - 4);
    if (!scene.axis.showsAll()) {
        const QColor veil = Theme::alpha(theme.base, 0.6);
        painter.fillRect(
            QRectF(scene.overview.left(), frame.top(), frame.left() - scene.overview.left(), frame.height()), veil);
        painter.fillRect(QRectF(frame.right(), frame.top(), scene.overview.right() + 1 - frame.right(), frame.height()),
                         veil);
        painter.fillRect(QRectF(std::floor(at(scene.playhead)), frame.top(), 1, frame.height()),
                         theme.muted); // the line of the lanes has another scale
    }
    painter.setPen(QPen(theme.controlBorder, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(frame);
}

} // namespace emc
