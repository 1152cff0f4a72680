#include "widgets/samples/cma_panel.h"

#include <QEvent>
#include <QFrame>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "core/api/error.h"
#include "widgets/common/icons.h"
#include "widgets/plots/figure_file.h"
#include "widgets/samples/cma_panel_impl.h"

namespace emc {

CmaPanel::CmaPanel(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
    m->panel = this;
    setAccessibleName(tr("CMA: how a missing modality is imagined"));
    m->build();
    m->applyTheme();
    m->refresh();
}

CmaPanel::~CmaPanel() = default;

void CmaPanel::setTraces(std::vector<CmaTrace> traces, int modelSlot, const QString& modelLabel) {
    m->traces = std::move(traces);
    m->slot = modelSlot;
    m->label = modelLabel;
    if (!m->trace() && !m->traces.empty()) m->imagined = m->traces.front().imagined;
    const CmaTrace* t = m->trace();
    const int draws = t ? drawCount(*t) : 0;
    if (m->walkA >= draws) m->walkA = 0;
    if (m->walkB >= draws || m->walkB == m->walkA) m->walkB = draws > 1 ? (m->walkA == 0 ? 1 : 0) : 0;
    m->refresh();
}

void CmaPanel::setTime(double rateHz, int frames) {
    m->rateHz = rateHz > 0 ? rateHz : 25;
    m->clipFrames = std::max(0, frames);
    m->refresh();
}

void CmaPanel::setAvailability(const Availability& availability) {
    m->availability = availability;
    m->refresh();
}

void CmaPanel::setDisplayedSample(int sample) {
    if (m->displayed == sample) return;
    m->displayed = std::max(0, sample);
    m->refresh();
}

void CmaPanel::setModels(const std::vector<std::pair<int, QString>>& models, int current) {
    const QSignalBlocker quiet(m->modelBox);
    m->modelBox->clear();
    for (const auto& [slot, label] : models) m->modelBox->addItem(QStringLiteral("%1   %2").arg(slot).arg(label));
    m->modelBox->setCurrentIndex(current);
    m->modelGroup->setVisible(!models.empty());
}

void CmaPanel::setTemperature(double temperature) {
    const QSignalBlocker one(m->temperatureSlider), two(m->temperatureBox);
    m->temperatureBox->setValue(temperature);
    m->temperatureSlider->setValue(static_cast<int>(std::lround(temperature * 100)));
}

void CmaPanel::setPerFrameDraws(bool perFrame) {
    m->drawBar->setCurrent(perFrame ? 1 : 0);
}

void CmaPanel::setSeed(quint64 seed) {
    const QSignalBlocker quiet(m->seedBox);
    m->seedBox->setText(QString::number(seed));
}

void CmaPanel::setSeedLocked(bool locked) {
    const QSignalBlocker quiet(m->lockButton);
    m->lockButton->setChecked(locked);
    m->applyLock();
}

double CmaPanel::temperature() const {
    return m->temperatureBox->value();
}
bool CmaPanel::perFrameDraws() const {
    return m->drawBar->current() == 1;
}
quint64 CmaPanel::seed() const {
    return m->seedBox->text().toULongLong();
}
bool CmaPanel::seedLocked() const {
    return m->lockButton->isChecked();
}

void CmaPanel::chooseDirection(Modality imagined) {
    if (imagined == m->imagined) return;
    m->imagined = imagined;
    m->refresh();
}

Modality CmaPanel::direction() const {
    return m->imagined;
}

std::vector<float> CmaPanel::walkLatent() const {
    const CmaTrace* t = m->trace();
    if (!t || m->walkA >= drawCount(*t) || m->walkB >= drawCount(*t)) return {};
    const auto draw = [&](int i) {
        return std::span<const float>(t->draws).subspan(static_cast<std::size_t>(i) *
                                                            static_cast<std::size_t>(t->latentDims),
                                                        static_cast<std::size_t>(t->latentDims));
    };
    return latentBetween(draw(m->walkA), draw(m->walkB), m->share);
}

void CmaPanel::setWalk(int drawA, int drawB, double share) {
    m->walkA = std::max(0, drawA);
    m->walkB = std::max(0, drawB);
    m->share = std::clamp(share, 0.0, 1.0);
    m->walking = true;
    m->refreshWalk();
    const std::vector<float> latent = walkLatent();
    if (!latent.empty()) emit latentChosen(latent);
}

QString CmaPanel::agreementSentence() const {
    const CmaTrace* t = m->trace();
    const Agreement agreement = t ? agreementOf(*t, m->spans()) : Agreement();
    if (!agreement.known) return {};
    const QString what = m->imagined == Modality::Speech ? tr("speech") : tr("face");
    const QString how = agreement.meanCosine >= 0.8   ? tr("close to")
                        : agreement.meanCosine >= 0.4 ? tr("loosely like")
                                                      : tr("unlike");
    return tr("The imagined %1 is %2 the true one: cosine %3 on average, %4 at its lowest; distance %5\u2009σ on "
              "average, %6\u2009σ at its highest.")
        .arg(what, how, numberText(agreement.meanCosine), numberText(agreement.lowestCosine),
             numberText(agreement.meanL2), numberText(agreement.highestL2));
}

void CmaPanel::setPlayhead(int frame) {
    if (frame == m->playhead) return;
    const FrameSpan before = m->shownSpan();
    m->playhead = std::max(0, frame);
    if (!m->trace()) return;
    if (!(m->shownSpan() == before)) m->refresh(); // the playhead went into another span
    else m->refreshPlayhead();
}

void CmaPanel::exportTo(const QString& path) const {
    const CmaTrace* t = m->trace();
    if (!t)
        throw Error(ErrorKind::Usage, "nothing is imagined, so there is nothing to export", {},
                    "Mark a missing span first");
    const QString title = tr("Cross-modal compensation, %1").arg(m->label);
    const QString caption =
        tr("%1. %2 imagined, draw %3, temperature %4, seed %5. Bands: 1 and 2 sigma; standardised units. %6")
            .arg(title, m->imagined == Modality::Speech ? tr("Speech") : tr("Face"))
            .arg(m->displayed + 1)
            .arg(numberText(temperature()), QString::number(seed()), agreementSentence());
    QWidget* body = m->cards;
    writeFigure(path, body->size(), {title, caption, {}}, Theme::of(this),
                [&](QPainter& painter, const QRect& place, bool) {
                    body->render(&painter, place.topLeft(), {}, QWidget::DrawChildren);
                });
}

void CmaPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && m->cards) m->applyTheme();
    QWidget::changeEvent(event);
}

void CmaPanel::resizeEvent(QResizeEvent*) {
    m->arrange();
}

} // namespace emc
