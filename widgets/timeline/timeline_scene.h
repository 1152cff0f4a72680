#pragma once
// What the timeline shows and where: data, layout and the painting of the layer that does not move with the playhead.
// Internal to the timeline.
#include <QPainter>
#include <QRect>
#include <QString>

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "widgets/common/theme.h"
#include "widgets/timeline/time_axis.h"
#include "widgets/timeline/timeline_view.h"

namespace emc {

struct TimelineScene {
    using Lane = TimelineView::Lane;
    struct Box {
        Lane lane;
        QRect header, body;
    };

    // data
    TimeAxis axis;
    Waveform waveform;
    QString waveformCaption, quantity = QStringLiteral("reaction"), listenerLabel, imaginedWords;
    bool speechMuted = false, compact = false;
    std::vector<float> confidence, emotion, listener, entropy;
    double threshold = 0.7, low = 0, high = 1;
    std::vector<int> channels;
    std::vector<ReactionCurves> reactions;
    std::vector<std::vector<float>> means; // of `reactions`, kept because every playhead move prints them
    std::vector<TimelineEvent> events;
    std::array<std::vector<FrameSpan>, 2> spans; // by Modality
    std::vector<FrameSpan> imagined;
    bool imaginedFollows = true;
    std::optional<FrameSpan> loop;
    int playhead = 0;

    // layout
    std::vector<Lane> order = {Lane::Events, Lane::Speech, Lane::Face, Lane::Emotion, Lane::Entropy, Lane::Reactions};
    std::map<Lane, bool> shown;
    std::map<Lane, int> userHeight;
    std::vector<Box> boxes;
    QRect ruler, rulerHeader, overview, overviewHeader;
    int headerWidth = metrics::kLaneHeader;

    bool laneHasPlace(Lane lane) const;
    void layout(const QSize& size);
    const Box* box(Lane lane) const;
    const Box* boxAt(const QPoint& point) const;
    double x(double frame) const { return ruler.left() + axis.x(frame); } // widget pixels

    // A row of a lane's legend: how the line looks, its name and its value at the playhead.
    struct LegendRow {
        QPen pen;
        QString name;
        float value = 0;
        bool known = false;
    };
    std::vector<LegendRow> legend(Lane lane, const Theme& theme) const;
    static std::vector<float> meanOf(const ReactionCurves& curves);

    void paintStatic(QPainter& painter, const Theme& theme, const QSize& size) const;
    void paintHeaderValues(QPainter& painter, const Theme& theme) const; // what changes with the playhead

private:
    void paintRuler(QPainter& painter, const Theme& theme) const;
    void paintHeader(QPainter& painter, const Theme& theme, const Box& box) const;
    void paintEvents(QPainter& painter, const Theme& theme, const QRect& body) const;
    void paintSpeech(QPainter& painter, const Theme& theme, const QRect& body, const QColor& colour) const;
    void paintFace(QPainter& painter, const Theme& theme, const QRect& body) const;
    void paintEmotion(QPainter& painter, const Theme& theme, const QRect& body) const;
    void paintEntropy(QPainter& painter, const Theme& theme, const QRect& body) const;
    void paintReactions(QPainter& painter, const Theme& theme, const QRect& body) const;
    void paintGrid(QPainter& painter, const Theme& theme, const QRect& body) const;
    void paintOverview(QPainter& painter, const Theme& theme) const;
    void paintCurve(QPainter& painter, const QRectF& body, const float* values, int count, double low, double high,
                    const QPen& pen) const;
};

// Number for people: fixed decimals, true minus; an en dash when it is not a number.
QString numberText(double value, int decimals = 2);

} // namespace emc
