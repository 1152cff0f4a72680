#include "widgets/timeline/timeline_scene.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "widgets/common/channel_words.h"

namespace emc {

namespace {

// Heights of theme.md 6 for a window 1000 and 800 high; the rest goes to the reactions.
struct Heights {
    int large, small;
};
Heights heightsOf(TimelineView::Lane lane) {
    using Lane = TimelineView::Lane;
    switch (lane) {
    case Lane::Events: return {28, 24};
    case Lane::Speech: return {70, 46};
    case Lane::Face: return {50, 38};
    case Lane::Emotion: return {92, 62};
    case Lane::Entropy: return {40, 30};
    case Lane::Reactions: break;
    }
    return {120, 80};
}
constexpr int kTall = 540, kShort = 440, kSmallestLane = 24;

} // namespace

QString numberText(double value, int decimals) {
    if (!std::isfinite(value)) return QStringLiteral("\u2013");
    QString text = QString::number(std::abs(value), 'f', decimals);
    // "−0.00" is no number for people.
    const bool zero = std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c == u'0' || c == u'.'; });
    text.replace(u'.', QLocale().decimalPoint());
    return value < 0 && !zero ? QStringLiteral("\u2212") + text : text;
}

bool TimelineScene::laneHasPlace(Lane lane) const {
    if (const auto found = shown.find(lane); found != shown.end() && !found->second) return false;
    if (lane == Lane::Events) return !events.empty();
    if (lane == Lane::Entropy) return !entropy.empty();
    return true;
}

void TimelineScene::layout(const QSize& size) {
    headerWidth = compact ? 140 : metrics::kLaneHeader;
    const int width = std::max(1, size.width() - headerWidth), height = size.height();
    const double tall = std::clamp((height - kShort) / double(kTall - kShort), 0.0, 1.0);
    const auto between = [&](Heights h) { return static_cast<int>(std::lround(h.small + tall * (h.large - h.small))); };

    rulerHeader = {0, 0, headerWidth, metrics::kRuler};
    ruler = {headerWidth, 0, width, metrics::kRuler};
    const int overviewHeight = between({30, 26});
    std::vector<Lane> lanes;
    for (Lane lane : order)
        if (laneHasPlace(lane)) lanes.push_back(lane);

    std::vector<int> heights;
    for (Lane lane : lanes) {
        const auto set = userHeight.find(lane);
        heights.push_back(set != userHeight.end() ? std::max(kSmallestLane, set->second) : between(heightsOf(lane)));
    }
    const int room = std::max(0, height - metrics::kRuler - overviewHeight);
    int used = std::accumulate(heights.begin(), heights.end(), 0);
    const auto reactionsAt = std::find(lanes.begin(), lanes.end(), Lane::Reactions);
    // The reactions take what is over; without them the last lane does.
    if (used < room && !lanes.empty()) {
        const auto at =
            reactionsAt != lanes.end() ? reactionsAt - lanes.begin() : static_cast<std::ptrdiff_t>(lanes.size()) - 1;
        heights[static_cast<std::size_t>(at)] += room - used;
    }
    // Too little room: every lane gives in proportion to what it has above the smallest height.
    for (int round = 0; used > room && round < 4; ++round) {
        int spare = 0;
        for (int h : heights) spare += h - kSmallestLane;
        if (spare <= 0) break;
        const double keep = std::max(0.0, 1.0 - (used - room) / double(spare));
        for (int& h : heights) h = kSmallestLane + static_cast<int>((h - kSmallestLane) * keep);
        used = std::accumulate(heights.begin(), heights.end(), 0);
    }

    boxes.clear();
    int y = metrics::kRuler;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        boxes.push_back({lanes[i], {0, y, headerWidth, heights[i]}, {headerWidth, y, width, heights[i]}});
        y += heights[i];
    }
    const int overviewTop = std::max(y, height - overviewHeight);
    overviewHeader = {0, overviewTop, headerWidth, overviewHeight};
    overview = {headerWidth, overviewTop, width, overviewHeight};
    axis.setWidth(width);
}

const TimelineScene::Box* TimelineScene::box(Lane lane) const {
    const auto found = std::find_if(boxes.begin(), boxes.end(), [lane](const Box& b) { return b.lane == lane; });
    return found == boxes.end() ? nullptr : &*found;
}

const TimelineScene::Box* TimelineScene::boxAt(const QPoint& point) const {
    for (const Box& b : boxes)
        if (point.y() >= b.body.top() && point.y() < b.body.top() + b.body.height()) return &b;
    return nullptr;
}

std::vector<float> TimelineScene::meanOf(const ReactionCurves& curves) {
    std::vector<float> mean(static_cast<std::size_t>(std::max(0, curves.frames)), 0.0f);
    if (curves.samples <= 0 || curves.values.size() < static_cast<std::size_t>(curves.samples) * mean.size()) return {};
    for (int k = 0; k < curves.samples; ++k)
        for (std::size_t t = 0; t < mean.size(); ++t)
            mean[t] += curves.values[static_cast<std::size_t>(k) * mean.size() + t];
    for (float& value : mean) value /= static_cast<float>(curves.samples);
    return mean;
}

std::vector<TimelineScene::LegendRow> TimelineScene::legend(Lane lane, const Theme& theme) const {
    std::vector<LegendRow> rows;
    const auto at = static_cast<std::size_t>(std::max(0, playhead));
    if (lane == Lane::Emotion) {
        const std::array<QPen, 6> pens = {Theme::pen(theme.emotion, 2.0),
                                          Theme::pen(theme.emotion, 1.75, {6, 3}),
                                          Theme::pen(theme.muted, 1.5),
                                          Theme::pen(theme.muted, 1.5, {6, 3}),
                                          Theme::pen(theme.emotion, 1.75, {1.5, 3.5}),
                                          Theme::pen(theme.muted, 1.5, {1.5, 3.5})};
        for (std::size_t i = 0; i < channels.size() && i < pens.size(); ++i) {
            const auto channel = static_cast<std::size_t>(channels[i]);
            const std::size_t index = at * kEmotionDims + channel;
            const bool known = index < emotion.size();
            rows.push_back({pens[i], channelWord(channels[i]), known ? emotion[index] : 0, known});
        }
    } else if (lane == Lane::Reactions) {
        const bool two = reactions.size() > 1;
        for (std::size_t i = 0; i < reactions.size(); ++i) {
            const ReactionCurves& curves = reactions[i];
            const QColor colour = theme.slot(curves.slot - 1);
            const std::size_t frames = static_cast<std::size_t>(std::max(0, curves.frames));
            const std::size_t index = static_cast<std::size_t>(std::max(0, curves.displayed)) * frames + at;
            const bool known = at < frames && index < curves.values.size();
            const QString sample = QString::number(curves.displayed + 1);
            // The header is narrow: "REGNN + EMC" is called "REGNN" unless the first model begins alike.
            const QString brief = curves.label.section(QStringLiteral(" + "), 0, 0);
            const bool alike = brief.isEmpty() || brief == reactions.front().label.section(QStringLiteral(" + "), 0, 0);
            const QString other = alike ? TimelineView::tr("model %1, %2").arg(curves.slot).arg(sample)
                                        : TimelineView::tr("%1, %2").arg(brief, sample);
            rows.push_back({i == 0 ? theme.lineChosen(colour) : theme.lineOther(colour),
                            i == 0 ? TimelineView::tr("sample %1").arg(sample) : other,
                            known ? curves.values[index] : 0, known});
            if (i == 0 && curves.samples > 1 && (!two || !compact)) {
                static const std::vector<float> kNone;
                const std::vector<float>& mean = i < means.size() ? means[i] : kNone;
                const bool meanKnown = at < mean.size();
                rows.push_back({theme.lineMean(colour),
                                compact ? TimelineView::tr("mean") : TimelineView::tr("mean of %1").arg(curves.samples),
                                meanKnown ? mean[at] : 0, meanKnown});
            }
        }
        if (!listener.empty()) {
            const bool known = at < listener.size();
            rows.push_back({theme.lineReal(),
                            listenerLabel.isEmpty() ? TimelineView::tr("real listener") : listenerLabel,
                            known ? listener[at] : 0, known});
        }
    }
    return rows;
}

} // namespace emc
