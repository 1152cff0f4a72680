// Painting of the lanes. Long clips are drawn per pixel column (lowest, highest, RMS); all samples are never walked
// twice.
#include <QImage>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

#include "widgets/timeline/timeline_scene.h"

namespace emc {

namespace {

// A muted band for the part of a lane outside the clip (short clip in a wide window never occurs; zoom is clamped), and
// the lower line.
void paintLaneLine(QPainter& painter, const Theme& theme, const QRect& header, const QRect& body) {
    painter.fillRect(QRect(header.left(), body.top() + body.height() - 1, header.width() + body.width(), 1),
                     theme.border);
}

struct Column {
    float low = 0, high = 0, rms = 0;
    bool known = false;
};

Column columnOf(const Waveform& wave, double first, double last) {
    const auto count = static_cast<double>(wave.low.size());
    const auto from = static_cast<std::size_t>(std::clamp(std::floor(first), 0.0, count));
    const auto to = static_cast<std::size_t>(std::clamp(std::max(std::ceil(last), std::floor(first) + 1), 0.0, count));
    Column column;
    double power = 0;
    for (std::size_t i = from; i < to; ++i) {
        const float low = wave.low[i], high = i < wave.high.size() ? wave.high[i] : low,
                    rms = i < wave.rms.size() ? wave.rms[i] : 0.0f;
        column.low = column.known ? std::min(column.low, low) : low;
        column.high = column.known ? std::max(column.high, high) : high;
        power += double(rms) * rms;
        column.known = true;
    }
    if (column.known) column.rms = static_cast<float>(std::sqrt(power / static_cast<double>(to - from)));
    return column;
}

} // namespace

void TimelineScene::paintCurve(QPainter& painter, const QRectF& body, const float* values, int count, double low,
                               double high, const QPen& pen) const {
    if (!values || count <= 0 || !(high > low)) return;
    const double scale = (body.height() - 1) / (high - low);
    const auto y = [&](double v) {
        return body.bottom() - 0.5 - (std::clamp(v, low - (high - low), high + (high - low)) - low) * scale;
    };
    painter.setPen(pen);
    QPolygonF line;
    const auto flush = [&] {
        if (line.size() > 1) painter.drawPolyline(line);
        else if (line.size() == 1) painter.drawPoint(line.front());
        line.clear();
    };
    const int first = std::max(0, static_cast<int>(std::floor(axis.first())) - 1),
              last = std::min(count, static_cast<int>(std::ceil(axis.last())) + 2);
    if (axis.pixelsPerFrame() >= 0.75) {
        for (int t = first; t < last; ++t) {
            if (!std::isfinite(values[t])) flush();
            else line.append({x(t), y(values[t])});
        }
        flush();
        return;
    }
    const bool dashed =
        pen.style() != Qt::SolidLine; // dashes of a zigzag would fill the area: the mean of the column instead
    const int left = static_cast<int>(body.left());
    for (int column = 0; column < static_cast<int>(body.width()); ++column) {
        const int from = std::clamp(static_cast<int>(std::floor(axis.position(column))), 0, count);
        const int to =
            std::clamp(std::max(from + 1, static_cast<int>(std::floor(axis.position(column + 1)))), 0, count);
        double lowest = 0, highest = 0, sum = 0;
        int known = 0;
        for (int t = from; t < to; ++t) {
            if (!std::isfinite(values[t])) continue;
            lowest = known ? std::min<double>(lowest, values[t]) : values[t];
            highest = known ? std::max<double>(highest, values[t]) : values[t];
            sum += values[t];
            ++known;
        }
        if (!known) {
            flush();
            continue;
        }
        const double px = left + column + 0.5;
        if (dashed || highest - lowest < 0.5 / scale) line.append({px, y(sum / known)});
        else if (column % 2) line.append({px, y(lowest)}), line.append({px, y(highest)});
        else line.append({px, y(highest)}), line.append({px, y(lowest)});
    }
    flush();
}

void TimelineScene::paintGrid(QPainter& painter, const Theme& theme, const QRect& body) const {
    for (const TimeAxis::Tick& tick : axis.ticks(72))
        if (tick.major && tick.frame > axis.first())
            painter.fillRect(QRectF(std::round(x(tick.frame)), body.top(), 1, body.height()), theme.gridLine);
}

void TimelineScene::paintRuler(QPainter& painter, const Theme& theme) const {
    painter.fillRect(QRect(0, 0, ruler.right() + 1, ruler.height()), theme.window);
    painter.setFont(theme.font(11));
    painter.setPen(theme.muted);
    painter.drawText(rulerHeader.adjusted(metrics::kMarginInside, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     TimelineView::tr("Time, mm:ss"));
    painter.save();
    painter.setClipRect(ruler);
    if (loop) {
        const QRectF part(x(loop->begin), ruler.bottom() - 3, x(loop->end) - x(loop->begin), 3);
        painter.fillRect(part, theme.muted);
    }
    for (const TimeAxis::Tick& tick : axis.ticks(72)) {
        const double px = std::round(x(tick.frame));
        painter.fillRect(
            QRectF(px, tick.major ? ruler.top() + 6 : ruler.bottom() - 5, 1, tick.major ? ruler.height() - 6 : 6),
            theme.controlBorder);
        if (!tick.major) continue;
        painter.setPen(theme.muted);
        const QString label = QString::fromStdString(tick.label);
        const double width = painter.fontMetrics().horizontalAdvance(label);
        if (px + 4 + width > ruler.right() + 1) continue; // a label is shown whole or not at all
        painter.drawText(QRectF(px + 4, ruler.top(), width + 2, ruler.height() - 4), Qt::AlignVCenter | Qt::AlignLeft,
                         label);
    }
    painter.restore();
    painter.fillRect(QRect(0, ruler.bottom(), ruler.right() + 1, 1), theme.border);
}

void TimelineScene::paintEvents(QPainter& painter, const Theme& theme, const QRect& body) const {
    painter.setFont(theme.font(11));
    double free = body.left();
    for (std::size_t i = 0; i < events.size(); ++i) {
        const TimelineEvent& event = events[i];
        const double px = std::round(x(event.frame));
        if (px < body.left() - 200 || px > body.right()) continue;
        const double top = body.top() + (body.height() - 17) / 2.0;
        QPainterPath flag;
        flag.moveTo(px, top);
        flag.lineTo(px + 8, top);
        flag.lineTo(px + 11, top + 8.5);
        flag.lineTo(px + 8, top + 17);
        flag.lineTo(px, top + 17);
        flag.closeSubpath();
        painter.fillPath(flag, theme.dark ? theme.pressed : theme.controlBorder);
        const double width = painter.fontMetrics().horizontalAdvance(event.text);
        // No text over text and none under the next flag.
        if (px + 15 < free || (i + 1 < events.size() && px + 15 + width > x(events[i + 1].frame) - 4)) continue;
        painter.setPen(theme.text);
        painter.drawText(QRectF(px + 15, body.top(), width + 2, body.height() - 1), Qt::AlignVCenter | Qt::AlignLeft,
                         event.text);
        free = px + 15 + width + 8;
    }
}

void TimelineScene::paintSpeech(QPainter& painter, const Theme& theme, const QRect& body, const QColor& colour) const {
    const double middle = body.top() + body.height() / 2.0, half = body.height() / 2.0 - 4;
    if (waveform.low.empty() || !(waveform.rateHz > 0)) {
        painter.fillRect(QRectF(body.left(), std::floor(middle), body.width(), 1), theme.border);
        return;
    }
    const double perFrame = waveform.rateHz / axis.rateHz();
    // Loud and quiet recordings alike fill the lane: the loudest tenth of a per cent may be cut.
    float peak = 0.05f;
    for (std::size_t i = 0; i < waveform.low.size(); ++i)
        peak =
            std::max({peak, std::abs(waveform.low[i]), i < waveform.high.size() ? std::abs(waveform.high[i]) : 0.0f});
    const double step = 1.0 / painter.device()->devicePixelRatioF();
    const QColor outer = Theme::alpha(colour, theme.dark ? 0.62 : 0.55);
    for (double px = 0; px < body.width(); px += step) {
        const Column column = columnOf(waveform, axis.position(px) * perFrame, axis.position(px + step) * perFrame);
        if (!column.known) continue;
        const double top = middle - column.high / peak * half, bottom = middle - column.low / peak * half;
        const double rms = column.rms / peak * half;
        painter.fillRect(QRectF(body.left() + px, top, step, std::max(step, bottom - top)), outer);
        if (rms > 0.5) painter.fillRect(QRectF(body.left() + px, middle - rms, step, 2 * rms), colour);
    }
}

void TimelineScene::paintFace(QPainter& painter, const Theme& theme, const QRect& body) const {
    if (confidence.empty()) return;
    const QRectF area = QRectF(body).adjusted(0, 4, 0, -1);
    const double scale = area.height();
    const auto y = [&](double v) { return area.bottom() - std::clamp(v, 0.0, 1.0) * scale; };
    QPainterPath fill;
    bool open = false;
    double lastX = 0;
    const int count = static_cast<int>(confidence.size());
    const int stride = std::max(1, static_cast<int>(0.75 / axis.pixelsPerFrame()));
    for (int t = std::max(0, static_cast<int>(axis.first()) - stride);
         t < std::min<double>(count, axis.last() + stride + 1); t += stride) {
        float value = confidence[static_cast<std::size_t>(t)];
        for (int i = t; i < std::min(count, t + stride); ++i)
            value = std::min(value, confidence[static_cast<std::size_t>(i)]); // a dip must not vanish
        if (!std::isfinite(value)) value = 0;
        const double px = x(t);
        if (!open) fill.moveTo(px, area.bottom()), open = true;
        fill.lineTo(px, y(value));
        lastX = px + axis.pixelsPerFrame() * stride;
    }
    if (open) {
        QPainterPath line = fill;
        fill.lineTo(lastX, fill.currentPosition().y());
        fill.lineTo(lastX, area.bottom());
        painter.fillPath(fill, Theme::alpha(theme.face, 0.28));
    }
    paintCurve(painter, area, confidence.data(), count, 0, 1, Theme::pen(theme.face, 1.5));
    const double line = std::round(y(threshold)) + 0.5;
    painter.setPen(Theme::pen(theme.warning, 1, {4, 3}));
    painter.drawLine(QPointF(body.left(), line), QPointF(body.right(), line));
    painter.setFont(theme.font(10));
    const QString label = numberText(threshold);
    const QRectF place(body.right() - painter.fontMetrics().horizontalAdvance(label) - 6, line + 1, 40, 13);
    if (place.bottom() < body.bottom()) {
        painter.setPen(theme.warning);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignTop, label);
    }
}

void TimelineScene::paintEmotion(QPainter& painter, const Theme& theme, const QRect& body) const {
    const auto frames = static_cast<int>(emotion.size() / kEmotionDims);
    if (frames == 0) return;
    const bool isSigned =
        std::any_of(channels.begin(), channels.end(), [](int c) { return c == kValence || c == kArousal; });
    const QRectF area = QRectF(body).adjusted(0, 6, 0, -6);
    const double low = isSigned ? -1 : 0;
    const double zero = area.bottom() - (0 - low) / (1 - low) * area.height();
    painter.fillRect(QRectF(body.left(), std::round(zero), body.width(), 1), isSigned ? theme.border : theme.gridLine);
    const auto rows = legend(Lane::Emotion, theme);
    std::vector<float> values(static_cast<std::size_t>(frames));
    for (std::size_t i = rows.size(); i-- > 0;) { // the first chosen is painted last
        const auto channel = static_cast<std::size_t>(channels[i]);
        for (std::size_t t = 0; t < values.size(); ++t) values[t] = emotion[t * kEmotionDims + channel];
        paintCurve(painter, area, values.data(), frames, low, 1, rows[i].pen);
    }
}

void TimelineScene::paintEntropy(QPainter& painter, const Theme& theme, const QRect& body) const {
    if (entropy.empty()) return;
    const int thickness = std::max(8, std::min(body.height() - 8, 30));
    const QRectF strip(body.left(), body.top() + (body.height() - 1 - thickness) / 2, body.width(), thickness);
    const double ratio = painter.device()->devicePixelRatioF();
    const int columns = std::max(1, static_cast<int>(std::lround(strip.width() * ratio)));
    const QVector<QRgb> table = theme.table(theme.sequential);
    QImage line(columns, 1, QImage::Format_RGB32);
    auto* pixels = reinterpret_cast<QRgb*>(line.scanLine(0));
    const auto count = static_cast<int>(entropy.size());
    for (int c = 0; c < columns; ++c) {
        const int from = std::clamp(static_cast<int>(axis.position(c / ratio)), 0, count - 1);
        const int to = std::clamp(static_cast<int>(axis.position((c + 1) / ratio)), from + 1, count);
        double sum = 0;
        int known = 0;
        for (int t = from; t < to; ++t)
            if (std::isfinite(entropy[static_cast<std::size_t>(t)]))
                sum += entropy[static_cast<std::size_t>(t)], ++known;
        pixels[c] =
            known ? table[static_cast<int>(std::clamp(sum / known, 0.0, 1.0) * (table.size() - 1))] : theme.base.rgb();
    }
    painter.drawImage(strip, line);
}

void TimelineScene::paintReactions(QPainter& painter, const Theme& theme, const QRect& body) const {
    const QRectF area = QRectF(body).adjusted(0, 10, 0, -5);
    for (double share : {0.0, 0.5, 1.0})
        painter.fillRect(QRectF(body.left(), std::round(area.bottom() - share * area.height()), body.width(), 1),
                         theme.gridLine);
    for (const FrameSpan& span : imagined) {
        const QRectF part(x(span.begin), body.top(), x(span.end) - x(span.begin), body.height() - 1);
        painter.fillRect(part, Theme::alpha(theme.imagined, 0.07));
        painter.fillRect(QRectF(part.left(), part.top(), part.width(), 4), theme.imagined);
        for (double edge : {part.left(), part.right()})
            painter.fillRect(QRectF(std::round(edge), part.top() + 4, 1, part.height() - 4),
                             Theme::alpha(theme.imagined, 0.22));
    }
    painter.save();
    painter.setClipRect(QRectF(body).adjusted(0, 4, 0, -1));
    for (const ReactionCurves& curves : reactions) {
        if (curves.values.size() < static_cast<std::size_t>(std::max(0, curves.samples)) *
                                       static_cast<std::size_t>(std::max(0, curves.frames)))
            continue;
        for (int k = 0; k < curves.samples; ++k)
            if (k != curves.displayed)
                paintCurve(painter, area, curves.values.data() + std::size_t(k) * std::size_t(curves.frames),
                           curves.frames, low, high, theme.lineGhost(theme.slot(curves.slot - 1)));
    }
    paintCurve(painter, area, listener.data(), static_cast<int>(listener.size()), low, high, theme.lineReal());
    for (std::size_t i = reactions.size(); i-- > 0;) {
        const ReactionCurves& curves = reactions[i];
        const QColor colour = theme.slot(curves.slot - 1);
        if (curves.values.size() < static_cast<std::size_t>(std::max(0, curves.samples)) *
                                       static_cast<std::size_t>(std::max(0, curves.frames)))
            continue;
        if (i == 0 && curves.samples > 1 && i < means.size()) {
            const std::vector<float>& mean = means[i];
            paintCurve(painter, area, mean.data(), static_cast<int>(mean.size()), low, high, theme.lineMean(colour));
        }
        if (curves.displayed >= 0 && curves.displayed < curves.samples)
            paintCurve(painter, area, curves.values.data() + std::size_t(curves.displayed) * std::size_t(curves.frames),
                       curves.frames, low, high, i == 0 ? theme.lineChosen(colour) : theme.lineOther(colour));
    }
    painter.restore();
}

void TimelineScene::paintOverview(QPainter& painter, const Theme& theme) const {
    painter.fillRect(overview.adjusted(0, 0, 1, 0), theme.base);
    painter.fillRect(overviewHeader, theme.window);
    painter.setFont(theme.font(11));
    painter.setPen(theme.muted);
    painter.drawText(overviewHeader.adjusted(metrics::kMarginInside, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     TimelineView::tr("Overview"));
    TimelineScene whole; // the same lane painter with an axis that shows everything
    whole.axis = axis;
    whole.axis.showAll();
    whole.ruler = ruler;
    whole.waveform = waveform;
    if (!waveform.low.empty()) whole.paintSpeech(painter, theme, overview.adjusted(0, 5, 0, -3), theme.controlBorder);
    painter.fillRect(QRect(0, overview.top() - 1, overview.right() + 1, 1), theme.border);
}

void TimelineScene::paintStatic(QPainter& painter, const Theme& theme, const QSize& size) const {
    painter.fillRect(QRect(QPoint(0, 0), size), theme.base);
    painter.fillRect(QRect(0, 0, headerWidth, size.height()), theme.window);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Box& box : boxes) {
        painter.save();
        painter.setClipRect(box.body);
        if (box.lane != Lane::Entropy) paintGrid(painter, theme, box.body);
        switch (box.lane) {
        case Lane::Events: paintEvents(painter, theme, box.body); break;
        case Lane::Speech: paintSpeech(painter, theme, box.body, theme.speech); break;
        case Lane::Face: paintFace(painter, theme, box.body); break;
        case Lane::Emotion: paintEmotion(painter, theme, box.body); break;
        case Lane::Entropy: paintEntropy(painter, theme, box.body); break;
        case Lane::Reactions: paintReactions(painter, theme, box.body); break;
        }
        painter.restore();
        paintHeader(painter, theme, box);
        paintLaneLine(painter, theme, box.header, box.body);
    }
    paintOverview(painter, theme);
    paintRuler(painter, theme);
    painter.fillRect(QRect(headerWidth - 1, 0, 1, size.height()), theme.border);
}

} // namespace emc
