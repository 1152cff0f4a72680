// Filling the CMA panel with what the chosen direction brings.
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/common/icons.h"
#include "widgets/samples/cma_panel_impl.h"

namespace emc {

std::vector<FrameSpan> CmaPanel::Impl::spans() const {
    const CmaTrace* t = trace();
    if (!t) return {};
    const double frames = perStep();
    std::vector<FrameSpan> steps;
    for (const FrameSpan& span : imagined == Modality::Speech ? availability.speechMissing : availability.faceMissing)
        steps.push_back({static_cast<int>(span.begin / frames), static_cast<int>(std::ceil(span.end / frames))});
    return normalisedSpans(std::move(steps), t->frames);
}

FrameSpan CmaPanel::Impl::shownSpan() const {
    const CmaTrace* t = trace();
    if (!t) return {};
    const int now = stepOf(playhead);
    const std::vector<FrameSpan> all = spans();
    for (const FrameSpan& span : all)
        if (span.contains(now)) return span;
    return all.empty() ? FrameSpan{0, t->frames} : all.front();
}

void CmaPanel::Impl::refresh() {
    if (!stack) return;
    const CmaTrace* t = trace();
    directionBar->setCurrent(imagined == Modality::Speech ? 0 : 1);
    for (int i = 0; i < 2; ++i) {
        const Modality m = i == 0 ? Modality::Speech : Modality::Face;
        const bool there =
            std::any_of(traces.begin(), traces.end(), [m](const CmaTrace& each) { return each.imagined == m; });
        directionBar->setItemEnabled(i, there, CmaPanel::tr("Nothing of this kind is imagined now."));
    }
    stack->setCurrentIndex(t ? 1 : 0);
    for (QWidget* w :
         {static_cast<QWidget*>(directionBar), static_cast<QWidget*>(drawBar), static_cast<QWidget*>(temperatureSlider),
          static_cast<QWidget*>(temperatureBox), static_cast<QWidget*>(newDraws)})
        w->setEnabled(t != nullptr);
    if (!t) return;
    filling = true;
    const int count = drawCount(*t);
    const std::vector<int> lively = liveliestDims(*t, 2);
    for (std::size_t i = 0; i < plots.size(); ++i) {
        QComboBox* box = plots[i].dim;
        if (box->count() == t->latentDims) continue; // a new answer of the same model keeps the dimension one looks at
        box->clear();
        for (int d = 0; d < t->latentDims; ++d) box->addItem(CmaPanel::tr("dimension %1").arg(d + 1));
        box->setCurrentIndex(i < lively.size() ? lively[i] : 0);
    }
    for (QComboBox* box : {boxA, boxB}) {
        if (box->count() == count) continue;
        box->clear();
        for (int k = 0; k < count; ++k) box->addItem({});
        nameDraws();
    }
    filling = false;
    const bool truth = !t->uTrue.empty();
    latent.title->setText(t->mu.empty() ? CmaPanel::tr("Latent z, draws of the prior")
                                        : CmaPanel::tr("Latent z, posterior mean and spread"));
    latent.note->setText(t->mu.empty() ? CmaPanel::tr("%1 draws, held over the span").arg(count)
                                       : CmaPanel::tr("band 1\u2009σ and 2\u2009σ · thin lines: %1 draws").arg(count));
    draws.note->setText(CmaPanel::tr("%1 draws of the prior").arg(count));
    substitute.title->setText(truth ? CmaPanel::tr("Substitute û against true u") : CmaPanel::tr("Substitute û"));
    const QString channels = CmaPanel::tr("%1 channels, standardised").arg(t->dims);
    substitute.note->setText(
        truth ? CmaPanel::tr("%1; true %2 known")
                    .arg(channels, imagined == Modality::Speech ? CmaPanel::tr("speech") : CmaPanel::tr("face"))
              : channels);
    truthButton->setVisible(!truth);
    for (int i = 0; i < 2; ++i) refreshLatent(i);
    map->setDraws(t->draws, t->latentDims, temperatureBox->value());
    map->setDisplayed(displayed);
    const FrameSpan span = shownSpan();
    maps->setTrace(t, span.begin, span.end, stepHz(), displayed);
    refreshAgreement();
    refreshWalk();
    refreshPlayhead();
}

void CmaPanel::Impl::refreshLatent(int index) {
    const CmaTrace* t = trace();
    LatentPlot& p = plots[static_cast<std::size_t>(index)];
    p.plot->clear();
    const int dim = p.dim->currentIndex();
    if (!t || dim < 0 || dim >= t->latentDims) return;
    const Theme& theme = Theme::of(panel);
    const std::size_t D = static_cast<std::size_t>(t->latentDims), d = static_cast<std::size_t>(dim);
    const std::size_t T = t->mu.size() / D;
    const std::vector<FrameSpan> parts = spans().empty() ? std::vector<FrameSpan>{{0, t->frames}} : spans();
    for (const FrameSpan& part : parts)
        p.plot->addSpan(part.begin / stepHz(), part.end / stepHz(), theme.imagined, CmaPanel::tr("prior N(0, 1)"),
                        true);
    if (T > 0 && t->sigma.size() == t->mu.size()) {
        std::vector<double> x(T), mu(T), low1(T), high1(T), low2(T), high2(T);
        for (std::size_t i = 0; i < T; ++i) {
            const double m = t->mu[i * D + d], s = t->sigma[i * D + d];
            x[i] = static_cast<double>(i) / stepHz(), mu[i] = m;
            low1[i] = m - s, high1[i] = m + s, low2[i] = m - 2 * s, high2[i] = m + 2 * s;
        }
        p.plot->setBand(p.plot->addBand(theme.imagined, false), x, low2, high2);
        p.plot->setBand(p.plot->addBand(theme.imagined, true), x, low1, high1);
        p.plot->setCurve(p.plot->addCurve(CmaPanel::tr("mean"), {LineRole::Other, 0, theme.imagined, false, false}), x,
                         mu);
    }
    const int count = drawCount(*t);
    for (int k = 0; k < count; ++k) {
        const double value = t->draws[static_cast<std::size_t>(k) * D + d];
        std::vector<double> x, y;
        for (const FrameSpan& part : parts) {
            x.insert(x.end(), {part.begin / stepHz(), part.end / stepHz(), part.end / stepHz()});
            y.insert(y.end(), {value, value, std::numeric_limits<double>::quiet_NaN()});
        }
        const LineRole role = k == displayed ? LineRole::Chosen : LineRole::Ghost;
        p.plot->setCurve(p.plot->addCurve(CmaPanel::tr("draw %1").arg(k + 1), {role, 0, theme.text, false, false}), x,
                         y);
    }
    p.plot->setXRange(0, t->frames / stepHz());
    const double value = displayed < count ? t->draws[static_cast<std::size_t>(displayed) * D + d] : std::nan("");
    p.value->setText(std::isfinite(value) ? CmaPanel::tr("draw %1: %2").arg(displayed + 1).arg(numberText(value))
                                          : QString());
    p.plot->setPlayhead(playhead / rateHz);
}

void CmaPanel::Impl::refreshWalk() {
    const CmaTrace* t = trace();
    if (!t) return;
    filling = true;
    const int count = drawCount(*t);
    walkA = std::clamp(walkA, 0, std::max(0, count - 1));
    walkB = std::clamp(walkB, 0, std::max(0, count - 1));
    boxA->setCurrentIndex(walkA);
    boxB->setCurrentIndex(walkB);
    walkSlider->setValue(static_cast<int>(std::lround(share * 100)));
    filling = false;
    shareLabel->setText(QStringLiteral("%1\u2009%").arg(std::lround(share * 100)));
    for (QWidget* w : {static_cast<QWidget*>(boxA), static_cast<QWidget*>(boxB), static_cast<QWidget*>(walkSlider)})
        w->setEnabled(count > 1);
    walkReset->setVisible(walking);
    map->setWalk(count > 1 ? walkA : -1, count > 1 ? walkB : -1, share,
                 walking ? panel->walkLatent() : std::vector<float>());
}

void CmaPanel::Impl::refreshAgreement() {
    const CmaTrace* t = trace();
    const FrameSpan span = shownSpan();
    const Theme& theme = Theme::of(panel);
    const auto part = [&](const std::vector<float>& values) {
        std::vector<float> cut;
        for (int i = span.begin; i < span.end && i < static_cast<int>(values.size()); ++i)
            cut.push_back(values[static_cast<std::size_t>(i)]);
        return cut;
    };
    std::vector<float> c = part(t->cosine), l = part(t->l2);
    for (float& value : l) value /= static_cast<float>(std::sqrt(std::max(1, t->dims))); // per channel
    cosine->setCurve(0, std::span<const float>(c), span.begin / stepHz(), 1 / stepHz());
    l2->setCurve(0, std::span<const float>(l), span.begin / stepHz(), 1 / stepHz());
    for (CurvePlot* p : {cosine, l2}) {
        p->setXRange(span.begin / stepHz(), span.end / stepHz());
        p->setCurveColor(0, theme.imagined);
    }
    const Agreement a = agreementOf(*t, {span});
    cosine->setValueText(
        a.known ? CmaPanel::tr("%1 mean · %2 lowest").arg(numberText(a.meanCosine, 3), numberText(a.lowestCosine, 3))
                : QString());
    l2->setValueText(
        a.known ? CmaPanel::tr("%1\u2009σ mean · %2\u2009σ highest").arg(numberText(a.meanL2), numberText(a.highestL2))
                : QString());
    agreement.note->setText(CmaPanel::tr("%1 \u2013 %2\u2009s, draw %3")
                                .arg(numberText(span.begin / stepHz()), numberText(span.end / stepHz()))
                                .arg(displayed + 1));
    const QString words = panel->agreementSentence();
    sentence->setText(words.isEmpty()
                          ? CmaPanel::tr("The true %1 was not read, so the substitute cannot be judged.")
                                .arg(imagined == Modality::Speech ? CmaPanel::tr("speech") : CmaPanel::tr("face"))
                          : words);
}

void CmaPanel::Impl::refreshPlayhead() {
    const CmaTrace* t = trace();
    if (!t) return;
    const double now = playhead / rateHz;
    const int step = stepOf(playhead);
    for (LatentPlot& p : plots) p.plot->setPlayhead(now);
    const FrameSpan span = shownSpan();
    const double inside = span.contains(step) ? now : std::nan("");
    cosine->setPlayhead(inside);
    l2->setPlayhead(inside);
    maps->setPlayhead(step);
    const std::size_t D = static_cast<std::size_t>(t->latentDims), from = static_cast<std::size_t>(step) * D;
    std::vector<float> mean;
    if (from + D <= t->mu.size())
        mean.assign(t->mu.begin() + static_cast<std::ptrdiff_t>(from),
                    t->mu.begin() + static_cast<std::ptrdiff_t>(from + D));
    map->setPosterior(mean, CmaPanel::tr("posterior mean of true u"), colour(Theme::of(panel)));
}

void CmaPanel::Impl::applyLock() {
    const bool locked = lockButton->isChecked();
    const Theme& theme = Theme::of(panel);
    lockButton->setIcon(icon(locked ? QStringLiteral("lock") : QStringLiteral("unlock"), theme,
                             locked ? theme.accentText : theme.muted));
    lockButton->setIconSize({16, 16});
    const QString words = locked ? CmaPanel::tr("Seed locked: the same draws every time")
                                 : CmaPanel::tr("Seed free: new draws take a new seed");
    lockButton->setToolTip(words);
    lockButton->setAccessibleName(words);
}

void CmaPanel::Impl::applyTheme() {
    const Theme& theme = Theme::of(panel);
    emptyIcon->setPixmap(iconPixmap(QStringLiteral("imagined"), theme.muted, 24, panel->devicePixelRatioF()));
    newDraws->setIcon(icon(QStringLiteral("dice"), theme));
    newDraws->setIconSize({16, 16});
    walkReset->setIcon(icon(QStringLiteral("reset"), theme, theme.muted));
    walkReset->setIconSize({14, 14});
    applyLock();
    refresh();
}

} // namespace emc
